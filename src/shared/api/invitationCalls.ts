import { z } from 'zod'
import type { InvitationResult, InvitationRow, KnownGuest, ListMistake } from '../domain/invitation.ts'

const text = (most: number) => z.string().trim().max(most).transform((value) => (value === '' ? null : value)).nullable()
const id = z.string().min(1).max(200)
const note = z.string().trim().min(1).max(1000)
const mail = z.string().trim().min(1).max(320)
const redirectUrl = z.string().trim().min(1).max(2000)

export const invitationSchema = z.strictObject({ mail, displayName: text(300), redirectUrl, message: text(10_001), language: text(20), cc: text(320) })

/** Guests of the tenant: invited, reset, blocked. Whoever calls has shown it to a person, who wanted it. */
export const invitationInputs = {
  'invitations.find': z.strictObject({ mail }),
  'invitations.send': z.strictObject({ invitation: invitationSchema }),
  /** Waits until the tenant shows the guest, then runs the delta cycle until an import does too: the preview has its plan then. A job. */
  'invitations.await': z.strictObject({ id }),
  /** Graph gives it to a person: somebody signs in by a code (`Progress.signIn`) for this one reset. A job. */
  'invitations.resetRedemption': z.strictObject({ id, mail, redirectUrl, note }),
  'invitations.setEnabled': z.strictObject({ id, enabled: z.enum(['enabled', 'blocked']), note }),
  /** `redirectUrl` stands in for lines that have none. */
  'invitations.judgeList': z.strictObject({ text: z.string().max(5_000_000), redirectUrl }),
  'invitations.sendList': z.strictObject({ text: z.string().max(5_000_000), redirectUrl, approve: z.string().regex(/^[0-9a-f]{64}$/i, 'the approval is the whole hash of the list') }),
} as const

export type InvitationOutputs = {
  'invitations.find': { readonly users: readonly KnownGuest[] }
  'invitations.send': InvitationSent
  'invitations.await': AwaitedGuest
  'invitations.resetRedemption': { readonly status: string; readonly redeemUrl: string | null; /** Who signed in, where Entra told it. */ readonly account: string | null }
  'invitations.setEnabled': { readonly guest: KnownGuest | null }
  'invitations.judgeList': JudgedList
  'invitations.sendList': { readonly results: readonly InvitationResult[]; /** For a file: defused CSV with a header. */ readonly csv: string }
}

export type InvitationSent =
  | { readonly kind: 'invited'; readonly id: string; readonly status: string; readonly redeemUrl: string | null }
  /** Nothing was sent: somebody has the address already. */
  | { readonly kind: 'exists'; readonly users: readonly KnownGuest[] }

/** Not imported: the guest is in the tenant, but no import has shown it within the time; the next cycle will. */
export type AwaitedGuest = { readonly guest: KnownGuest; readonly isImported: boolean }

export type JudgedList =
  | { readonly kind: 'mistakes'; readonly mistakes: readonly ListMistake[] }
  | { readonly kind: 'list'; readonly rows: readonly InvitationRow[]; readonly counts: Readonly<Record<InvitationRow['fate']['kind'], number>>; /** Of those who would be invited. */ readonly hash: string }
