import { z } from 'zod'
import type { Attributes } from '../domain/attributes.ts'
import type { Change } from '../domain/change.ts'
import type { ConnectorObject } from '../domain/connectorObject.ts'
import type { DisconnectorReason, Explanation, SkipReason } from '../domain/decision.ts'
import type { GuestRow } from '../domain/guestRow.ts'
import type { Hold, JoinDecision } from '../domain/lifecycle.ts'
import type { LiveCheck } from '../domain/liveCheck.ts'
import type { MetaverseObject } from '../domain/metaverse.ts'
import { thresholdKinds, type PlanBlock, type PlanCounts, type PlanHeader, type PlanLine } from '../domain/plan.ts'
import type { ObjectProblem, Problem } from '../domain/problem.ts'
import type { Result } from '../domain/result.ts'
import type { RuleSetComparison, RuleTest } from './ruleOutcomes.ts'
import { delegationInputs, type DelegationOutputs } from './delegationCalls.ts'
import { delegationProofInputs, type DelegationProofOutputs } from './delegationProofCalls.ts'
import { delegationPlanInputs, type DelegationPlanOutputs } from './delegationPlanCalls.ts'
import { readinessInputs, type ReadinessOutputs } from './readinessCalls.ts'
import { connectInputs, type ConnectOutputs } from './connectCalls.ts'
import { invitationInputs, type InvitationOutputs } from './invitationCalls.ts'
import { secretInputs, type SecretOutputs } from './secretCalls.ts'
import { unattendedInputs, type UnattendedOutputs } from './unattendedCalls.ts'
import { windowInputs, type ThresholdShare, type WindowOutputs } from './windowCalls.ts'
import { counterNames, stepKinds, type CounterName, type Progress, type Run } from '../domain/run.ts'

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
  'runs.list': z.strictObject({ limit: z.int().min(1).max(1000), step: z.enum(stepKinds).nullable().default(null) }),
  'runs.show': z.strictObject({ run: z.int().min(1), problems: z.int().min(0).max(10_000) }),
  'runs.objects': z.strictObject({ run: z.int().min(1), counter: z.enum(counterNames).nullable(), after: z.string().nullable(), limit: z.int().min(1).max(1000) }),
  'guests.page': z.strictObject({ after: z.string().nullable(), limit: z.int().min(1).max(1000) }),
  'objects.show': z.strictObject({ id: z.string().min(1).max(2000) }),
  'preview': z.strictObject({ id: z.string().min(1).max(2000) }),
  'plan.summary': z.strictObject({}),
  'plan.page': z.strictObject({ after: z.strictObject({ kind: z.string(), metaverseId: z.string() }).nullable(), limit: z.int().min(1).max(1000) }),
  'plan.write': z.strictObject({ path: z.string().min(1) }),
  'plan.export': z.strictObject({ path: z.string().min(1), approve: approvalHash(), lifts: lifts() }),
  'plan.provision': z.strictObject({ id: objectId(), approve: approvalHash(), lifts: lifts() }),
  'plan.replay': z.strictObject({ run: z.int().min(1) }),
  /** `path` null: shown, written nowhere. */
  'plan.undo': z.strictObject({ run: z.int().min(1), created: z.enum(['disabled', 'deleted']), path: z.string().min(1).nullable() }),
  'holds.list': z.strictObject({}),
  'holds.exclude': z.strictObject({ id: objectId(), note: note() }),
  'holds.release': z.strictObject({ id: objectId() }),
  'decisions.list': z.strictObject({}),
  'decisions.join': z.strictObject({ account: objectId(), person: objectId(), note: note() }),
  'decisions.disconnect': z.strictObject({ account: objectId(), note: note() }),
  'decisions.leaveAlone': z.strictObject({ account: objectId(), note: note() }),
  'decisions.forget': z.strictObject({ account: objectId() }),
  'metaverse.search': z.strictObject({
    clauses: z.array(z.strictObject({ attribute: z.string().min(1).max(200), operator: z.enum(['equals', 'startsWith', 'contains', 'isPresent', 'isMissing']), value: z.string().max(2000).nullable() })).max(20),
    text: z.string().min(1).max(500).nullable(),
    after: z.string().nullable(),
    limit: z.int().min(1).max(1000),
  }),
  'rules.test': z.strictObject({ subject: z.union([z.strictObject({ expression: z.string().min(1).max(10_000) }), z.strictObject({ rule: z.string().min(1).max(500) })]), on: objectId() }),
  /** A shipped rule set, or a file of the workspace. */
  'rules.compare': z.strictObject({ set: z.string().min(1).max(1000), limit: z.int().min(1).max(1000) }),
  'audit.verify': z.strictObject({}),
  'persons.purge': z.strictObject({ id: objectId() }),
  /** One command of the lab's administration port (docs/lab.md); refused in a workspace that is none. */
  'lab.administer': z.strictObject({ command: z.record(z.string(), z.unknown()) }),
  ...windowInputs,
  ...unattendedInputs,
  ...invitationInputs,
  ...connectInputs,
  ...delegationInputs,
  ...delegationProofInputs,
  ...delegationPlanInputs,
  ...readinessInputs,
  ...secretInputs,
} as const

