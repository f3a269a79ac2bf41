import type { HoldRow } from '../../../../shared/api/contract.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { renderTable } from '../table.ts'
import { refuse, withService } from '../withService.ts'

export function listHolds(context: CommandContext): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const holds = await call('holds.list', {})
    if (!holds.ok) return refuse(context, holds.problem)
    output.document({ holds: holds.value })
    if (holds.value.length === 0) output.line('Nobody is on hold.')
    else renderTable<HoldRow>(holds.value, [
      { title: 'Person', value: (hold) => hold.name ?? '(unknown)', maximum: 32 },
      { title: 'Cause', value: (hold) => hold.cause },
      { title: 'Note', value: (hold) => hold.note },
      { title: 'By', value: (hold) => hold.by },
      { title: 'Since', value: (hold) => hold.since },
      { title: 'Id', value: (hold) => hold.metaverseId },
    ]).forEach((line) => output.line(line))
    return exitCodes.done
  })
}

/** Exclusion is one call a person: what was excluded before a refusal stays excluded, and is listed. */
export function excludeFromPlan(context: CommandContext, options: { readonly ids: readonly string[]; readonly note: string }): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const holds: HoldRow[] = []
    for (const id of options.ids) {
      const excluded = await call('holds.exclude', { id, note: options.note })
      if (!excluded.ok) {
        output.document({ holds })
        return refuse(context, excluded.problem)
      }
      holds.push(excluded.value)
      output.line(`${excluded.value.name ?? excluded.value.metaverseId} is out of the plan and on hold until it is released: ${output.command('hold', 'release', id)}`)
    }
    const plan = await call('plan.summary', {})
    if (!plan.ok) return refuse(context, plan.problem)
    output.document({ holds, plan: plan.value })
    if (plan.value.hash !== null) output.line(`the plan is now ${plan.value.hash}, ${plan.value.counts.total} changes`)
    return exitCodes.done
  })
}

export function releaseHold(context: CommandContext, id: string): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const released = await call('holds.release', { id })
    if (!released.ok) return refuse(context, released.problem)
    output.document({ released: released.value })
    output.line(`${released.value.name ?? released.value.metaverseId} is released; the next synchronisation decides again.`)
    return exitCodes.done
  })
}
