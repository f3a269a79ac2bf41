import type { ConnectorName } from './connectorObject.ts'
import type { ObjectProblem, Problem } from './problem.ts'

export const stepKinds = ['fullImport', 'deltaImport', 'proveAbsence', 'fullSync', 'deltaSync', 'export', 'delegationExport'] as const
export type StepKind = (typeof stepKinds)[number]
export type RunStatus = 'running' | 'succeeded' | 'completedWithErrors' | 'completedWithDrift' | 'stopped' | 'failed' | 'interrupted'

/** Named as in MIM's Synchronization Service Manager. */
export const counterNames = [
  'stagingUnchanged', 'stagingAdds', 'stagingUpdates', 'stagingRenames', 'stagingDeletes',
  'projections', 'joins', 'disconnectors', 'filteredDisconnectors', 'connectorsWithFlowUpdates', 'connectorsWithoutFlowUpdates',
  'metaverseObjectDeletes', 'flowErrors', 'provisioningAdds', 'provisioningAdopts', 'provisioningRenames', 'exportAttributeFlow', 'leavers',
  'absencesProved', 'absencesUnclear', 'provisioningDisables', 'provisioningEnables', 'provisioningDeletes', 'provisioningRestores', 'holds',
  'exportAdds', 'exportUpdates', 'exportRenames', 'exportDeletes', 'exportErrors', 'exportDrift', 'exportConfirmed', 'exportNotConfirmed',
] as const
export type CounterName = (typeof counterNames)[number]
export type Counters = Readonly<Partial<Record<CounterName, number>>>

export type Run = {
  readonly id: number
  readonly profile: string
  readonly step: StepKind
  readonly connector: ConnectorName | null
  readonly startedAt: string
  readonly endedAt: string | null
  readonly status: RunStatus
  readonly counters: Counters
  /** What stopped the run; null where it went to its end. */
  readonly problem: Problem | null
}

export type RunProblem = { readonly run: number; readonly problem: ObjectProblem }

/** `total` is null where the source does not say how much is to come; `step` where the work is no run (`run` is 0 then). */
export type Progress = { readonly run: number; readonly step: StepKind | null; readonly connector: ConnectorName | null; readonly phase: string; readonly done: number; readonly total: number | null; /** Somebody has to sign in at this address before the work goes on; `code`: what is to be entered there, null: nothing. */ readonly signIn?: { readonly address: string; readonly code: string | null } }
