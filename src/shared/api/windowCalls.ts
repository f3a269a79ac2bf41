import { z } from 'zod'
import type { ConnectorName } from '../domain/connectorObject.ts'
import type { GuestState } from '../domain/guestRow.ts'
import type { HistoryStep } from '../domain/objectHistory.ts'
import { thresholdKinds, type PlanBlock } from '../domain/plan.ts'
import type { Run, StepKind } from '../domain/run.ts'
import { editingInputs, type EditingOutputs } from './rulesEditing.ts'
import { viewInputs, type ViewOutputs } from './views.ts'

/** Calls that only the window needs: what a screen shows at once, and work on "the plan that is on the screen". */
export const windowInputs = {
  ...viewInputs,
  ...editingInputs,
  'settings.show': z.strictObject({}),
  'overview.show': z.strictObject({}),
  /** What happened to a person, the guest and the account, as far back as versions are kept; `id` as for `objects.show`. */
  'objects.history': z.strictObject({ id: z.string().min(1).max(2000), limit: z.int().min(1).max(1000).default(200) }),
  /** Objects of one connector space that stand for nobody in the metaverse, in the order of their anchors. */
  'disconnectors.page': z.strictObject({ connector: z.enum(['entra', 'ad']), after: z.string().nullable(), limit: z.int().min(1).max(1000) }),
  /** The current plan as stored; the approval names its hash, so what is written is what was seen. */
  'plan.exportCurrent': z.strictObject({
    approve: z.string().regex(/^[0-9a-f]{64}$/i, 'the approval is the whole hash of the plan'),
    lifts: z.array(z.strictObject({ kind: z.enum(thresholdKinds), note: z.string().trim().min(1).max(1000) })).max(thresholdKinds.length).default([]),
  }),
  /** The plan as a file, page by page. Whoever asks compares the hash of the plan before and after: pages of two plans make no file. */
  'plan.render': z.strictObject({ format: z.enum(['csv', 'ldif', 'jsonl']), after: z.strictObject({ kind: z.string(), metaverseId: z.string() }).nullable(), limit: z.int().min(1).max(1000) }),
  'plan.ldifOfOne': z.strictObject({ metaverseId: z.string().min(1).max(200) }),
  /** Several people with one note: one entry of each in the trail, one wait for the writer's lock. */
  'holds.excludeSeveral': z.strictObject({ metaverseIds: z.array(z.string().min(1).max(200)).min(1).max(1000), note: z.string().trim().min(1).max(1000) }),
  /** Takes back what an export wrote. `plannedAt` is that of the undo plan that was shown: the same plan, and so the same hash, is made again. */
  'undo.export': z.strictObject({
    run: z.int().min(1),
    created: z.enum(['disabled', 'deleted']),
    plannedAt: z.iso.datetime(),
    approve: z.string().regex(/^[0-9a-f]{64}$/i, 'the approval is the whole hash of the plan'),
    lifts: z.array(z.strictObject({ kind: z.enum(thresholdKinds), note: z.string().trim().min(1).max(1000) })).max(thresholdKinds.length).default([]),
  }),
  /** What can be started: the cycles with their steps, and each profile of the configuration. */
  'runs.profiles': z.strictObject({}),
  'audit.list': z.strictObject({ limit: z.int().min(1).max(1000) }),
  /** The trail as it stands in its file, line for line: only so can its chain be verified elsewhere. */
  'audit.read': z.strictObject({}),
  'configuration.read': z.strictObject({}),
  'rules.read': z.strictObject({}),
} as const

export type WindowOutputs = ViewOutputs & EditingOutputs & {
  'settings.show': SettingsShown
  'overview.show': OverviewShown
  'objects.history': ObjectHistory
  'plan.render': { readonly text: string; readonly changes: number; readonly next: { readonly kind: string; readonly metaverseId: string } | null }
  'plan.ldifOfOne': { readonly text: string }
  'holds.excludeSeveral': { readonly excluded: number }
  'disconnectors.page': { readonly rows: readonly DisconnectorRow[]; readonly next: string | null }
  'runs.profiles': { readonly cycles: readonly StartableCycle[]; readonly profiles: readonly StartableProfile[] }
  'audit.read': { readonly fileName: string; readonly text: string }
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

/** Null where the run itself is no longer kept. */
export type RunTime = { /** ISO 8601 in UTC. */ readonly at: string; readonly step: StepKind }
export type ObjectHistory = {
  /** Newest first, at most as many as were asked for. */
  readonly entries: readonly (HistoryStep & { readonly of: 'person' | ConnectorName; readonly time: RunTime | null })[]
  readonly total: number
  /** By attribute of the person: since when its value is what it is. */
  readonly since: Readonly<Record<string, { readonly run: number; readonly time: RunTime | null }>>
}

export type StartableCycle = { readonly name: 'cycle' | 'delta cycle'; readonly steps: readonly string[] }
export type StartableProfile = { readonly name: string; readonly step: Exclude<StepKind, 'export'>; readonly connector: ConnectorName | null }

export type ThresholdShare = { readonly kind: PlanBlock['kind']; /** In the plan and the last 24 hours. */ readonly planned: number; readonly count: number; readonly percent: number | null }

export type AuditRow = { readonly line: number; readonly at: string; readonly actor: string; readonly action: string; readonly planHash: string | null; readonly details: Readonly<Record<string, unknown>> }
export type AuditState = { readonly kind: 'intact'; readonly entries: number; readonly unfinishedBytes?: number } | { readonly kind: 'broken'; readonly line: number; readonly why: string }

export type DisconnectorRow = { readonly connector: 'entra' | 'ad'; readonly anchor: string; readonly displayName: string | null; readonly dn: string | null; readonly userPrincipalName: string | null; /** As a sentence. */ readonly why: string }

/** The settings in force, without anything secret: secrets are in the keychain or the environment, never in the file. */
export type SettingsShown = {
  readonly entra: { readonly cloud: string; readonly tenantId: string; readonly clientId: string; readonly credential: 'secret' | 'certificate' | 'person'; readonly certificateFile: string | null; readonly filter: string; readonly scopeGroup: string | null; readonly caFile: string | null }
  readonly directory: { readonly servers: readonly string[]; readonly security: 'ldaps' | 'startTls'; readonly account: string; readonly guestOu: string; readonly managedOus: readonly string[]; readonly globalCatalogs: readonly string[]; readonly caFile: string | null }
  readonly thresholds: Readonly<Record<PlanBlock['kind'], { readonly count: number; readonly percent: number | null }>> & { /** By count only. */ readonly delegation: { readonly count: number } }
  readonly lifecycle: {
    readonly createForPendingInvitations: boolean
    readonly smallerSourcePercent: number
    readonly retentionDays: number
    readonly leavers: { readonly action: 'leave' | 'disable' | 'disableAndMove'; readonly ou: string | null; readonly deleteAfterDays: number | null }
  }
  readonly cycle: readonly string[]
  readonly deltaCycle: readonly string[]
}
