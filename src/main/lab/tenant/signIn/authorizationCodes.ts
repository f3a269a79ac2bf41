import { randomBytes } from 'node:crypto'
import type { SignedInAs } from './deviceCodes.ts'

/** What a code was given for: only who asked for it, from where, and with what proves it, gets tokens for it. */
export type CodeGrant = {
  readonly clientId: string
  readonly redirectUri: string
  /** Of the verifier, by S256 (RFC 7636 4.2). */
  readonly challenge: string
  readonly person: SignedInAs
}

export type AuthorizationCodes = {
  /** A code (RFC 6749 4.1.2). `now` in seconds. */
  issue(grant: CodeGrant, now: number): string
  /** Whoever presents a code ends it, also where the rest of the request is refused then. */
  redeem(code: string, now: number): CodeGrant | 'unknown' | 'redeemed' | 'expired'
}

/** Ten minutes, as Entra gives and RFC 6749 4.1.2 recommends at most. Seconds. */
export const authorizationCodeLifetime = 600

type Entry = { readonly grant: CodeGrant; readonly expiresAt: number; state: 'issued' | 'redeemed' }

/** In memory: nobody waits for a code over a restart. */
export function createAuthorizationCodes(): AuthorizationCodes {
  const entries = new Map<string, Entry>()
  return {
    issue: (grant, now) => {
      for (const [code, { expiresAt }] of entries) if (expiresAt + authorizationCodeLifetime <= now) entries.delete(code)
      const code = `1.${randomBytes(96).toString('base64url')}`
      entries.set(code, { grant, expiresAt: now + authorizationCodeLifetime, state: 'issued' })
      return code
    },
    redeem: (code, now) => {
      const entry = entries.get(code)
      if (entry === undefined) return 'unknown'
      if (entry.state === 'redeemed') return 'redeemed'
      entry.state = 'redeemed'
      return entry.expiresAt <= now ? 'expired' : entry.grant
    },
  }
}
