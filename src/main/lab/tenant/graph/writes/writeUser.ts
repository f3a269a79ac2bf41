import { deleteUser as markDeleted, eraseUser, restoreUser, updateUser as changeUser } from '../../changes/userChanges.ts'
import type { GraphRole } from '../../tenantSettings.ts'
import { findUser } from '../findUser.ts'
import { answerGraphDone, answerGraphError, answerGraphJson, graphErrors } from '../graphErrors.ts'
import { isAllowed, readJsonBody } from '../graphRequest.ts'
import type { GraphEndpoint } from '../graphRequest.ts'
import { contextOf, showUser } from '../userBody.ts'
import { readUserPatch } from './userPatch.ts'

const rolesToWriteUsers: readonly GraphRole[] = ['User.ReadWrite.All', 'Directory.ReadWrite.All']
const rolesToDeleteUsers: readonly GraphRole[] = ['User.DeleteRestore.All', 'User.ReadWrite.All']

/** PATCH /users/{id} (https://learn.microsoft.com/graph/api/user-update). User.EnableDisableAccount.All is enough for accountEnabled alone. */
export const updateUser: GraphEndpoint = {
  roles: [...rolesToWriteUsers, 'User.EnableDisableAccount.All'],
  answer: ({ context, request, parameters, caller }) => {
    const name = parameters['user'] ?? ''
    const patch = readUserPatch(readJsonBody(request))
    if (!patch.ok) return answerGraphError(patch.error, request)
    const isBlockAlone = Object.keys(patch.value).every((property) => property === 'accountEnabled')
    if (!isAllowed(caller, rolesToWriteUsers) && !isBlockAlone) return answerGraphError(graphErrors.notPermitted(), request)
    const user = findUser(context.store, name)
    if (user === null) return answerGraphError(graphErrors.resourceNotFound(name), request)
    const outcome = changeUser(context.store, user, patch.value)
    return outcome.kind === 'done' ? answerGraphDone(request) : answerGraphError(graphErrors.nameTaken(outcome.userPrincipalName), request)
  },
}

/** DELETE /users/{id} (https://learn.microsoft.com/graph/api/user-delete): into the recycle bin, for 30 days. */
export const deleteUser: GraphEndpoint = {
  roles: rolesToDeleteUsers,
  answer: ({ context, request, parameters }) => {
    const name = parameters['user'] ?? ''
    const user = findUser(context.store, name)
    if (user === null) return answerGraphError(graphErrors.resourceNotFound(name), request)
    markDeleted(context.store, user, new Date())
    return answerGraphDone(request)
  },
}

/** POST /directory/deletedItems/{id}/restore (https://learn.microsoft.com/graph/api/directory-deleteditems-restore). */
export const restoreDeletedItem: GraphEndpoint = {
  roles: rolesToDeleteUsers,
  answer: ({ context, request, parameters }) => {
    const id = parameters['id'] ?? ''
    const user = context.store.findById(id)
    if (user === null || user.deletedDateTime === null) return answerGraphError(graphErrors.resourceNotFound(id), request)
    const outcome = restoreUser(context.store, user)
    if (outcome.kind === 'nameTaken') return answerGraphError(graphErrors.nameTaken(outcome.userPrincipalName), request)
    const body = { '@odata.context': contextOf(context.graphUrl, 'directoryObjects', null, 'entity'), '@odata.type': '#microsoft.graph.user', ...showUser(outcome.user, null) }
    return answerGraphJson(body, request)
  },
}

/** DELETE /directory/deletedItems/{id} (https://learn.microsoft.com/graph/api/directory-deleteditems-delete): for good. */
export const eraseDeletedItem: GraphEndpoint = {
  roles: rolesToDeleteUsers,
  answer: ({ context, request, parameters }) => {
    const id = parameters['id'] ?? ''
    const user = context.store.findById(id)
    if (user === null || user.deletedDateTime === null) return answerGraphError(graphErrors.resourceNotFound(id), request)
    eraseUser(context.store, user)
    return answerGraphDone(request)
  },
}
