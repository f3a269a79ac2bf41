import type { Outputs, RunObjectRow } from '../../../../shared/api/contract.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import type { CounterName } from '../../../../shared/domain/run.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { renderTable } from '../table.ts'
import { refuse, withService } from '../withService.ts'
import { describeCounter } from './run.ts'

/** Who stands behind the numbers of a run, as they were when it had ended. */
export function showObjectsOfRun(context: CommandContext, options: { readonly run: number; readonly counter: CounterName | null }): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const objects: RunObjectRow[] = []
    let after: string | null = null
    do {
      const page: Result<Outputs['runs.objects'], Problem> = await call('runs.objects', { ...options, after, limit: 500 })
      if (!page.ok) return refuse(context, page.problem)
      objects.push(...page.value.rows)
      after = page.value.next
    } while (after !== null)
    output.document({ run: options.run, objects })
    renderTable<RunObjectRow>(objects, [
      { title: 'Counter', value: ({ counter }) => describeCounter(counter) },
      { title: 'Connector', value: ({ connector }) => connector },
      { title: 'Name', value: ({ name }) => name ?? '(not kept)', maximum: 40 },
      { title: 'Id', value: ({ id }) => id },
    ]).forEach((line) => output.line(line))
    return exitCodes.done
  })
}
