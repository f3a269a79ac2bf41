import { z } from 'zod'
import type { Change } from '../domain/change.ts'
import type { ConnectorObject } from '../domain/connectorObject.ts'
import type { DisconnectorReason, Explanation, SkipReason } from '../domain/decision.ts'
import type { GuestRow } from '../domain/guestRow.ts'
import type { LiveCheck } from '../domain/liveCheck.ts'
import type { MetaverseObject } from '../domain/metaverse.ts'
import type { PlanBlock, PlanCounts, PlanHeader, PlanLine } from '../domain/plan.ts'
import type { ObjectProblem, Problem } from '../domain/problem.ts'
import type { Result } from '../domain/result.ts'
import type { Progress, Run } from '../domain/run.ts'

/**
 * Everything that a host can ask of the service. Input arrives as `unknown` and is parsed by the call's schema before a
 * handler sees it; a host that speaks over a socket and the command line use the same calls.
 */
export const inputs = {
  'workspace.describe': z.strictObject({}),
  'runs.start': z.strictObject({
    profile: z.string().min(1).max(200),
    /** A person's word, with a note, that the source is smaller for good. */
    acceptSmallerSource: z.string().min(1).max(1000).nullable(),
  }),
  'runs.list': z.strictObject({ limit: z.int().min(1).max(1000) }),
  'runs.show': z.strictObject({ run: z.int().min(1), problems: z.int().min(0).max(10_000) }),
  'guests.page': z.strictObject({ after: z.string().nullable(), limit: z.int().min(1).max(1000) }),
  'objects.show': z.strictObject({ id: z.string().min(1).max(2000) }),
  'preview': z.strictObject({ id: z.string().min(1).max(2000) }),
  'plan.summary': z.strictObject({}),
  'plan.page': z.strictObject({ after: z.strictObject({ kind: z.string(), metaverseId: z.string() }).nullable(), limit: z.int().min(1).max(1000) }),
  'plan.write': z.strictObject({ path: z.string().min(1) }),
  'plan.export': z.strictObject({ path: z.string().min(1), approve: approvalHash() }),
  'plan.provision': z.strictObject({ id: z.string().min(1).max(2000), approve: approvalHash() }),
} as const

export type CallName = keyof typeof inputs
export type Input<Name extends CallName> = z.output<(typeof inputs)[Name]>

export type Outputs = {
  'workspace.describe': WorkspaceDescription
  'runs.start': RunsOutcome
  'runs.list': readonly Run[]
  'runs.show': { readonly run: Run; readonly problems: readonly ObjectProblem[] }
  'guests.page': { readonly rows: readonly GuestRow[]; readonly next: string | null }
  'objects.show': ShownObject
  'preview': Preview
  'plan.summary': PlanSummary
  'plan.page': { readonly lines: readonly PlanLine[]; readonly next: { readonly kind: Change['kind']; readonly metaverseId: string } | null }
  'plan.write': PlanSummary
  'plan.export': ExportOutcome
  'plan.provision': ExportOutcome
}

/** The contract as a host sees it. Progress comes while a call runs; aborting the signal cancels the run. */
export interface GuestbridgeApi {
  call<Name extends CallName>(name: Name, input: unknown, options: CallOptions): Promise<Result<Outputs[Name], Problem>>
}

export type CallOptions = { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void }

export type WorkspaceDescription = {
  readonly id: string
  readonly name: string
  readonly purpose: 'production' | 'lab'
  readonly folder: string
  readonly tenant: string
  readonly cloud: string
  readonly servers: readonly string[]
  readonly guestOu: string
  readonly rules: string
  readonly lastRun: Run | null
}

export type PlanSummary = {
  /** Null: no synchronisation has made a plan yet. */
  readonly header: PlanHeader | null
  readonly hash: string | null
  readonly counts: PlanCounts
  readonly blocked: readonly PlanBlock[]
  readonly managedAccounts: number
  /** Persons without change, by kind of reason. */
  readonly skipped: Readonly<Record<string, number>>
}

export type RunsOutcome = { readonly runs: readonly Run[]; readonly plan: PlanSummary }

export type ShownObject = {
  readonly guest: ConnectorObject | null
  readonly account: ConnectorObject | null
  readonly person: MetaverseObject | null
  readonly pending: PlanLine | null
  readonly skip: SkipReason | null
  readonly disconnectors: readonly { readonly connector: 'entra' | 'ad'; readonly reason: DisconnectorReason }[]
}

export type Preview = {
  readonly explanation: Explanation
  /** The object's part of the plan, with the hash of the plan that holds it alone: what `provision` approves. */
  readonly change: (PlanLine & { readonly planHash: string; readonly ldif: string }) | null
  readonly checks: readonly LiveCheck[]
}

export type ExportOutcome =
  | { readonly kind: 'blocked'; readonly blocks: readonly PlanBlock[] }
  | { readonly kind: 'exported'; readonly run: Run; readonly problems: readonly ObjectProblem[] }

function approvalHash() {
  return z.string().regex(/^[0-9a-f]{64}$/i, 'the approval is the whole hash of the plan: 64 characters 0-9 and a-f')
}
