import type { IncomingHttpHeaders } from 'node:http'

/** One request, read completely. */
export type LabRequest = {
  readonly method: string
  /** Absolute; the host is the one that the client named. */
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export type LabAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How the answer ends where it does not arrive whole: the connection is reset before its first byte, or after half of its body. */
  readonly breaksOff?: 'atOnce' | 'halfway'
}

/** What a service says where HTTP itself fails, in its own shape of error. */
export type HttpFailure = 'bodyTooLarge' | 'urlMalformed' | 'internal'

export interface HttpService {
  answer(request: LabRequest): LabAnswer | Promise<LabAnswer>
  /** `cause` is given for `internal` only. */
  answerFailure(failure: HttpFailure, request: Pick<LabRequest, 'headers'>, cause: unknown): LabAnswer
}

/** First value of a header that may come several times. */
export function headerOf(request: Pick<LabRequest, 'headers'>, name: string): string | null {
  const value = request.headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}
