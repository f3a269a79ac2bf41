import { randomBytes, randomInt } from 'node:crypto'

/** Who signed in with a code: an administrator who may read application proxy, or somebody without a role. */
export type SignedInAs = 'administrator' | 'employee'

export type DeviceCodes = {
  /** A pair of codes (RFC 8628 3.2). `now` in seconds. */
  begin(clientId: string, now: number): { readonly deviceCode: string; readonly userCode: string }
  /** A person has entered a code in the browser; `unknown` where there is none, or no longer. */
  decide(userCode: string, decision: SignedInAs | 'declined', now: number): 'done' | 'unknown'
  /** The device asks; a code that was approved can be redeemed once. */
  redeem(deviceCode: string, clientId: string, now: number): SignedInAs | 'pending' | 'declined' | 'expired' | 'unknown'
}

/** As Entra gives. Seconds. */
export const codeLifetime = 900
/** Letters and digits that nobody takes for each other. */
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ23456789'
const userCodeLength = 9

type Entry = { readonly clientId: string; readonly userCode: string; readonly expiresAt: number; state: SignedInAs | 'pending' | 'declined' }

/** In memory: nobody waits for a code over a restart. */
export function createDeviceCodes(): DeviceCodes {
  const entries = new Map<string, Entry>()
  return {
    begin: (clientId, now) => {
      const [deviceCode, userCode] = [randomBytes(48).toString('base64url'), Array.from({ length: userCodeLength }, () => alphabet[randomInt(alphabet.length)]).join('')]
      entries.set(deviceCode, { clientId, userCode, expiresAt: now + codeLifetime, state: 'pending' })
      return { deviceCode, userCode }
    },
    decide: (userCode, decision, now) => {
      const entry = [...entries.values()].find((candidate) => candidate.userCode === userCode.trim().toUpperCase() && candidate.expiresAt > now && candidate.state === 'pending')
      if (entry === undefined) return 'unknown'
      entry.state = decision
      return 'done'
    },
    redeem: (deviceCode, clientId, now) => {
      const entry = entries.get(deviceCode)
      if (entry === undefined || entry.clientId !== clientId) return 'unknown'
      if (entry.expiresAt <= now) return 'expired'
      if (entry.state !== 'pending') entries.delete(deviceCode)
      return entry.state
    },
  }
}
