import type { Problem } from '../../../shared/domain/problem.ts'
import { malformedAnswer } from './malformedAnswer.ts'

/** Node's and OpenSSL's codes for a certificate that must not be accepted (node:tls, "X509 certificate error codes"). */
const certificateCodes: ReadonlySet<string> = new Set([
  'CERT_CHAIN_TOO_LONG', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REJECTED', 'CERT_REVOKED', 'CERT_SIGNATURE_FAILURE', 'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH', 'INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

export function cancelledProblem(url: string): Problem {
  return { kind: 'cancelled', message: `The request to ${hostOf(url)} was cancelled.`, remedy: 'Start the run again when you want to.' }
}

/** False where the same failure would come again at once: neither certificate nor proxy are going to think otherwise within seconds. */
export function isWorthRetrying(error: unknown): boolean {
  const refusal = refusalOfProxy(error)
  return !certificateCodes.has(codeOf(error)) && (refusal === null || refusal >= 500)
}

/** @param begun What had come of the answer when the connection failed. */
export function describeNetworkFailure(url: string, error: unknown, begun: { readonly status: number; readonly headers: Headers } | null): Problem {
  const host = hostOf(url)
  const code = codeOf(error)
  const detail = { host, code, reason: reasonOf(error) }
  const refusal = refusalOfProxy(error)
  if (refusal !== null) return refusedByProxy(host, refusal)
  if (certificateCodes.has(code)) {
    return {
      kind: 'certificateNotTrusted', detail, message: `The certificate of ${host} is not trusted: ${detail.reason}.`,
      remedy: 'If a proxy of your company inspects TLS, name its certification authority as `caFile` of `entra`; otherwise check name and validity of the certificate.',
    }
  }
  if (isTimeout(error)) {
    return { kind: 'timedOut', detail, message: `${host} did not answer in time.`, remedy: 'Check the connection to the internet and the proxy, then run again.' }
  }
  if (begun !== null) return malformedAnswer(url, begun.status, begun.headers, 'the connection was lost before the answer was complete')
  return {
    kind: 'unreachable', detail, message: `${host} cannot be reached: ${detail.reason}.`,
    remedy: 'Check the name, the connection to the internet, firewall and proxy, then run again.',
  }
}

/** Status of what a proxy answered instead of opening a tunnel (RFC 9110 9.3.6); `fetch` tells it in these words alone. */
function refusalOfProxy(error: unknown): number | null {
  const [, status] = /^Proxy response \((\d{3})\) !== 200/.exec(reasonOf(error)) ?? []
  return status === undefined ? null : Number(status)
}

function refusedByProxy(host: string, status: number): Problem {
  const common = { kind: 'unreachable', detail: { host, status } } as const
  if (status === 407) {
    return {
      ...common, message: `The proxy wants a user and a password before it lets anybody through to ${host} (status 407).`,
      remedy: 'Name it with both in HTTPS_PROXY (http://user:password@proxy.contoso.com:8080), or let it pass this computer; Negotiate and NTLM are not spoken with a proxy.',
    }
  }
  if (status >= 500) return { ...common, message: `The proxy cannot reach ${host} (status ${status}).`, remedy: 'Check the name, and how the proxy reaches the internet, then run again.' }
  return { ...common, message: `The proxy lets nobody through to ${host} (status ${status}).`, remedy: `Let whoever runs the proxy allow ${host}; where it can be reached without, name it in NO_PROXY.` }
}

function isTimeout(error: unknown): boolean {
  const timeouts = ['TimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']
  return timeouts.includes(codeOf(error)) || (error instanceof Error && timeouts.includes(error.name))
}

/** fetch wraps what happened in `cause`, more than once where several addresses were tried. */
function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0])
  return error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error
}

function codeOf(error: unknown): string {
  const cause = innermost(error)
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown'
}

function reasonOf(error: unknown): string {
  const cause = innermost(error)
  return cause instanceof Error ? cause.message : String(cause)
}

function hostOf(url: string): string {
  return new URL(url).host
}
