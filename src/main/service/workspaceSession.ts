import type { Problem } from '../../shared/domain/problem.ts'
import type { ProxyInUse } from '../../shared/domain/proxyInUse.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { DirectoryReader, EntraReader } from '../connectors/connector.ts'
import type { SigningIn } from '../connectors/graph/delegatedSignIn.ts'
import type { EntraInviter } from '../connectors/invitationPort.ts'
import type { DirectoryTarget } from '../runs/export/directoryTarget.ts'
import type { RunContext } from '../runs/runContext.ts'
import type { DecidingSettings } from '../runs/synchronizationSettings.ts'
import type { StoreReader } from '../store/store.ts'
import type { LockHolder } from '../store/sqlite/writerLock.ts'
import type { Notice, NotSent } from '../unattended/notify/notice.ts'
import type { DelegationConnections } from './delegationConnections.ts'
import type { ConnectMemory } from './connect/connectMemory.ts'
import type { PlanDigest } from './planDigest.ts'
import type { WindowLists } from './windowLists.ts'
import type { LabOfWorkspace } from './labOfWorkspace.ts'
import type { WorkspaceConfiguration } from '../workspace/configuration.ts'

/** An open workspace as the handlers see it: what it says, what it remembers, and how to reach its systems. */
export type WorkspaceSession = {
  readonly folder: string
  readonly configuration: WorkspaceConfiguration
  readonly deciding: DecidingSettings
  /** The same settings with another rule set: a shipped one, or a file of the workspace. */
  readonly decidingBy: (set: string) => Promise<Result<DecidingSettings, Problem>>
  readonly reader: StoreReader
  /** Snapshots of long lists for the window; empty of cost until one is opened. */
  readonly lists: WindowLists
  /** The stored plan in figures, read once for each version of the store. */
  readonly planDigest: () => Promise<PlanDigest | null>
  readonly now: () => string
  /** `user@computer`: who approves and decides. */
  readonly actor: string
  /** Connections are made when they are first needed and closed with the session. */
  readonly openEntra: () => Promise<Result<EntraReader, Problem>>
  readonly openInviter: () => Promise<Result<EntraInviter, Problem>>
  readonly openDirectory: () => Promise<Result<DirectoryReader, Problem>>
  readonly openTarget: () => Promise<Result<DirectoryTarget, Problem>>
  /** What delegation is read and written with, in the domain of the accounts and in that of the applications. */
  /** Where a person signs in, for what Graph does not give an application. */
  readonly signInTo: () => Promise<Result<SigningIn, Problem>>
  readonly openDelegation: () => Promise<Result<DelegationConnections, Problem>>
  /** Null where the workspace is no lab. */
  readonly labEndpoints: LabOfWorkspace['endpoints']
  /** Runs `work` as the only writer of the workspace; who else writes now is named in the problem. */
  readonly asWriter: <Value>(what: string, options: WriterOptions, work: (context: RunContext) => Promise<Result<Value, Problem>>) => Promise<Result<Value, Problem>>
  /** Tells those whom the configuration names, by every way that is set up; answers with the ways that failed. */
  readonly notify: (notice: Notice) => Promise<readonly NotSent[]>
  /** Who writes in the workspace just now, of all processes. */
  readonly currentWriter: () => LockHolder | null
  /** Secrets of this session and of set-ups that are under way. */
  readonly connectMemory: ConnectMemory
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Through what Graph is asked. */
  readonly proxy: ProxyInUse
  /** Entry of the lab's worker thread: the other entries stand beside it. */
  readonly labWorker: URL
  readonly audit: (action: AuditAction, planHash: string | null, details: Readonly<Record<string, unknown>>) => Promise<void>
}

export type WriterOptions = Pick<RunContext, 'signal' | 'report'>
export type AuditAction =
  | 'planApproved' | 'exportEnded' | 'smallerSourceAccepted' | 'personExcluded' | 'holdReleased' | 'joinDecided' | 'decisionForgotten' | 'personPurged'
  | 'rulesSaved' | 'settingsSaved' | 'connectionSaved' | 'delegationApproved' | 'delegationWritten' | 'remedyApproved' | 'remedyApplied' | 'signOnProved' | 'standingApprovalGiven' | 'standingApprovalWithdrawn' | 'scheduleInstalled' | 'scheduleRemoved'
  | 'secretKept' | 'secretRemoved'
  | 'guestInvited' | 'listInvited' | 'listInvitationEnded' | 'redemptionReset' | 'redemptionResetEnded' | 'guestBlocked' | 'guestUnblocked'
