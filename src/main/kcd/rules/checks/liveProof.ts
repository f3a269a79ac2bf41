import type { DelegationFacts, ProofOutcome } from '../../../../shared/domain/delegation.ts'
import { secondsOfInstant } from '../../../../shared/domain/instant.ts'
import type { Outcome, Subjects } from '../check.ts'
import { accountOf, connectorsOf } from '../connectorAccount.ts'
import { isOfGuest } from '../latestProofs.ts'
import { found, notChecked, passed, warned } from '../outcome.ts'
import { ownersOf } from '../spnOwners.ts'
import { nameOfGuest } from '../wording.ts'
import { checkGuestUsable } from './accountUsable.ts'
import { checkAllowedToDelegate } from './allowedToDelegate.ts'
import { checkSensitive } from './delegatable.ts'
import { checkLoginName } from './guestLogin.ts'
import { checkProtocolTransition } from './protocolTransition.ts'
import { checkSpnRegistered } from './spnOwner.ts'

/** Settings, passwords and clocks change: a ticket of yesterday says nothing about today. */
const longestProof = 86_400

/** 45: what the domain controller answered to the connector's own identity. Without an answer: not proven, never "works". */
export function checkLiveProof(subject: Subjects['proof']): readonly Outcome[] {
  const { facts, application, proof } = subject
  const question = `Whether a guest gets a ticket for ${application.name}`
  if (proof === null) return [notChecked(question, 'nobody has proven it yet; "guestbridge kcd prove" asks a domain controller')]
  const read = [`ticket for ${application.spn}${proof.controller === null ? '' : ` from ${proof.controller}`}, ${proof.at}`]
  const { result } = proof
  if (result.kind === 'notProven') return [notChecked(question, result.why, read)]
  const [at, now] = [secondsOfInstant(proof.at), secondsOfInstant(facts.readAt)]
  if (at === null || now === null || now - at > longestProof) return [notChecked(question, `the last proof is of ${proof.at}, more than a day old`, read)]
  const guest = facts.guests.find((each) => isOfGuest(proof, each))
  const name = guest === undefined ? proof.guest : nameOfGuest(guest)
  if (result.kind === 'ticket') return [passed(`A ticket for ${result.service} was issued for ${name}${proof.connector === null ? '' : ` to ${proof.connector}`} (${proof.at}).`, read)]
  const message = `No ticket for ${application.spn} was issued for ${name}${proof.connector === null ? '' : ` to ${proof.connector}`} (${proof.at}): ${result.text}`
  // What the proof pointed at may be mended since: only another proof tells.
  if (result.checks.length > 0 && isMended(subject, proof, result.checks)) return [warned({ message: `${message} What explains it (check ${result.checks.join(', ')}) passes now.`, remedy: 'Prove it again: changes count after replication, and once the connector has new tickets.', read })]
  return [found({ message, remedy: result.remedy, read })]
}

function isMended({ facts, application }: Subjects['proof'], proof: ProofOutcome, checks: readonly number[]): boolean {
  const outcomes = checks.map((number) => explain(facts, application, proof, number))
  return outcomes.every((each) => each !== null && each.length > 0 && each.every(({ state }) => state === 'passed'))
}

/** The check that explains a refusal, made now; null: it is none of those that can. */
function explain(facts: DelegationFacts, application: Subjects['proof']['application'], proof: ProofOutcome, number: number): readonly Outcome[] | null {
  const connectors = connectorsOf(facts, application).filter((connector) => proof.connector === null || connector.name === proof.connector)
  const accounts = connectors.flatMap((connector) => {
    const account = accountOf(connector)
    return account.kind === 'read' ? [{ facts, connector, account: account.value, application }] : []
  })
  const guest = facts.guests.find((each) => isOfGuest(proof, each))
  const account = guest?.account.kind === 'read' ? guest.account.value : null
  switch (number) {
    case 7: return accounts.flatMap(checkProtocolTransition)
    case 8: return ownersOf(facts, application.spn).kind === 'read' ? accounts.flatMap(checkAllowedToDelegate) : null
    case 15: return checkSpnRegistered({ facts, application })
    case 31: return guest === undefined ? null : checkLoginName({ facts, guest })
    case 33: return guest === undefined || account === null ? null : checkGuestUsable({ facts, guest, account })
    case 34: return guest === undefined || account === null ? null : checkSensitive({ facts, guest, account })
    default: return null
  }
}
