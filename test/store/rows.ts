import type { NewJournalEntry } from '../../src/main/store/store.ts'
import type { Attributes, Value } from '../../src/shared/domain/attributes.ts'
import type { CreateChange, ExistingChange } from '../../src/shared/domain/change.ts'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import { parseDn } from '../../src/shared/domain/dn.ts'
import type { Dn, ObjectGuid } from '../../src/shared/domain/ids.ts'
import { parseObjectGuid } from '../../src/shared/domain/ids.ts'
import type { Link, MetaverseObject } from '../../src/shared/domain/metaverse.ts'

// Rows that tests put into a store. Without the test runner, because child processes make them too.

export const options = { metaverseIndex: ['uid', 'userPrincipalName'] }
export const morning = '2026-03-01T08:00:00.000Z'

export function guid(number: number): ObjectGuid {
  const parsed = parseObjectGuid(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`)
  if (!parsed.ok) throw new Error('The fixture makes no GUID')
  return parsed.value
}

export function dn(text: string): Dn {
  const parsed = parseDn(text)
  if (!parsed.ok) throw new Error(`The fixture has no DN: ${text}`)
  return parsed.value
}

export function account(number: number, attributes: Attributes = {}, name = `CN=account ${number},OU=Guests,DC=contoso,DC=local`): ConnectorObject {
  return { connector: 'ad', anchor: guid(number), objectType: 'user', dn: dn(name), attributes: { cn: [`account ${number}`], ...attributes } }
}

export function guest(number: number, attributes: Attributes = {}): ConnectorObject {
  return { connector: 'entra', anchor: guid(number), objectType: 'user', dn: null, attributes: { id: [guid(number)], ...attributes } }
}

export function linkTo(object: ConnectorObject): Link {
  return { connector: object.connector, anchor: object.anchor, origin: { kind: 'projected', rule: 'Guests in' } }
}

export function person(number: number, values: Readonly<Record<string, Value>>, links: readonly Link[] = []): MetaverseObject {
  const winner = { connector: 'entra' as const, anchor: guid(number), rule: 'Guests in', source: 'id' }
  const attributes = Object.entries(values).map(([name, value]) => [name, { values: [value], winner: { ...winner, values: [value] }, losers: [] }])
  return { id: `entra:${guid(number)}`, objectType: 'person', attributes: Object.fromEntries(attributes), links }
}

const ofPerson = (number: number) => ({
  metaverseId: `entra:${guid(number)}`,
  subject: { displayName: `Guest ${number}`, company: null, userPrincipalName: null, mail: null, entraId: guid(number) },
  rule: 'Accounts out',
  attributes: [],
})

export function createOf(number: number): CreateChange {
  return {
    ...ofPerson(number), kind: 'create', anchor: null, dn: dn(`CN=account ${number},OU=Guests,DC=contoso,DC=local`),
    reason: { kind: 'guestWithoutAccount' }, undo: { kind: 'disablesAccount' },
  }
}

export function changeOf(number: number, kind: ExistingChange['kind'], newDn: Dn | null = null): ExistingChange {
  return {
    ...ofPerson(number), kind, anchor: guid(number), dn: dn(`CN=account ${number},OU=Guests,DC=contoso,DC=local`), newDn,
    precondition: { values: {}, userAccountControl: null },
    reason: { kind: 'attributesDiffer', attributes: ['sn'] }, undo: { kind: 'writesFormerValues' },
  }
}

export function entryOf(run: number, change: NewJournalEntry['change'], more: Partial<NewJournalEntry> = {}): NewJournalEntry {
  return {
    run, planHash: 'plan 1', changeHash: `${change.kind} ${change.metaverseId}`, change, action: change.kind === 'create' ? 'add' : 'modify',
    isLast: true, dn: change.dn, anchor: change.anchor, at: morning, ...more,
  }
}
