import type { Value } from '../../../../shared/domain/attributes.ts'
import type { Run, StepKind } from '../../../../shared/domain/run.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { renderTable, singleLine } from '../table.ts'
import { refuse, withService } from '../withService.ts'
import { describeStatus, printRun } from './run.ts'

export function listRuns(context: CommandContext, options: { readonly limit: number; readonly step: StepKind | null }): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const runs = await call('runs.list', options)
    if (!runs.ok) return refuse(context, runs.problem)
    output.document({ runs: runs.value })
    renderTable<Run>(runs.value, [
      { title: 'Run', value: (run) => String(run.id), align: 'right' },
      { title: 'Profile', value: (run) => run.profile },
      { title: 'Started', value: (run) => run.startedAt },
      { title: 'Result', value: describeStatus },
      { title: 'Changed', value: countChanged, align: 'right' },
    ]).forEach((line) => output.line(line))
    return exitCodes.done
  })
}

export function showRun(context: CommandContext, run: number): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const shown = await call('runs.show', { run, problems: 1000 })
    if (!shown.ok) return refuse(context, shown.problem)
    output.document(shown.value)
    printRun(output, shown.value.run)
    for (const { object, message, remedy } of shown.value.problems) {
      output.line(`  ${object}: ${message}`)
      output.line(`    → ${remedy}`)
    }
    return exitCodes.done
  })
}

export function showHistoryOfObject(context: CommandContext, input: { readonly id: string; readonly limit: number }): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const history = await call('objects.history', input)
    if (!history.ok) return refuse(context, history.problem)
    output.document(history.value)
    for (const { of, run, kind, time, differences } of history.value.entries) {
      output.line(`${time?.at ?? 'before the runs that are kept'}  run ${run}  ${namesOfObjects[of]} ${kind}`)
      for (const { name, before, after } of differences) output.line(`    ${name}: ${showValues(before)} → ${showValues(after)}`)
    }
    return exitCodes.done
  })
}

const namesOfObjects = { person: 'person', entra: 'guest', ad: 'account' } as const

function showValues(values: readonly Value[]): string {
  return values.length === 0 ? '∅' : singleLine(values.map(String).join(' | '))
}

function countChanged({ counters }: Run): string {
  const unchanged = ['stagingUnchanged', 'connectorsWithoutFlowUpdates', 'exportConfirmed']
  const total = Object.entries(counters).filter(([name]) => !unchanged.includes(name)).reduce((sum, [, value]) => sum + value, 0)
  return String(total)
}
