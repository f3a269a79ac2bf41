import type { ScheduleShown } from '../../../../shared/api/unattendedCalls.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import type { Output } from '../output.ts'
import { refuse, withService } from '../withService.ts'

export type Installing = { readonly everyMinutes: number; readonly account: string | null }

export function installScheduleHere(context: CommandContext, installing: Installing): Promise<ExitCode> {
  return withService(context, async (call) => {
    const installed = await call('schedule.install', installing)
    if (!installed.ok) return refuse(context, installed.problem)
    context.output.document(installed.value)
    print(context.output, installed.value, 'names')
    installed.value.besides.forEach((sentence) => context.output.line(`→ ${sentence}`))
    return installed.value.refused.length === 0 ? exitCodes.done : exitCodes.failed
  })
}

export function removeScheduleHere(context: CommandContext): Promise<ExitCode> {
  return withService(context, async (call) => {
    const removed = await call('schedule.remove', {})
    if (!removed.ok) return refuse(context, removed.problem)
    context.output.document(removed.value)
    print(context.output, removed.value, 'names')
    return removed.value.isInstalled ? exitCodes.failed : exitCodes.done
  })
}

export function showScheduleHere(context: CommandContext, files: 'names' | 'texts'): Promise<ExitCode> {
  return withService(context, async (call) => {
    const shown = await call('schedule.show', {})
    if (!shown.ok) return refuse(context, shown.problem)
    context.output.document(shown.value)
    print(context.output, shown.value, files)
    return exitCodes.done
  })
}

function print(output: Output, { isInstalled, system, files, next, refused }: ScheduleShown, detail: 'names' | 'texts'): void {
  output.line(isInstalled ? `Installed (${system}).` : `Not installed (${system}).`)
  for (const { path, text } of files) {
    output.line(`  ${path}`)
    if (detail === 'texts') output.line(text)
  }
  if (next !== null) output.line(next)
  for (const { step, why } of refused) output.line(`${output.style('red', 'The system refused')}: ${step}\n  ${why}\n  Run it by hand.`)
}
