import { headerOf } from '../../http/message.ts'
import type { HttpService, LabAnswer, LabRequest } from '../../http/message.ts'
import { findRoute } from '../../http/routes.ts'
import type { Route } from '../../http/routes.ts'
import { applicationAdministrator } from '../signIn/delegatedToken.ts'
import { readAccessToken } from '../signIn/accessToken.ts'
import type { TokenVerdict } from '../signIn/accessToken.ts'
import { graphAudiences } from '../signIn/tokenEndpoint.ts'
import { nowInSeconds } from '../tenantContext.ts'
import type { TenantContext } from '../tenantContext.ts'
import { answerBatch } from './batch/answerBatch.ts'
import { countUsers } from './countUsers.ts'
import { groupDelta } from './delta/groupDelta.ts'
import { userDelta } from './delta/userDelta.ts'
import { getAuthorizationPolicy } from './getAuthorizationPolicy.ts'
import { getDeletedItem, getUser } from './getUser.ts'
import { answerGraphError, graphErrors } from './graphErrors.ts'
import { isAllowed } from './graphRequest.ts'
import type { Caller, GraphEndpoint } from './graphRequest.ts'
import { checkMemberGroups } from './groups/checkMemberGroups.ts'
import { getGroup, listGroups } from './groups/listGroups.ts'
import { listMemberGroups, listMembers, listMemberUsers, listTransitiveGroups, listTransitiveMembers, listTransitiveUsers } from './groups/listMembers.ts'
import { listOrganization } from './listOrganization.ts'
import { listSubscribedSkus } from './listSubscribedSkus.ts'
import { listDeletedUsers, listUsers } from './listUsers.ts'
import { getPublishedApplication, getServicePrincipal, listAppRoleAssignments, listConnectorGroups, listConnectors, listGroupApplications, listGroupMembers } from './proxy/proxyEndpoints.ts'
import { readQueryOptions } from './query/queryOptions.ts'
import { costOf, createThrottle } from './throttle.ts'
import type { Throttle } from './throttle.ts'
import { createInvitation } from './writes/createInvitation.ts'
import { deleteUser, eraseDeletedItem, restoreDeletedItem, updateUser } from './writes/writeUser.ts'

/** One line and one file for each endpoint. */
const routes: readonly Route<GraphEndpoint>[] = [
  { method: 'GET', path: '/v1.0/users', handle: listUsers },
  { method: 'GET', path: '/v1.0/users/$count', handle: countUsers },
  { method: 'GET', path: '/v1.0/users/delta', handle: userDelta },
  { method: 'GET', path: '/v1.0/users/{user}', handle: getUser },
  { method: 'PATCH', path: '/v1.0/users/{user}', handle: updateUser },
  { method: 'DELETE', path: '/v1.0/users/{user}', handle: deleteUser },
  { method: 'POST', path: '/v1.0/users/{user}/checkMemberGroups', handle: checkMemberGroups },
  { method: 'GET', path: '/v1.0/groups', handle: listGroups },
  { method: 'GET', path: '/v1.0/groups/delta', handle: groupDelta },
  { method: 'GET', path: '/v1.0/groups/{group}', handle: getGroup },
  { method: 'GET', path: '/v1.0/groups/{group}/members', handle: listMembers },
  { method: 'GET', path: '/v1.0/groups/{group}/members/microsoft.graph.user', handle: listMemberUsers },
  { method: 'GET', path: '/v1.0/groups/{group}/members/microsoft.graph.group', handle: listMemberGroups },
  { method: 'GET', path: '/v1.0/groups/{group}/transitiveMembers', handle: listTransitiveMembers },
  { method: 'GET', path: '/v1.0/groups/{group}/transitiveMembers/microsoft.graph.user', handle: listTransitiveUsers },
  { method: 'GET', path: '/v1.0/groups/{group}/transitiveMembers/microsoft.graph.group', handle: listTransitiveGroups },
  { method: 'GET', path: '/v1.0/directory/deletedItems/microsoft.graph.user', handle: listDeletedUsers },
  { method: 'GET', path: '/v1.0/directory/deletedItems/{id}', handle: getDeletedItem },
  { method: 'DELETE', path: '/v1.0/directory/deletedItems/{id}', handle: eraseDeletedItem },
  { method: 'POST', path: '/v1.0/directory/deletedItems/{id}/restore', handle: restoreDeletedItem },
  { method: 'POST', path: '/v1.0/invitations', handle: createInvitation },
  { method: 'GET', path: '/v1.0/organization', handle: listOrganization },
  { method: 'GET', path: '/v1.0/policies/authorizationPolicy', handle: getAuthorizationPolicy },
  { method: 'GET', path: '/v1.0/subscribedSkus', handle: listSubscribedSkus },
  { method: 'GET', path: '/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups', handle: listConnectorGroups },
  { method: 'GET', path: '/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups/{group}/members', handle: listGroupMembers },
  { method: 'GET', path: '/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups/{group}/applications', handle: listGroupApplications },
  { method: 'GET', path: '/beta/onPremisesPublishingProfiles/applicationProxy/connectors', handle: listConnectors },
  { method: 'GET', path: '/beta/applications/{application}', handle: getPublishedApplication },
  { method: 'GET', path: '/beta/servicePrincipals/byAppId/{appId}', handle: getServicePrincipal },
  { method: 'GET', path: '/beta/servicePrincipals/{servicePrincipal}/appRoleAssignedTo', handle: listAppRoleAssignments },
]

