import type { DelegationFacts, ProofOutcome } from '../../../../shared/domain/delegation.ts'
import { secondsOfInstant } from '../../../../shared/domain/instant.ts'
import type { Outcome, Subjects } from '../check.ts'
import { isOfGuest } from '../latestProofs.ts'
import { found, notChecked, passed, warned } from '../outcome.ts'
import { nameOfGuest } from '../wording.ts'

type Answered<Kind extends ProofOutcome['result']['kind']> = Extract<ProofOutcome['result'], { kind: Kind }>

/** Seconds that the clocks of two machines may differ by (MaxClockSkew). */
const toleratedSkew = 300

/** Settings, passwords and clocks change: a ticket of yesterday says nothing about today. */
const longestProof = 86_400

/** 45: what the domain controller answered to the connector's own identity. Without an answer: not proven, never "works". */
export function checkLiveProof(subject: Subjects['proof']): readonly Outcome[] {
  const { facts, application, proof } = subject
  const question = `Whether a guest gets a ticket for ${application.name}`
  if (proof === null) return [notChecked(question, 'nobody has proven it yet; "guestbridge kcd prove" asks a domain controller')]
  const read = [`ticket for ${application.spn}${proof.controller === null ? '' : ` from ${proof.controller}`}, ${proof.at}`]
  if (proof.result.kind === 'notProven') return [notChecked(question, proof.result.why, read)]
  const [at, now] = [secondsOfInstant(proof.at), secondsOfInstant(facts.readAt)]
  if (at === null || now === null || now - at > longestProof) return [notChecked(question, `the last proof is of ${proof.at}, more than a day old`, read)]
  if (at - now > toleratedSkew) return [notChecked(question, `the last proof says that it is of ${proof.at}, which is still to come`, read)]
  const whom = describeWhom(facts, proof)
  return [proof.result.kind === 'ticket' ? judgeTicket(proof.result, whom, read) : judgeRefusal(subject, proof.result, whom, read)]
}

function judgeTicket(ticket: Answered<'ticket'>, whom: string, read: readonly string[]): Outcome {
  if (ticket.siteProblem === undefined) return passed(`A ticket for ${ticket.service} was issued ${whom}.`, read)
  return warned({ message: `A ticket for ${ticket.service} was issued ${whom}; the site did not confirm it: ${ticket.siteProblem}`, remedy: 'Look at the site: its account, its keytab or pool, and whether it asks for Negotiate.', read })
}

/** What the proof pointed at may be mended since: only another proof tells. */
function judgeRefusal({ application, earlier }: Subjects['proof'], refusal: Answered<'refused'>, whom: string, read: readonly string[]): Outcome {
  const message = `No ticket for ${application.spn} was issued ${whom}: ${refusal.text}`
  const explanations = refusal.checks.flatMap((check) => earlier(check))
  const isAnswered = explanations.some(({ state }) => state === 'passed') && explanations.every(({ state }) => state !== 'failed')
  if (!isAnswered) return found({ message, remedy: refusal.remedy, read })
  return warned({ message: `${message} Nothing that explains it (checks ${refusal.checks.join(', ')}) fails now.`, remedy: 'Prove it again: changes count after replication, and once the connector has new tickets.', read })
}

function describeWhom(facts: DelegationFacts, proof: ProofOutcome): string {
  const guest = facts.guests.find((each) => isOfGuest(proof, each))
  return `for ${guest === undefined ? proof.guest : nameOfGuest(guest)}${proof.connector === null ? '' : ` to ${proof.connector}`} (${proof.at})`
}
