import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, type Result } from '../../../shared/domain/result.ts'
import type { DelegationFacts, ProofOutcome, Reading } from '../../../shared/domain/delegation.ts'
import type { ApplicationProxy } from '../../connectors/applicationProxy.ts'
import type { DelegationReader } from '../../connectors/delegationPorts.ts'
import type { StoreReader } from '../../store/store.ts'
import type { DelegationConfiguration } from '../../workspace/configuration.ts'
import type { NetworkProbes } from '../probes.ts'

/** Everything that a reading of delegation asks. */
export type DelegationSources = {
  /** The domain of the guests' accounts. */
  readonly accounts: DelegationReader
  /** The domain of connectors and applications; null: the same one. */
  readonly resources: DelegationReader | null
  /** Domain controllers as they are configured: one may listen on a port of its own. */
  readonly servers: readonly { readonly host: string; readonly port: number }[]
  readonly probes: NetworkProbes
  readonly store: Pick<StoreReader, 'connectorRows' | 'connectorBatch' | 'metaverseObjects'>
  readonly configuration: DelegationConfiguration | null
  /** Null: workspace.json does not ask for it. */
  readonly proxy: Reading<ApplicationProxy> | null
  readonly proofs: readonly ProofOutcome[]
  readonly now: () => string
}

/** Names of applications and Entra ids of guests; null: all applications, and as many guests with an account as one reading takes. */
export type DelegationSelection = { readonly applications: readonly string[] | null; readonly guests: readonly string[] | null }

/** `guestsLeftOut`: guests with an account that were beyond the limit of one reading. */
export type DelegationReading = { readonly facts: DelegationFacts; readonly guestsLeftOut: number }

/** How far a reading is; `total` null where it is not known yet. */
export type ReportReading = (phase: 'domains' | 'connectors' | 'applications' | 'services' | 'guests', done: number, total: number | null) => void

/** What a check can use: a problem of one object becomes the reason why it is not checked. */
export function toReading<Value>(result: Result<Value, Problem>): Reading<Value> {
  return result.ok ? { kind: 'read', value: result.value } : { kind: 'notRead', why: result.problem.message }
}

export function readingCancelled(): { readonly ok: false; readonly problem: Problem } {
  return fail({ kind: 'cancelled', message: 'The reading of delegation was cancelled.', remedy: 'Start it again.' })
}
