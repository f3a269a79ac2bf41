import { headerOf } from '../../http/message.ts'
import type { HttpService, LabAnswer, LabRequest } from '../../http/message.ts'
import { findRoute } from '../../http/routes.ts'
import type { Route } from '../../http/routes.ts'
import { readAccessToken } from '../signIn/accessToken.ts'
import type { TokenVerdict } from '../signIn/accessToken.ts'
import { graphAudiences } from '../signIn/tokenEndpoint.ts'
import { nowInSeconds } from '../tenantContext.ts'
import type { TenantContext } from '../tenantContext.ts'
import { countUsers } from './countUsers.ts'
import { getDeletedItem, getUser } from './getUser.ts'
import { answerGraphError, graphErrors } from './graphErrors.ts'
import type { GraphEndpoint } from './graphRequest.ts'
import { listOrganization } from './listOrganization.ts'
import { listDeletedUsers, listUsers } from './listUsers.ts'
import { readQueryOptions } from './query/queryOptions.ts'

/** One line and one file for each endpoint. */
const routes: readonly Route<GraphEndpoint>[] = [
  { method: 'GET', path: '/v1.0/users', handle: listUsers },
  { method: 'GET', path: '/v1.0/users/$count', handle: countUsers },
  { method: 'GET', path: '/v1.0/users/{user}', handle: getUser },
  { method: 'GET', path: '/v1.0/directory/deletedItems/microsoft.graph.user', handle: listDeletedUsers },
  { method: 'GET', path: '/v1.0/directory/deletedItems/{id}', handle: getDeletedItem },
  { method: 'GET', path: '/v1.0/organization', handle: listOrganization },
]

/** Microsoft Graph v1.0 as far as the lab knows it. */
export function createGraphService(context: TenantContext): HttpService {
  return {
    answer: (request) => answerGraphRequest(context, request),
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

function answerGraphRequest(context: TenantContext, request: LabRequest): LabAnswer {
  const token = readBearer(context, request)
  if (typeof token === 'string') return answerGraphError(graphErrors.tokenRefused(token, context.signInUrl), request)
  const path = normalizePath(request.url.pathname)
  const match = findRoute(routes, request.method, path)
  if (match.kind === 'methodNotAllowed') return answerGraphError(graphErrors.methodNotAllowed(match.allowed), request)
  if (match.kind === 'unknownPath') return answerUnknownPath(request, path)
  if (!match.handle.roles.some((role) => token.roles.includes(role))) return answerGraphError(graphErrors.notPermitted(), request)
  const query = readQueryOptions(request.url)
  if ('error' in query) return answerGraphError(query.error, request)
  return match.handle.answer({ context, request, parameters: match.parameters, options: query.options })
}

/** Graph also takes the key in parentheses: `users('id')`. */
function normalizePath(path: string): string {
  return path.replace(/^(\/v1\.0\/users)\((?:'|%27)(.*)(?:'|%27)\)$/i, '$1/$2')
}

function answerUnknownPath(request: LabRequest, path: string): LabAnswer {
  const [version, collection, ...rest] = path.split('/').slice(1)
  if (version !== 'v1.0') return answerGraphError(graphErrors.versionUnknown(version ?? ''), request)
  // The real service knows far more than the lab does; it says so rather than that there is no such thing.
  const isKnownCollection = routes.some((route) => route.path.split('/')[2] === collection)
  if (isKnownCollection && rest.length > 0) return answerGraphError(graphErrors.notImplemented(`The path ${path}`), request)
  return answerGraphError(graphErrors.segmentUnknown(collection ?? ''), request)
}

const refusals: Readonly<Record<Exclude<TokenVerdict['kind'], 'valid'>, string>> = {
  malformed: 'CompactToken parsing failed with error code: 80049217',
  badSignature: 'Access token validation failure. Invalid signature.',
  wrongAudience: 'Access token validation failure. Invalid audience.',
  expired: 'Lifetime validation failed, the token is expired.',
  notYetValid: 'Lifetime validation failed, the token is not yet valid.',
}

/** The roles of a good token, or what is wrong with it. */
function readBearer(context: TenantContext, request: LabRequest): { readonly roles: readonly unknown[] } | string {
  const text = /^Bearer\s+(\S+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1]
  if (text === undefined) return 'Access token is empty.'
  const audiences = graphAudiences(context).flatMap((audience) => [audience, `${audience}/`])
  const verdict = readAccessToken(text, { signingKeyPem: context.store.signingKeyPem, audiences, now: nowInSeconds() })
  if (verdict.kind !== 'valid') return refusals[verdict.kind]
  const { roles } = verdict.claims
  return { roles: Array.isArray(roles) ? roles : [] }
}
