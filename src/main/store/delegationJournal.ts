import type { DelegationChange } from '../../shared/domain/delegationPlan.ts'
import type { Sid } from '../../shared/domain/ids.ts'
import type { Problem } from '../../shared/domain/problem.ts'

/** What exports of delegation wrote, and when: the same promises as the journal of accounts, in a table of its own. */
export interface DelegationJournalReader {
  /** Entries of the domain that were begun and not finished, oldest first. */
  openDelegationEntries(domainSid: Sid): Promise<readonly DelegationEntry[]>
  delegationJournalOfRun(run: number): Promise<readonly DelegationEntry[]>
  /** How many changes were written since the instant (ISO 8601), in all domains: for the threshold of 24 hours. */
  delegationChangesSince(instant: string): Promise<number>
  /** Hashes of the plan's changes that were written: an export that is run again skips them. */
  delegationWrittenByPlan(planHash: string): Promise<ReadonlySet<string>>
  /** The last entry of the domain whose change needs SeEnableDelegationPrivilege and that was answered by the controller; null: none yet. */
  lastPrivilegedDelegation(domainSid: Sid): Promise<DelegationEntry | null>
}

export interface DelegationJournalWriter extends DelegationJournalReader {
  /** synchronous=FULL: returns when the entry is on the disk. */
  delegationJournalBefore(entry: NewDelegationEntry): Promise<number>
  /** An entry gets its outcome once. */
  delegationJournalAfter(id: number, outcome: DelegationOutcome): Promise<void>
}

export type NewDelegationEntry = {
  readonly run: number
  readonly planHash: string
  readonly changeHash: string
  readonly domainSid: Sid
  /** The domain controller that is written to, and as whom. */
  readonly controller: string
  readonly boundAs: string
  readonly change: DelegationChange
  readonly at: string
}
export type DelegationOutcome =
  | { readonly kind: 'done'; readonly at: string }
  | { readonly kind: 'refused'; readonly at: string; readonly problem: Problem }
  /** Found by looking at the directory after a crash. */
  | { readonly kind: 'foundDone' | 'foundNotDone'; readonly at: string }
export type DelegationEntry = NewDelegationEntry & { readonly id: number; readonly outcome: DelegationOutcome | null }
