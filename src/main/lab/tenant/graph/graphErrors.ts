import { randomUUID } from 'node:crypto'
import { headerOf } from '../../http/message.ts'
import type { LabAnswer, LabRequest } from '../../http/message.ts'

/** A refusal in Graph's terms: https://learn.microsoft.com/graph/errors. */
export type GraphError = {
  readonly status: 400 | 401 | 403 | 404 | 405 | 410 | 413 | 424 | 429 | 500 | 501
  readonly code: string
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

export const graphErrors = {
  tokenRefused: (message: string, signInUrl: string): GraphError => ({
    status: 401, code: 'InvalidAuthenticationToken', message,
    headers: { 'WWW-Authenticate': `Bearer realm="", authorization_uri="${signInUrl}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"` },
  }),
  notPermitted: (): GraphError => ({ status: 403, code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' }),
  resourceNotFound: (name: string): GraphError => ({
    status: 404, code: 'Request_ResourceNotFound', message: `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
  }),
  segmentUnknown: (segment: string): GraphError => ({ status: 400, code: 'BadRequest', message: `Resource not found for the segment '${segment}'.` }),
  versionUnknown: (version: string): GraphError => ({ status: 400, code: 'BadRequest', message: `Invalid version: ${version}` }),
  methodNotAllowed: (allowed: readonly string[]): GraphError => ({
    status: 405, code: 'Request_BadRequest', message: 'Specified HTTP method is not allowed for the request target.', headers: { Allow: allowed.join(', ') },
  }),
  badRequest: (message: string): GraphError => ({ status: 400, code: 'Request_BadRequest', message }),
  /** What the OData layer refuses before the directory sees it. */
  malformedQuery: (message: string): GraphError => ({ status: 400, code: 'BadRequest', message }),
  unsupportedQuery: (message: string): GraphError => ({ status: 400, code: 'Request_UnsupportedQuery', message }),
  pageTokenExpired: (): GraphError => ({
    status: 400, code: 'Directory_ExpiredPageToken', message: 'The specified page token value has expired and can no longer be included in your request. Retry the operation without it.',
  }),
  badlyFormedToken: (): GraphError => ({ status: 400, code: 'Request_BadRequest', message: 'Badly formed token.' }),
  syncStateNotFound: (): GraphError => ({
    status: 400, code: 'syncStateNotFound', message: 'The sync state generation is not found. The delta token is expired and data must be synchronized again.',
  }),
  /** The service has lost what it knew: the client begins anew where `location` says (https://learn.microsoft.com/graph/delta-query-overview, "Synchronization reset"). */
  resyncRequired: (location: string): GraphError => ({
    status: 410, code: 'resyncRequired', message: 'Resync required. Any local state must be replaced with a full enumeration.', headers: { Location: location },
  }),
  tooManyRequests: (headers: Readonly<Record<string, string>>): GraphError => ({ status: 429, code: 'TooManyRequests', message: 'Too many requests.', headers }),
  dependencyFailed: (): GraphError => ({ status: 424, code: 'FailedDependency', message: 'Failed dependency: a request that this one depends on did not succeed.' }),
  nameTaken: (userPrincipalName: string): GraphError => ({
    status: 400, code: 'Request_BadRequest', message: `Another object with the same value for property userPrincipalName already exists: ${userPrincipalName}`,
  }),
  invitationsRestricted: (): GraphError => ({
    status: 403, code: 'Authorization_RequestDenied', message: 'Guest invitations not allowed for your company. Contact your company administrator for more details.',
  }),
  notImplemented: (what: string): GraphError => ({ status: 501, code: 'NotImplemented', message: `${what} is not supported.` }),
  bodyTooLarge: (): GraphError => ({ status: 413, code: 'RequestEntityTooLarge', message: 'The request body exceeds the limit of 4 MB.' }),
  internal: (message: string): GraphError => ({ status: 500, code: 'generalException', message }),
} as const

export function answerGraphError(failure: GraphError, request: Pick<LabRequest, 'headers'>): LabAnswer {
  const headers = graphHeaders(request)
  const innerError = { date: new Date().toISOString().slice(0, 19), 'request-id': headers['request-id'], 'client-request-id': headers['client-request-id'] }
  const body = { error: { code: failure.code, message: failure.message, innerError } }
  return { status: failure.status, headers: { ...headers, ...failure.headers }, body: JSON.stringify(body) }
}

export function answerGraphJson(body: unknown, request: Pick<LabRequest, 'headers'>): LabAnswer {
  return { status: 200, headers: graphHeaders(request), body: JSON.stringify(body) }
}

/** 201, for what a POST has made. */
export function answerGraphCreated(body: unknown, request: Pick<LabRequest, 'headers'>): LabAnswer {
  return { ...answerGraphJson(body, request), status: 201 }
}

/** 204: done, with nothing to say. */
export function answerGraphDone(request: Pick<LabRequest, 'headers'>): LabAnswer {
  const { 'Content-Type': _noBody, ...headers } = graphHeaders(request)
  return { status: 204, headers, body: '' }
}

export function answerGraphText(body: string, request: Pick<LabRequest, 'headers'>): LabAnswer {
  return { status: 200, headers: { ...graphHeaders(request), 'Content-Type': 'text/plain' }, body }
}

function graphHeaders(request: Pick<LabRequest, 'headers'>): Record<string, string> {
  const requestId = randomUUID()
  return {
    'Content-Type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    'Cache-Control': 'no-cache',
    'OData-Version': '4.0',
    'request-id': requestId,
    'client-request-id': headerOf(request, 'client-request-id') ?? requestId,
    'x-ms-ags-diagnostic': JSON.stringify({ ServerInfo: { DataCenter: 'Lab', Slice: 'E', Ring: '0', ScaleUnit: '000', RoleInstance: 'LAB00000000' } }),
    'Strict-Transport-Security': 'max-age=31536000',
  }
}
