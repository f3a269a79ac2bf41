import type { Problem } from '../../../shared/domain/problem.ts'

/** An answer that cannot be understood; nothing of it is used. `what` completes the sentence "…: <what>." */
export function malformedAnswer(url: string, status: number, headers: Headers, what: string): Problem {
  const { host, pathname } = new URL(url)
  return {
    kind: 'malformedAnswer',
    message: `The answer of ${host} to ${pathname} cannot be used: ${what}.`,
    remedy: 'Run again. If it stays so, look whether a proxy or firewall answers in place of the service, and give the request id to Microsoft support.',
    detail: { host, path: pathname, status, requestId: requestIdOf(headers), contentType: headers.get('content-type') ?? 'none' },
  }
}

/** Graph names it `request-id`, the token service `x-ms-request-id`. */
export function requestIdOf(headers: Headers): string {
  return headers.get('request-id') ?? headers.get('x-ms-request-id') ?? 'none'
}
