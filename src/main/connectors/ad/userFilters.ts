import { AndFilter, EqualityFilter, NotFilter, OrFilter } from 'ldapts'

const isUser = new EqualityFilter({ attribute: 'objectClass', value: 'user' })
const isNoComputer = new NotFilter({ filter: new EqualityFilter({ attribute: 'objectClass', value: 'computer' }) })

/** People only: a computer is of class user too (MS-ADSC), but its objectCategory is computer. */
export const usersOnly = new AndFilter({ filters: [new EqualityFilter({ attribute: 'objectCategory', value: 'person' }), isUser, isNoComputer] })

/** Deleted ones included: a tombstone keeps its class and loses its category (MS-ADTS 3.1.1.5.5.1.1). */
export const usersEvenDeleted = new AndFilter({ filters: [isUser, isNoComputer] })

/** What accounts lie in. */
export const containersOnly = new OrFilter({
  filters: ['organizationalUnit', 'container'].map((value) => new EqualityFilter({ attribute: 'objectClass', value })),
})
