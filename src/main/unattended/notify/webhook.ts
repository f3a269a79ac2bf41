import { createHmac } from 'node:crypto'
import type { Notice } from './notice.ts'

export type Webhook = {
  /** https, or http on this computer. */
  readonly url: string
  readonly key: string
}

export const signatureHeader = 'X-Guestbridge-Signature'

const patience = 20_000

/**
 * `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`. With the time inside, an answer that somebody kept cannot be
 * sent again later.
 */
export function signBody(body: string, seconds: number, key: string): string {
  return `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`
}

/** Null: taken (2xx). Otherwise why not. Sent once: a notice that comes twice helps nobody. */
export async function postNotice({ url, key }: Webhook, notice: Notice): Promise<string | null> {
  const body = JSON.stringify(notice)
  const headers = { 'content-type': 'application/json', [signatureHeader]: signBody(body, Math.floor(Date.parse(notice.at) / 1000), key) }
  try {
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(patience) })
    await answer.body?.cancel()
    return answer.ok ? null : `${new URL(url).host} answered ${answer.status} ${answer.statusText}`
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    return `${new URL(url).host} could not be reached: ${error instanceof Error ? error.message : String(error)}${cause}`
  }
}
