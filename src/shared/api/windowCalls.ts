import { z } from 'zod'
import type { GuestState } from '../domain/guestRow.ts'
import { thresholdKinds, type PlanBlock } from '../domain/plan.ts'
import type { Run } from '../domain/run.ts'
import { viewInputs, type ViewOutputs } from './views.ts'

/** Calls that only the window needs: what a screen shows at once, and work on "the plan that is on the screen". */
export const windowInputs = {
  ...viewInputs,
  'overview.show': z.strictObject({}),
  /** The current plan as stored; the approval names its hash, so what is written is what was seen. */
  'plan.exportCurrent': z.strictObject({
    approve: z.string().regex(/^[0-9a-f]{64}$/i, 'the approval is the whole hash of the plan'),
    lifts: z.array(z.strictObject({ kind: z.enum(thresholdKinds), note: z.string().trim().min(1).max(1000) })).max(thresholdKinds.length).default([]),
  }),
  'audit.list': z.strictObject({ limit: z.int().min(1).max(1000) }),
  'configuration.read': z.strictObject({}),
  'rules.read': z.strictObject({}),
} as const

export type WindowOutputs = ViewOutputs & {
  'overview.show': OverviewShown
  'audit.list': { readonly entries: readonly AuditRow[]; readonly verification: AuditState }
  'configuration.read': { readonly file: string; readonly text: string }
  'rules.read': { readonly name: string; /** The rule set as it stands in its file, for people and for the picture. */ readonly text: string }
}

export type OverviewShown = {
  readonly guests: number
  readonly accounts: number
  readonly persons: number
  readonly managedAccounts: number
  readonly guestsByState: Readonly<Partial<Record<GuestState, number>>>
  readonly runs: readonly Run[]
}

export type ThresholdShare = { readonly kind: PlanBlock['kind']; /** In the plan and the last 24 hours. */ readonly planned: number; readonly count: number; readonly percent: number | null }

export type AuditRow = { readonly line: number; readonly at: string; readonly actor: string; readonly action: string; readonly planHash: string | null; readonly details: Readonly<Record<string, unknown>> }
export type AuditState = { readonly kind: 'intact'; readonly entries: number } | { readonly kind: 'broken'; readonly line: number; readonly why: string }
