import type { DelegationCheck, DelegationFacts } from '../../../shared/domain/delegation.ts'
import type { Judgement } from './runCheck.ts'
import { checks } from './checks.ts'
import { delegationCells } from './delegationCells.ts'
import { guestReadiness } from './guestReadiness.ts'
import { runCheck } from './runCheck.ts'

/**
 * All checks over the facts. Findings are in the order of the table, then by connector, application, guest, message and state (code units); `about`
 * names connectors by name, applications and guests by id. Guests without application have no readiness.
 */
export function checkDelegation(facts: DelegationFacts): DelegationCheck {
  const settings = checks.filter((row) => row.about !== 'proof').flatMap((row) => runCheck(facts, row, []))
  const proofs = checks.filter((row) => row.about === 'proof').flatMap((row) => runCheck(facts, row, settings))
  const judgements = [...settings, ...proofs].sort(compareJudgements)
  const cells = delegationCells(facts, judgements)
  return { facts, findings: judgements.map(({ finding }) => finding), cells, readiness: guestReadiness(facts, judgements, cells) }
}

function compareJudgements({ finding: left }: Judgement, { finding: right }: Judgement): number {
  if (left.check !== right.check) return left.check - right.check
  const keys = (finding: Judgement['finding']) => [finding.about.connector, finding.about.application, finding.about.guest, finding.message, finding.state].map((text) => text ?? '')
  const others = keys(right)
  const differing = keys(left).map((text, index) => compareTexts(text, others[index] ?? '')).find((order) => order !== 0)
  return differing ?? 0
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : Number(left > right)
}
