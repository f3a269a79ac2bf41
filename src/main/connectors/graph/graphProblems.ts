import type { Problem, ProblemKind } from '../../../shared/domain/problem.ts'
import { malformedAnswer, requestIdOf } from './malformedAnswer.ts'
import { isRecord, parseJson } from './parseJson.ts'
import type { HttpAnswer } from './sendRequest.ts'
import { withoutSecrets } from './withoutSecrets.ts'

type Row = {
  readonly status: number
  readonly code: RegExp
  /** Only for these paths; absent: for all. */
  readonly path?: RegExp
  readonly kind: ProblemKind
  readonly message: string
  readonly remedy: string
}

const delta = /\/delta(\(|$)/i
const groups = /\/groups\//i
/** Application proxy, and the applications that it publishes. */
const proxy = /^\/beta\//i
const forgotten = {
  path: delta, kind: 'deltaExpired', message: 'Graph no longer knows where the last import of users ended.',
  remedy: 'Run a full import; delta imports go on from there. Tokens live for seven days: let delta imports run more often.',
} as const

/** Graph's errors that a read of users can meet; the first row that fits. https://learn.microsoft.com/graph/errors, /graph/delta-query-overview */
const rows: readonly Row[] = [
  ...[400, 401, 403, 404, 409].map((status) => ({ ...forgotten, status, code: /^(syncStateNotFound|resyncRequired)$/i })),
  { ...forgotten, status: 410, code: /./ },
  { status: 403, code: /./, path: proxy, kind: 'notPermitted', message: 'Graph shows application proxy to a signed-in administrator only, not to an application, and this account may not read it.', remedy: 'Sign in as an Application Administrator (guestbridge kcd check --sign-in), or name connectors and applications under "delegation" of workspace.json.' },
  { status: 404, code: /./, path: proxy, kind: 'objectNotFound', message: 'Graph does not know this part of application proxy.', remedy: 'Look whether application proxy is set up in the tenant, or name connectors and applications under "delegation" of workspace.json.' },
  { status: 400, code: /./, path: proxy, kind: 'requestRefused', message: 'Graph refused the query for application proxy.', remedy: 'Its interface is in beta and may have changed: name connectors and applications under "delegation" of workspace.json.' },
  { status: 403, code: /./, path: groups, kind: 'notPermitted', message: 'The application may not read the members of the scope group: the application role GroupMember.Read.All is missing.', remedy: 'Add GroupMember.Read.All and User.Read.All (Application) under App registrations, API permissions, and let an administrator grant consent.' },
  { status: 404, code: /./, path: groups, kind: 'objectNotFound', message: 'The scope group does not exist.', remedy: 'Check `scopeGroup` of `entra`: it is the object id of a group in this tenant. A group that was deleted can be restored for 30 days.' },
  { status: 400, code: /^Directory_ExpiredPageToken$/i, kind: 'pageTokenExpired', message: 'Graph forgot where the listing of users had got to.', remedy: 'Run the import again; store pages faster or ask for larger ones if it stays so.' },
  { status: 400, code: /^Request_UnsupportedQuery$/i, kind: 'requestRefused', message: 'Graph does not support the query for users.', remedy: 'Check `filter` of `entra` and the attribute names in the rules.' },
  { status: 400, code: /./, kind: 'requestRefused', message: 'Graph refused the query for users.', remedy: 'Check `filter` of `entra` and the attribute names in the rules.' },
  { status: 401, code: /./, kind: 'credentialsRefused', message: 'Graph did not accept the access token, not even a fresh one.', remedy: 'Check that `cloud` is the one where the tenant lives, and that the application is not disabled.' },
  { status: 403, code: /./, kind: 'notPermitted', message: 'The application may not read users: the application role User.Read.All is missing.', remedy: 'Add User.Read.All (Application) under App registrations, API permissions, and let an administrator grant consent.' },
  { status: 404, code: /./, kind: 'objectNotFound', message: 'Graph does not know what was asked for.', remedy: 'Check `cloud` (or graphUrl), and that the tenant still exists.' },
  { status: 410, code: /./, kind: 'pageTokenExpired', message: 'Graph wants the listing of users to begin again.', remedy: 'Run the import again.' },
  { status: 429, code: /./, kind: 'throttled', message: 'Graph asks to wait longer than a run should.', remedy: 'Run again later; see which other programs read this tenant.' },
  { status: 503, code: /./, kind: 'serverBusy', message: 'Graph is not available, and stayed so for several attempts.', remedy: 'Run again in some minutes; see status.cloud.microsoft.' },
  { status: 504, code: /./, kind: 'serverBusy', message: 'Graph took too long, and did so for several attempts.', remedy: 'Run again in some minutes; see status.cloud.microsoft.' },
]

/** An answer of any status but 2xx. One that is not in Graph's shape comes from somebody else: a proxy, a firewall. */
export function describeGraphError(url: string, answer: HttpAnswer): Problem {
  const path = new URL(url).pathname
  const error = readError(answer.text) ?? (isReset(path, answer) ? { code: 'resyncRequired', message: '', requestId: null } : null)
  if (error === null) return malformedAnswer(url, answer.status, answer.headers, `status ${answer.status} came without an error in the form of Graph`)
  const row = rows.find((candidate) => candidate.status === answer.status && candidate.code.test(error.code) && (candidate.path?.test(path) ?? true))
  return {
    kind: row?.kind ?? 'requestRefused',
    message: row?.message ?? `Graph answered with status ${answer.status}.`,
    remedy: row?.remedy ?? 'Run again later; if it stays so, give the request id to Microsoft support.',
    detail: {
      status: answer.status, code: error.code, reason: withoutSecrets(error.message, []),
      requestId: error.requestId ?? requestIdOf(answer.headers), path,
    },
  }
}

/** A reset of the service says where to begin anew in a header and may say nothing else (RFC 9110 15.5.11 asks for no body). */
function isReset(path: string, answer: HttpAnswer): boolean {
  return answer.status === 410 && answer.headers.has('location') && delta.test(path)
}

type GraphError = { readonly code: string; readonly message: string; readonly requestId: string | null }

/** `{"error":{"code","message","innerError":{"request-id"}}}`; some services spell it `innererror`. */
function readError(text: string): GraphError | null {
  const body = parseJson(text)
  const error = body.ok && isRecord(body.value) ? body.value['error'] : null
  if (!isRecord(error) || typeof error['code'] !== 'string' || error['code'] === '') return null
  const inner = error['innerError'] ?? error['innererror']
  const requestId = isRecord(inner) ? inner['request-id'] : null
  return { code: error['code'], message: typeof error['message'] === 'string' ? error['message'] : '', requestId: typeof requestId === 'string' ? requestId : null }
}
