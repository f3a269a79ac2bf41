import type { Problem, ProblemKind } from '../../../shared/domain/problem.ts'
import { malformedAnswer, requestIdOf } from './malformedAnswer.ts'
import { isRecord, parseJson } from './parseJson.ts'
import type { HttpAnswer } from './sendRequest.ts'
import { withoutSecrets } from './withoutSecrets.ts'

type Row = { readonly status: number; readonly code: RegExp; readonly kind: ProblemKind; readonly message: string; readonly remedy: string }

/** Graph's errors that a read of users can meet; the first row that fits. https://learn.microsoft.com/graph/errors */
const rows: readonly Row[] = [
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
  const error = readError(answer.text)
  if (error === null) return malformedAnswer(url, answer.status, answer.headers, `status ${answer.status} came without an error in the form of Graph`)
  const row = rows.find((candidate) => candidate.status === answer.status && candidate.code.test(error.code))
  return {
    kind: row?.kind ?? 'requestRefused',
    message: row?.message ?? `Graph answered with status ${answer.status}.`,
    remedy: row?.remedy ?? 'Run again later; if it stays so, give the request id to Microsoft support.',
    detail: {
      status: answer.status, code: error.code, reason: withoutSecrets(error.message, []),
      requestId: error.requestId ?? requestIdOf(answer.headers), path: new URL(url).pathname,
    },
  }
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
