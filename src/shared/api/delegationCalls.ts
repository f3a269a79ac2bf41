import { z } from 'zod'
import type { DelegationCheck, LoginMapping, PrincipalFacts } from '../domain/delegation.ts'
import type { GuestSignOn } from '../domain/guestSignOn.ts'

/** What signs guests in by delegation, and whether it will work. Reads only; plans and proofs are calls of their own. */
export const delegationInputs = {
  /**
   * Reads the directory, DNS, ports and Entra, and checks all of it: seconds, so a window begins it as a job. Applications by
   * name or id, guests by anything that `objects.show` takes; null: all applications, and guests with an account up to a limit.
   */
  'delegation.check': z.strictObject({ applications: z.array(z.string().min(1).max(1000)).max(1000).nullable(), guests: z.array(z.string().min(1).max(2000)).max(1000).nullable() }),
  /** The last check of everything, as it was; nothing is connected. `map`: without what is known of each guest's account, which is most of it. */
  'delegation.show': z.strictObject({ detail: z.enum(['everything', 'map']).default('everything') }),
  /** One guest's part of that check, by Entra id; nothing is connected. */
  'delegation.guest': z.strictObject({ guest: z.string().min(1).max(200) }),
  /**
   * Signs a person in by a code (`Progress.signIn`) and reads application proxy in that name, which is kept for checks and
   * plans. Takes as long as the person does, so a window begins it as a job. No token is kept.
   */
  'delegation.readProxy': z.strictObject({}),
  /** Accounts that could be a connector, by account name, DNS name, DN or userPrincipalName. */
  'delegation.connectors': z.strictObject({ text: z.string().trim().min(1).max(2000) }),
} as const

export type DelegationOutputs = {
  'delegation.check': DelegationReport
  'delegation.show': DelegationShown
  /** Null: nobody has checked this guest yet. */
  'delegation.guest': GuestSignOn | null
  'delegation.readProxy': ProxyRead
  'delegation.connectors': readonly PrincipalFacts[]
}

export type DelegationReport = DelegationCheck & {
  /** Guests with an account that were beyond the limit of one reading. */
  readonly guestsLeftOut: number
  readonly proxy: ProxyState
}

/** What became of reading Entra application proxy; where it was not read, workspace.json names connectors and applications. */
export type ProxyState = { readonly kind: 'notWanted' } | ({ readonly kind: 'read' } & ProxyRead) | { readonly kind: 'notRead'; readonly why: string }

/** When and in whose name application proxy was read (ISO 8601 in UTC; null where Entra did not say), and what was there. */
export type ProxyRead = { readonly readAt: string; readonly account: string | null; readonly connectors: number; readonly applications: number }

export type DelegationShown = {
  /** Null: nothing was checked yet. */
  readonly check: DelegationReport | null
  readonly settings: DelegationSettings
}

export type DelegationSettings = {
  readonly connectors: readonly { readonly account: string; readonly group: string | null }[]
  readonly applications: readonly { readonly name: string; readonly spn: string; readonly group: string | null; readonly internalUrl: string | null; readonly mapping: LoginMapping | null }[]
  readonly fromEntra: boolean
  /** Where connectors and applications are in another domain. */
  readonly resourceServers: readonly string[]
}
