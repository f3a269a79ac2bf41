import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { ApplicationFacts, ConnectorFacts, DelegationFacts, Finding, GuestFacts, PrincipalFacts } from '../../../shared/domain/delegation.ts'
import { assignmentsOf } from './assignments.ts'
import type { Check, Outcome } from './check.ts'
import { accountOf, connectorsOf } from './connectorAccount.ts'
import { isOfApplication, isOfConnector, isOfGuest, latestProofs } from './latestProofs.ts'
import { notChecked } from './outcome.ts'
import { ownersOf, serviceAccounts } from './spnOwners.ts'
import { nameOfGuest } from './wording.ts'

/** A finding with the row that made it, and the domain that it is about, which a finding itself does not name. */
export type Judgement = { readonly row: Check; readonly finding: Finding; readonly domain: string | null }

type About = { readonly connector?: ConnectorFacts; readonly application?: ApplicationFacts; readonly guest?: GuestFacts | string; readonly domain?: string }
type Answer = { readonly about: About; readonly outcomes: readonly Outcome[] }

/** The check for everything that it is made for. `earlier` are all findings that were made before: proofs are explained by them. */
export function runCheck(facts: DelegationFacts, row: Check, earlier: readonly Judgement[]): readonly Judgement[] {
  return answer(facts, row, earlier).flatMap(({ about, outcomes }) => outcomes.map((outcome) => ({ row, finding: toFinding(row, about, outcome), domain: about.domain ?? null })))
}

function answer(facts: DelegationFacts, row: Check, earlier: readonly Judgement[]): readonly Answer[] {
  switch (row.about) {
    case 'domain': return facts.domains.map((domain) => ({ about: { domain: domain.dnsName }, outcomes: row.check({ facts, domain }) }))
    case 'connector': return facts.connectors.map((connector) => ({ about: { connector }, outcomes: row.check({ facts, connector }) }))
    case 'connectorAccount': return facts.connectors.map((connector) => ({ about: { connector }, outcomes: ofConnector(row, connector, (account) => row.check({ facts, connector, account })) }))
    case 'application': return facts.applications.map((application) => ({ about: { application }, outcomes: row.check({ facts, application }) }))
    case 'connectorGroup': return facts.applications.map((application) => ({ about: { application }, outcomes: row.check({ facts, application, connectors: connectorsOf(facts, application) }) }))
    case 'serviceAccount': return facts.applications.map((application) => ({ about: { application }, outcomes: ofService(facts, row, application, (service) => row.check({ facts, application, service })) }))
    case 'connectorAndApplication': return ofPairs(facts, ({ connector, application }) => ofConnector(row, connector, (account) => row.check({ facts, connector, account, application })))
    case 'connectorAndService': return ofPairs(facts, ({ connector, application }) =>
      ofConnector(row, connector, (account) => ofService(facts, row, application, (service) => row.check({ facts, connector, account, application, service }))))
    case 'guest': return ofGuests(facts, row)
    case 'guestAccount': return facts.guests.map((guest) => ({ about: { guest }, outcomes: ofGuestAccount(row, guest, (account) => row.check({ facts, guest, account })) }))
    case 'proof': return facts.applications.flatMap((application) => ofProofs(facts, row, application, earlier))
    default: return assertNever(row)
  }
}

function ofGuests(facts: DelegationFacts, row: Extract<Check, { about: 'guest' }>): readonly Answer[] {
  const assignments = assignmentsOf(facts)
  return facts.guests.map((guest) => ({ about: { guest }, outcomes: row.check({ facts, guest, assignments }) }))
}

function ofPairs(facts: DelegationFacts, judge: (pair: { readonly connector: ConnectorFacts; readonly application: ApplicationFacts }) => readonly Outcome[]): readonly Answer[] {
  return facts.applications.flatMap((application) => connectorsOf(facts, application).map((connector) => ({ about: { connector, application }, outcomes: judge({ connector, application }) })))
}

function ofConnector(row: Check, connector: ConnectorFacts, judge: (account: PrincipalFacts) => readonly Outcome[]): readonly Outcome[] {
  // Without an account, or with several, there is the finding of check 1 and nothing to ask others about.
  if (connector.accounts.kind === 'read' && connector.accounts.value.length !== 1) return []
  const account = accountOf(connector)
  return account.kind === 'read' ? judge(account.value) : [notChecked(`"${row.title}" was not checked for ${connector.name}`, account.why)]
}

function ofService(facts: DelegationFacts, row: Check, application: ApplicationFacts, judge: (service: PrincipalFacts) => readonly Outcome[]): readonly Outcome[] {
  const owners = ownersOf(facts, application.spn)
  // Of an SPN without owner there is the finding of check 15.
  return owners.kind === 'read' ? serviceAccounts(owners.value).flatMap(judge) : [notChecked(`"${row.title}" was not checked for ${application.name}`, owners.why)]
}

/** Of a guest without account there is the finding of check 31. */
function ofGuestAccount(row: Check, guest: GuestFacts, judge: (account: PrincipalFacts) => readonly Outcome[]): readonly Outcome[] {
  if (guest.account.kind === 'notRead') return [notChecked(`"${row.title}" was not checked for ${nameOfGuest(guest)}`, guest.account.why)]
  return guest.account.value === null ? [] : judge(guest.account.value)
}

function ofProofs(facts: DelegationFacts, row: Extract<Check, { about: 'proof' }>, application: ApplicationFacts, earlier: readonly Judgement[]): readonly Answer[] {
  const proofs = latestProofs(facts.proofs.filter((proof) => isOfApplication(proof, application)))
  if (proofs.length === 0) return [{ about: { application }, outcomes: row.check({ facts, application, proof: null, earlier: () => [] }) }]
  return proofs.map((proof) => {
    const connector = facts.connectors.find((each) => isOfConnector(proof, each))
    const guest = facts.guests.find((each) => isOfGuest(proof, each)) ?? proof.guest
    const about = { application, guest, ...(connector === undefined ? {} : { connector }) }
    return { about, outcomes: row.check({ facts, application, proof, earlier: (check) => concerning(earlier, check, about) }) }
  })
}

/** A finding of the check that is of nothing else than what the proof is about. A proof by no known connector concerns all. */
function concerning(earlier: readonly Judgement[], check: number, about: About): readonly Finding[] {
  const guest = typeof about.guest === 'string' ? about.guest : about.guest?.entraId
  return earlier.filter(({ row }) => row.number === check).map(({ finding }) => finding).filter(({ about: its }) =>
    (its.connector === null || about.connector === undefined || its.connector === about.connector.name)
    && (its.application === null || its.application === about.application?.id) && (its.guest === null || its.guest === guest))
}

function toFinding(row: Check, about: About, outcome: Outcome): Finding {
  return {
    check: row.number, id: row.id, state: outcome.state === 'found' ? row.severity : outcome.state,
    about: {
      connector: outcome.narrowedTo.connector ?? about.connector?.name ?? null,
      application: outcome.narrowedTo.application ?? about.application?.id ?? null,
      guest: typeof about.guest === 'string' ? about.guest : about.guest?.entraId ?? null
    },
    message: outcome.message, remedy: outcome.remedy, read: outcome.read, intent: outcome.intent
  }
}
