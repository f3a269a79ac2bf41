import { findUser } from './findUser.ts'
import { answerGraphError, answerGraphJson, graphErrors } from './graphErrors.ts'
import type { GraphEndpoint, GraphRequest } from './graphRequest.ts'
import { rolesToReadUsers } from './listUsers.ts'
import { readSelect } from './query/userQuery.ts'
import { contextOf, showUser } from './userBody.ts'
import type { LabAnswer } from '../../http/message.ts'
import type { TenantUser } from '../tenantUser.ts'

/** GET /users/{id | userPrincipalName} (https://learn.microsoft.com/graph/api/user-get). */
export const getUser: GraphEndpoint = {
  roles: rolesToReadUsers,
  answer: (request) => {
    const name = request.parameters['user'] ?? ''
    return answerUser(request, name, findUser(request.context.store, name), 'users')
  },
}

/** GET /directory/deletedItems/{id} (https://learn.microsoft.com/graph/api/directory-deleteditems-get). */
export const getDeletedItem: GraphEndpoint = {
  roles: rolesToReadUsers,
  answer: (request) => {
    const id = request.parameters['id'] ?? ''
    const found = request.context.store.findById(id)
    return answerUser(request, id, found?.deletedDateTime === null ? null : found, 'directoryObjects')
  },
}

function answerUser({ context, request, options }: GraphRequest, name: string, user: TenantUser | null, set: 'users' | 'directoryObjects'): LabAnswer {
  const select = readSelect(options.$select)
  if (!select.ok) return answerGraphError(select.error, request)
  if (options.$expand !== undefined) return answerGraphError(graphErrors.notImplemented('The query option $expand'), request)
  if (user === null) return answerGraphError(graphErrors.resourceNotFound(name), request)
  const body = {
    '@odata.context': contextOf(context.graphUrl, set, select.value, 'entity'),
    // The set holds several types, so the answer says which one it is.
    ...(set === 'directoryObjects' ? { '@odata.type': '#microsoft.graph.user' } : {}),
    ...showUser(user, select.value),
  }
  return answerGraphJson(body, request)
}
