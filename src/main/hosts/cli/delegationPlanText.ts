import type { DelegationChangeResult, DelegationExportOutcome, ShownDelegationPlan } from '../../../shared/api/delegationPlanCalls.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import { decodeBase64 } from '../../../shared/domain/base64.ts'
import type { DelegationAttribute, DelegationChange, DelegationThreshold } from '../../../shared/domain/delegationPlan.ts'
import { readTrust } from '../../../shared/domain/resourceTrust.ts'
import type { Output, TextStyle } from './output.ts'
import { singleLine } from './table.ts'

/** The plan for people: each change with its values, why, what to take care of; what is refused; what the approval needs. */
export function printDelegationPlan(output: Output, plan: ShownDelegationPlan): void {
  for (const { change } of plan.lines) printChange(output, change)
  for (const { why, remedy } of plan.refused) {
    output.line(output.style('yellow', `✗ ${singleLine(why)}`))
    output.line(`    → ${remedy}`)
  }
  for (const { why } of plan.impossible) output.line(output.style('yellow', `✗ ${singleLine(why)}`))
  const count = plan.lines.length
  output.line(output.style('bold', count === 0 ? 'Nothing to change.' : `${count} ${count === 1 ? 'change' : 'changes'} of delegation wait for approval.`))
  if (count === 0) return
  output.line(`plan ${plan.hash}, as read at ${plan.header.readAt}, kept in ${plan.file ?? 'no file'}`)
  if (plan.threshold.isExceeded) output.line(output.style('red', describeDelegationThreshold(plan.threshold)))
  const isDoubtful = plan.privilege.state === 'refusedBefore' || plan.privilege.state === 'unknown'
  output.line(isDoubtful ? output.style('yellow', plan.privilege.why) : plan.privilege.why)
  if (plan.privilege.remedy !== null) output.line(`    → ${plan.privilege.remedy}`)
}

export function describeDelegationThreshold({ planned, recent, limit }: DelegationThreshold): string {
  return `Blocked (delegation): ${planned} changes in this plan and ${recent} in the last 24 hours, the limit is ${limit}.`
}

function printChange(output: Output, change: DelegationChange): void {
  output.line(`${output.style('blue', '~ change')}  ${singleLine(change.dn)}`)
  output.line(`    ${change.attribute}`)
  output.line(`      ${output.style('strikethrough', showValues(change.attribute, change.before))} → ${output.style('underline', showValues(change.attribute, change.after))}`)
  output.line(`    ${singleLine(change.reason)}`)
  if (change.needsPrivilege) output.line('    needs SeEnableDelegationPrivilege on the domain controller')
  for (const caution of change.cautions) output.line(`    ${output.style('yellow', 'note')} ${singleLine(caution)}`)
}

function showValues(attribute: DelegationAttribute, values: readonly string[]): string {
  if (values.length === 0) return '∅'
  return singleLine(values.map((value) => showValue(attribute, value)).join(' | '))
}

function showValue(attribute: DelegationAttribute, value: string): string {
  switch (attribute) {
    case 'userAccountControl': case 'msDS-SupportedEncryptionTypes': return `0x${Number(value).toString(16)}`
    case 'msDS-AllowedToActOnBehalfOfOtherIdentity': return describeTrust(value)
    case 'msDS-AllowedToDelegateTo': case 'servicePrincipalName': return value
    default: return assertNever(attribute)
  }
}

function describeTrust(base64: string): string {
  const octets = decodeBase64(base64)
  const content = octets === null ? null : readTrust(octets).content
  if (content?.kind !== 'descriptor') return `malformed descriptor ${base64}`
  return content.entries.map(({ kind, sid }) => `${kind} ${sid ?? 'unknown'}`).join(', ')
}

const outcomes: Readonly<Record<DelegationChangeResult['outcome'], { readonly words: string; readonly style: TextStyle }>> = {
  written: { words: 'written and read back', style: 'green' }, alreadyWritten: { words: 'written by a former export', style: 'green' },
  drift: { words: 'not written: drift', style: 'yellow' }, refused: { words: 'refused', style: 'red' }, notConfirmed: { words: 'written, not confirmed', style: 'red' },
  open: { words: 'not known: the next export looks', style: 'red' }, notReached: { words: 'not reached', style: 'dim' },
}

export function printDelegationResults(output: Output, { controller, results, undo, run }: Extract<DelegationExportOutcome, { kind: 'exported' }>): void {
  for (const { change, outcome, problem } of results) {
    const { words, style } = outcomes[outcome]
    output.line(`${output.style(style, words)}  ${singleLine(change.dn)} ${change.attribute}`)
    if (problem === null) continue
    output.line(`  ${output.style('red', singleLine(problem.message))}`)
    output.line(`    → ${problem.remedy}`)
  }
  output.line(`Written to and read back from ${controller}; other controllers have it once they have replicated, connectors once they have new tickets.`)
  switch (undo.kind) {
    case 'kept': return output.line(`Undo: ${undo.file} takes back ${undo.changes} of its changes (${output.command('kcd', 'undo', String(run.id))}).`)
    case 'nothingToUndo': return output.line('Undo: nothing was written.')
    case 'notKept': return output.problem(undo.problem)
    default: return assertNever(undo)
  }
}