export type CallName = keyof typeof inputs
export type Input<Name extends CallName> = z.output<(typeof inputs)[Name]>

export type Outputs = WindowOutputs & UnattendedOutputs & InvitationOutputs & ConnectOutputs & DelegationOutputs & DelegationProofOutputs & DelegationPlanOutputs & ReadinessOutputs & SecretOutputs & {
  'plan.exportCurrent': ExportOutcome
  'undo.export': ExportOutcome
  'workspace.describe': WorkspaceDescription
  'runs.start': RunsOutcome
  'runs.list': readonly Run[]
  'runs.show': { readonly run: Run; readonly problems: readonly ObjectProblem[] }
  'runs.objects': { readonly rows: readonly RunObjectRow[]; readonly next: string | null }
  'guests.page': { readonly rows: readonly GuestRow[]; readonly next: string | null }
  'objects.show': ShownObject
  'preview': Preview
  'plan.summary': PlanSummary
  'plan.page': { readonly lines: readonly PlanLine[]; readonly next: { readonly kind: Change['kind']; readonly metaverseId: string } | null }
  'plan.write': PlanSummary
  'plan.export': ExportOutcome
  'plan.provision': ExportOutcome
  'plan.replay': ReplayOutcome
  'plan.undo': UndoOutcome
  'holds.list': readonly HoldRow[]
  'holds.exclude': HoldRow
  'holds.release': HoldRow
  'decisions.list': readonly JoinDecision[]
  'decisions.join': JoinDecision
  'decisions.disconnect': JoinDecision
  'decisions.leaveAlone': JoinDecision
  'decisions.forget': JoinDecision
  'metaverse.search': { readonly objects: readonly MetaverseObject[]; readonly next: string | null }
  'rules.test': RuleTest
  'rules.compare': RuleSetComparison
  'audit.verify': AuditVerification
  'persons.purge': { readonly metaverseId: string; readonly rows: number }
  'lab.administer': { readonly id: string | null }
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
  /** How much of each threshold the plan and the last 24 hours take. */
  readonly thresholds: readonly ThresholdShare[]
  readonly managedAccounts: number
  /** Persons without change, by kind of reason. */
  readonly skipped: Readonly<Record<string, number>>
  /** Nobody writes these until a person releases them (sync-semantics 15). */
  readonly holds: readonly HoldRow[]
}

/** `name` is what people call the person, where the metaverse still knows it. */
export type HoldRow = Hold & { readonly name: string | null }

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
  | { readonly kind: 'exported'; readonly run: Run; readonly problems: readonly ObjectProblem[]; readonly undo: UndoKept }

/** What became of the undo plan that belongs to an export. `impossible`: changes that cannot be taken back. */
export type UndoKept =
  | { readonly kind: 'kept'; readonly path: string; readonly hash: string; readonly changes: number; readonly impossible: number }
  | { readonly kind: 'nothingToUndo'; readonly impossible: number }
  | { readonly kind: 'notKept'; readonly problem: Problem }

/** An object behind a counter, with what it was called when the run had ended. */
export type RunObjectRow = { readonly counter: CounterName; readonly connector: 'entra' | 'ad' | 'metaverse'; readonly id: string; readonly name: string | null; readonly attributes: Attributes }

/** The hash of a plan as it was made and as it comes out again from what is kept; the same unless something is wrong. */
export type ReplayOutcome = { readonly header: PlanHeader; readonly planned: string; readonly replayed: string; readonly differing: readonly string[] }

export type UndoOutcome = {
  readonly header: PlanHeader
  readonly hash: string
  readonly counts: PlanCounts
  readonly blocked: readonly PlanBlock[]
  readonly lines: readonly PlanLine[]
  readonly impossible: readonly { readonly dn: string; readonly kind: Change['kind']; readonly why: string }[]
}

/** `unfinishedBytes`: of a last line that a crash has torn; it is no entry, and the next one sets it aside. */
export type AuditVerification = { readonly kind: 'intact'; readonly entries: number; readonly unfinishedBytes?: number } | { readonly kind: 'broken'; readonly line: number; readonly why: 'notAnEntry' | 'doesNotFollow' }

function approvalHash() {
  return z.string().regex(/^[0-9a-f]{64}$/i, 'the approval is the whole hash of the plan: 64 characters 0-9 and a-f')
}

function objectId() {
  return z.string().min(1).max(2000)
}

/** Every decision of a person says why; it is kept in the audit trail. */
function note() {
  return z.string().trim().min(1).max(1000)
}

function lifts() {
  return z.array(z.strictObject({ kind: z.enum(thresholdKinds), note: note() })).max(thresholdKinds.length).default([])
}
