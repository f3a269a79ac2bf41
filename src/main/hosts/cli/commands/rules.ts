import type { Input } from '../../../../shared/api/contract.ts'
import type { ComparedDecision, RuleSetOutcome, RuleTest } from '../../../../shared/api/ruleResults.ts'
import { describeReason, describeSkip } from '../../../../shared/domain/describeReason.ts'
import { describeScope } from '../../../../shared/domain/describeStep.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { linesOfEvidence } from '../explanationText.ts'
import { show } from '../planText.ts'
import type { Output } from '../output.ts'
import { refuse, withService } from '../withService.ts'

/** Exit 4 where an expression fails on this object. */
export function testRule(context: CommandContext, options: Input<'rules.test'>): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const tested = await call('rules.test', options)
    if (!tested.ok) return refuse(context, tested.problem)
    output.document(tested.value)
    printTest(output, tested.value)
    return tested.value.results.some(({ result }) => result.kind === 'failed') ? exitCodes.objectErrors : exitCodes.done
  })
}

function printTest(output: Output, { subject, on, scope, results }: RuleTest): void {
  output.line(output.style('bold', `${subject}  on ${on}`))
  if (scope !== null) {
    output.line(scope.scope.isInScope ? 'in scope' : output.style('yellow', 'not in scope: the synchronisation would not evaluate these flows'))
    linesOfEvidence(describeScope(scope.scope)).forEach((line) => output.line(`  ${line}`))
  }
  for (const { to, source, inputs, result } of results) {
    const value = result.kind === 'values' ? show(result.values) : output.style('red', result.message)
    output.line(`${to === null ? '' : `${to} ← `}${source}: ${value}`)
    for (const [name, values] of Object.entries(inputs)) output.line(`    ${name} = ${show(values)}`)
  }
}

/** What another rule set would do with the data of the last imports; nothing is stored and the plan stays as it is. */
export function compareRules(context: CommandContext, options: Input<'rules.compare'>): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const compared = await call('rules.compare', options)
    if (!compared.ok) return refuse(context, compared.problem)
    const { current, other, differing, differences } = compared.value
    output.document(compared.value)
    for (const outcome of [current, other]) output.line(describeOutcome(outcome))
    for (const difference of differences) {
      output.line(output.style('bold', difference.metaverseId))
      output.line(`  ${current.name}: ${describeDecision(difference.current)}`)
      output.line(`  ${other.name}: ${describeDecision(difference.other)}`)
    }
    output.line(differing === 0 ? 'Both decide the same about everybody.' : `${differing} decided differently${differing > differences.length ? `, the first ${differences.length} are shown` : ''}.`)
    return exitCodes.done
  })
}

function describeOutcome({ name, changes, problems }: RuleSetOutcome): string {
  const planned = Object.entries(changes).filter(([, count]) => count > 0).map(([kind, count]) => `${kind} ${count}`)
  return `${name}: ${planned.length === 0 ? 'no changes' : planned.join(', ')}${problems > 0 ? `, ${problems} problems` : ''}`
}

function describeDecision(decision: ComparedDecision): string {
  if (decision === null) return 'not in the metaverse'
  if (decision.kind === 'skip') return `no change: ${describeSkip(decision.reason)}`
  const { kind, dn, reason, attributes } = decision.change
  return `${kind} ${dn} (${describeReason(reason)}${attributes.length > 0 ? `: ${attributes.map(({ name }) => name).join(', ')}` : ''})`
}
