import { answerGraphError, answerGraphText, graphErrors } from './graphErrors.ts'
import { consistencyOf } from './graphRequest.ts'
import type { GraphEndpoint } from './graphRequest.ts'
import { rolesToReadUsers } from './listUsers.ts'
import { matchesFilter } from './query/matchesFilter.ts'
import { readFilter } from './query/userQuery.ts'

/** GET /users/$count: a number as text. An advanced query by itself, so it needs the header and no `$count=true`. */
export const countUsers: GraphEndpoint = {
  roles: rolesToReadUsers,
  answer: ({ context, request, options }) => {
    if (consistencyOf(request) === 'no') return answerGraphError(graphErrors.badRequest('$count is not currently supported.'), request)
    const filter = readFilter(options.$filter, 'advanced')
    if (!filter.ok) return answerGraphError(filter.error, request)
    const expression = filter.value
    const users = context.store.listUsers()
    const meant = expression === null ? users : users.filter((user) => matchesFilter(user, expression))
    return answerGraphText(String(meant.length), request)
  },
}
