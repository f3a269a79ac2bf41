import type { ApplicationFacts, ConnectorFacts, DelegationFacts, DelegationIntent, DomainFacts, Finding, FindingState, GuestFacts, PrincipalFacts, ProofOutcome } from '../../../shared/domain/delegation.ts'
import type { Assignments } from './assignments.ts'

/** What a check came to. One check may come to several things: one for each stale entry of a list, for example. */
export type Outcome = {
  /** `found`: as bad as the row of the table says. */
  readonly state: FindingState | 'found'
  /** A full sentence with the names in it. */
  readonly message: string
  readonly remedy: string | null
  /** Objects and attributes that were looked at. */
  readonly read: readonly string[]
  readonly intent: DelegationIntent | null
  /** Narrows what the check is about to one connector or application: a group's check to one of its connectors. */
  readonly narrowedTo: { readonly connector?: string; readonly application?: string }
}

type InFacts = { readonly facts: DelegationFacts }
type OfConnector = InFacts & { readonly connector: ConnectorFacts }
type OfApplication = InFacts & { readonly application: ApplicationFacts }
type OfGuest = InFacts & { readonly guest: GuestFacts }

/**
 * What a check is made for. Those about an account are made where the account is known; where it is not, the finding is
 * "not checked" with the reason, without the check being asked.
 */
export type Subjects = {
  readonly domain: InFacts & { readonly domain: DomainFacts }
  readonly connector: OfConnector
  readonly connectorAccount: OfConnector & { readonly account: PrincipalFacts }
  readonly application: OfApplication
  /** An application with the connectors that serve it. */
  readonly connectorGroup: OfApplication & { readonly connectors: readonly ConnectorFacts[] }
  /** An application with an account that owns its SPN. */
  readonly serviceAccount: OfApplication & { readonly service: PrincipalFacts }
  readonly connectorAndApplication: OfConnector & OfApplication & { readonly account: PrincipalFacts }
  readonly connectorAndService: OfConnector & OfApplication & { readonly account: PrincipalFacts; readonly service: PrincipalFacts }
  readonly guest: OfGuest & { readonly assignments: Assignments }
  readonly guestAccount: OfGuest & { readonly account: PrincipalFacts }
  /**
   * An application with a proof of it, or with none. Made after all others: `earlier` are the findings of the check of that number that
   * concern the proof's connector, application and guest.
   */
  readonly proof: OfApplication & { readonly proof: ProofOutcome | null; readonly earlier: (check: number) => readonly Finding[] }
}
export type Subject = keyof Subjects

type Row<About extends Subject> = {
  /** As in the table of checks that an expert makes, 1 to 47. */
  readonly number: number
  /** In kebab case, and stable. */
  readonly id: string
  /** What is right when the check passes. */
  readonly title: string
  readonly severity: 'failed' | 'warning'
  /** `deciding`: without its answer nobody can say that sign-on works; `supporting`: it may go unanswered. */
  readonly weight: 'deciding' | 'supporting'
  /**
   * Where the severity says something else than whether sign-on works. `blocks`: no fault of any setting (a warning), and yet the guest
   * cannot sign on. `unaffected`: a danger, and yet everybody can.
   */
  readonly signOn?: 'blocks' | 'unaffected'
  readonly about: About
  readonly check: (subject: Subjects[About]) => readonly Outcome[]
}
/** A row of the table of checks. */
export type Check = { [About in Subject]: Row<About> }[Subject]