/** Microsoft Graph v1.0, and application proxy of its beta, as far as the lab knows them. */
export function createGraphService(context: TenantContext): HttpService {
  const throttle = createThrottle(context.identity.id, context.store)
  return {
    answer: (request) => answerGraphRequest(context, throttle, request),
    answerFailure: (failure, request, cause) => {
      switch (failure) {
        case 'bodyTooLarge':
          return answerGraphError(graphErrors.bodyTooLarge(), request)
        case 'urlMalformed':
          return answerGraphError(graphErrors.malformedQuery('The request URI is not valid.'), request)
        case 'internal':
          return answerGraphError(graphErrors.internal(cause instanceof Error ? cause.message : String(cause)), request)
      }
    },
  }
}

function answerGraphRequest(context: TenantContext, throttle: Throttle, request: LabRequest): LabAnswer {
  const caller = readBearer(context, request)
  if (typeof caller === 'string') return answerGraphError(graphErrors.tokenRefused(caller, context.signInUrl), request)
  if (request.url.pathname !== '/v1.0/$batch') return answerSingle(context, throttle, caller, request)
  if (request.method !== 'POST') return answerGraphError(graphErrors.methodNotAllowed(['POST']), request)
  // Each request of a batch is charged, and may be refused, by itself.
  return answerBatch(request, (item) => answerItem(context, throttle, item))
}

function answerItem(context: TenantContext, throttle: Throttle, item: LabRequest): LabAnswer {
  const fault = context.faults.take(item.method, item.url.pathname, 'item')
  if (fault?.kind === 'answer') return { status: fault.status, headers: fault.headers, body: fault.body }
  const caller = readBearer(context, item)
  return typeof caller === 'string' ? answerGraphError(graphErrors.tokenRefused(caller, context.signInUrl), item) : answerSingle(context, throttle, caller, item)
}

function answerSingle(context: TenantContext, throttle: Throttle, caller: Caller, request: LabRequest): LabAnswer {
  const path = normalizePath(request.url.pathname)
  const match = findRoute(routes, request.method, path)
  if (match.kind === 'methodNotAllowed') return answerGraphError(graphErrors.methodNotAllowed(match.allowed), request)
  if (match.kind === 'unknownPath') return answerUnknownPath(request, path)
  const isOpenToCaller = match.handle.callers !== 'personsOnly' || caller.kind === 'person'
  if (!isOpenToCaller || !isAllowed(caller, match.handle.roles)) return answerGraphError(graphErrors.notPermitted(), request)
  const query = readQueryOptions(request.url)
  if ('error' in query) return answerGraphError(query.error, request)
  const verdict = throttle.spend(caller.clientId, costOf(request.method, match.handle, query.options), performance.now())
  if (verdict.kind === 'refused') return answerGraphError(graphErrors.tooManyRequests(verdict.headers), request)
  const answer = match.handle.answer({ context, request, parameters: match.parameters, options: query.options, caller })
  return { ...answer, headers: { ...answer.headers, ...verdict.headers } }
}

/** Graph also takes the key in parentheses, `users('id')`, and the full name of a function, `users/microsoft.graph.delta()`. */
function normalizePath(path: string): string {
  return path.replace(/^(\/v1\.0\/(?:users|groups))\((?:'|%27)([^/]*)(?:'|%27)\)/i, '$1/$2').replace(/^(\/beta\/servicePrincipals)\(appId=(?:'|%27)([^/]*)(?:'|%27)\)$/i, '$1/byAppId/$2').replace(/\/(?:microsoft\.graph\.)?delta(?:\(\))?$/i, '/delta')
}

function answerUnknownPath(request: LabRequest, path: string): LabAnswer {
  const [version, collection, ...rest] = path.split('/').slice(1)
  if (version !== 'v1.0' && version !== 'beta') return answerGraphError(graphErrors.versionUnknown(version ?? ''), request)
  // The real service knows far more than the lab does; it says so rather than that there is no such thing.
  const isKnownCollection = routes.some((route) => route.path.split('/')[2] === collection)
  if (isKnownCollection && rest.length > 0) return answerGraphError(graphErrors.notImplemented(`The path ${path}`), request)
  return answerGraphError(graphErrors.segmentUnknown(collection ?? ''), request)
}

/** Every role that some endpoint asks for. */
const knownRoles = [...new Set(routes.flatMap(({ handle }) => handle.roles))]

const refusals: Readonly<Record<Exclude<TokenVerdict['kind'], 'valid'>, string>> = {
  malformed: 'CompactToken parsing failed with error code: 80049217',
  badSignature: 'Access token validation failure. Invalid signature.',
  wrongAudience: 'Access token validation failure. Invalid audience.',
  expired: 'Lifetime validation failed, the token is expired.',
  notYetValid: 'Lifetime validation failed, the token is not yet valid.',
}

/** Whom a good token names, or what is wrong with it. */
function readBearer(context: TenantContext, request: LabRequest): Caller | string {
  const text = /^Bearer\s+(\S+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1]
  if (text === undefined) return 'Access token is empty.'
  const audiences = graphAudiences(context).flatMap((audience) => [audience, `${audience}/`])
  const verdict = readAccessToken(text, { signingKeyPem: context.store.signingKeyPem, audiences, now: nowInSeconds() })
  if (verdict.kind !== 'valid') return refusals[verdict.kind]
  const { roles, appid, scp, wids } = verdict.claims
  if (typeof scp !== 'string') return { kind: 'application', clientId: String(appid), roles: knownRoles.filter((role) => Array.isArray(roles) && roles.includes(role)), directoryRoles: [] }
  // What the application may do for a person, the person must be allowed to do as well.
  const directoryRoles = Array.isArray(wids) ? wids.map(String) : []
  return { kind: 'person', clientId: String(appid), roles: directoryRoles.includes(applicationAdministrator) ? knownRoles.filter((role) => scp.split(' ').includes(role)) : [], directoryRoles }
}
