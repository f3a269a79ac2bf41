import type { Preview } from '../../../../shared/api/contract.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { linesOfStep } from '../explanationText.ts'
import type { Output } from '../output.ts'
import { describeChange } from '../planText.ts'
import { refuse, withService } from '../withService.ts'
import { changeDocument } from './plan.ts'

export function previewObject(context: CommandContext, id: string): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const preview = await call('preview', { id })
    if (!preview.ok) return refuse(context, preview.problem)
    const { explanation, change, checks } = preview.value
    output.document({ explanation, checks, change: change === null ? null : { ...changeDocument(change), planHash: change.planHash, ldif: change.ldif } })
    printPreview(output, id, preview.value)
    return exitCodes.done
  })
}

export function printPreview(output: Output, id: string, { explanation, change, checks }: Preview): void {
  const dots = { done: output.style('green', '●'), stopped: output.style('gray', '○'), failed: output.style('red', '✗') } as const
  for (const step of explanation.steps) {
    const [first = '', ...rest] = linesOfStep(step)
    output.line(`${dots[step.state]} ${first}`)
    rest.forEach((line) => output.line(`    ${line}`))
  }
  const marks = { passed: output.style('green', '✓'), failed: output.style('red', '✗'), notChecked: output.style('gray', '?') } as const
  checks.forEach((check) => output.line(`  ${marks[check.state]} ${check.text}`))
  output.line()
  if (change === null) return output.line('Nothing is planned for this object.')
  describeChange(output, change.change)
  output.line()
  output.line(`provision it with: ${output.command('provision', id, '--approve', change.planHash)}`)
}
