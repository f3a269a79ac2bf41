import type { Input, RuleTest } from '../../../../shared/api/contract.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { describeScope } from '../explanationText.ts'
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
    describeScope(scope.scope).forEach((line) => output.line(`  ${line}`))
  }
  for (const { to, source, inputs, result } of results) {
    const value = result.kind === 'values' ? show(result.values) : output.style('red', result.message)
    output.line(`${to === null ? '' : `${to} ← `}${source}: ${value}`)
    for (const [name, values] of Object.entries(inputs)) output.line(`    ${name} = ${show(values)}`)
  }
}
