import { z } from 'zod'
import type { DelegationChange, DelegationPlanHeader, DelegationPlanLine, DelegationThreshold, ImpossibleUndo, PrivilegeOutlook, RefusedIntent } from '../domain/delegationPlan.ts'
import type { Problem } from '../domain/problem.ts'
import type { Run } from '../domain/run.ts'

/** As people name it: connector, objectGUID, account name, DNS name, distinguished name or userPrincipalName. */
const account = z.string().trim().min(1).max(2000)
const spn = z.string().trim().min(1).max(1000)
const hash = z.string().regex(/^[0-9a-f]{64}$/i, 'the approval is the whole hash of the plan: 64 characters 0-9 and a-f')
const path = z.string().min(1).nullable()

const wish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['allowService', 'disallowService']), account, spn }),
  z.strictObject({ kind: z.enum(['useAnyProtocol', 'useKerberosOnly', 'endUnconstrained', 'allowAes']), account }),
  /** A connector by its SID too: of one that is gone nothing else is left. */
  z.strictObject({ kind: z.enum(['trustConnectors', 'endTrust']), service: account, connectors: z.array(account).min(1).max(200) }),
  z.strictObject({ kind: z.enum(['registerService', 'unregisterService']), account, spn }),
  z.strictObject({ kind: z.literal('makeApplicationWork'), application: z.string().trim().min(1).max(1000), way: z.enum(['classic', 'resourceBased']) }),
])

/** Plans of delegation: read anew, planned, approved by hash, written, taken back. The export writes, so a window begins it as a job. */
export const delegationPlanInputs = {
  /** Reads the directory and plans; the plan is kept under plans/ in the workspace, and written to `path` as well. */
  'delegation.plan': z.strictObject({ intents: z.array(wish).min(1).max(500), path }),
  /** A plan that was made before: from a file, or the one that the workspace keeps by its hash. */
  'delegation.planFile': z.strictObject({ plan: z.union([z.strictObject({ path: z.string().min(1) }), z.strictObject({ hash })]) }),
  /** The plan that takes back what an export of delegation wrote, kept and written as any other. */
  'delegation.undoPlan': z.strictObject({ run: z.int().min(1), path }),
  /** `path` null: the plan that the workspace keeps by the hash that is approved. */
  'delegation.export': z.strictObject({
    approve: hash, path,
    lifts: z.array(z.strictObject({ kind: z.literal('delegation'), note: z.string().trim().min(1).max(1000) })).max(1).default([]),
  }),
} as const

export type DelegationPlanOutputs = {
  'delegation.plan': ShownDelegationPlan
  'delegation.planFile': ShownDelegationPlan
  'delegation.undoPlan': ShownDelegationPlan
  'delegation.export': DelegationExportOutcome
}

export type ShownDelegationPlan = {
  readonly header: DelegationPlanHeader
  readonly hash: string
  /** In the order in which they are written; none: it is all so already. */
  readonly lines: readonly DelegationPlanLine[]
  readonly refused: readonly RefusedIntent[]
  /** Of an undo only. */
  readonly impossible: readonly ImpossibleUndo[]
  readonly threshold: DelegationThreshold
  readonly privilege: PrivilegeOutlook
  /** The same changes for the ActiveDirectory module and setspn, and what takes them back. */
  readonly powerShell: string
  readonly undoPowerShell: string
  /** Where the plan is kept; null: it has no changes. */
  readonly file: string | null
}

/** `alreadyWritten`: by a former export of this plan. `notConfirmed`: taken, and something else is shown. `open`: known after the next export. */
export type DelegationChangeResult = {
  readonly change: DelegationChange
  readonly outcome: 'written' | 'alreadyWritten' | 'drift' | 'refused' | 'notConfirmed' | 'open' | 'notReached'
  readonly problem: Problem | null
}

export type DelegationExportOutcome =
  | { readonly kind: 'blocked'; readonly threshold: DelegationThreshold }
  | {
    readonly kind: 'exported'
    readonly run: Run
    /** The domain controller that was written to and read back: others have it once they have replicated. */
    readonly controller: string
    readonly results: readonly DelegationChangeResult[]
    readonly undo: DelegationUndoKept
  }

export type DelegationUndoKept =
  | { readonly kind: 'kept'; readonly file: string; readonly hash: string; readonly changes: number; readonly impossible: number }
  | { readonly kind: 'nothingToUndo' }
  | { readonly kind: 'notKept'; readonly problem: Problem }
