import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export type Tokens = {
  /** In the address of the first page load: opens the door once, and only for a while. */
  readonly oneTime: string
  /** A session token for a good one-time token or session token; null for anything else. */
  readonly admit: (token: unknown) => string | null
}

/** Milliseconds in which the browser has to come with the one-time token. */
export const oneTimeLifetime = 120_000

export function createTokens(now: () => number): Tokens {
  const oneTime = randomBytes(32).toString('base64url')
  const deadline = now() + oneTimeLifetime
  const sessions = new Set<string>()
  let isUsed = false
  return {
    oneTime,
    admit: (token) => {
      if (typeof token !== 'string' || token.length > 200) return null
      for (const session of sessions) if (isSame(session, token)) return session
      if (isUsed || now() > deadline || !isSame(oneTime, token)) return null
      isUsed = true
      const session = randomBytes(32).toString('base64url')
      sessions.add(session)
      return session
    },
  }
}

/** Hashed first: timingSafeEqual wants equal lengths, and lengths would tell something. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
