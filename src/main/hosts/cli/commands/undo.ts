import { resolve } from 'node:path'
import type { UndoOutcome } from '../../../../shared/api/contract.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { describeBlock, describeChange, exportCommand } from '../planText.ts'
import { refuse, withService } from '../withService.ts'
import { changeDocument } from './plan.ts'

export type UndoOptions = { readonly run: number; readonly created: 'disabled' | 'deleted'; readonly out: string | null }

/** Makes the plan that takes a run back. It is approved and exported like any other. */
export function undoRun(context: CommandContext, { run, created, out }: UndoOptions): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const path = out === null ? null : resolve(context.currentFolder, out)
    const undone = await call('plan.undo', { run, created, path })
    if (!undone.ok) return refuse(context, undone.problem)
    const { hash, header, counts, blocked, lines, impossible } = undone.value
    output.document({ ...(path === null ? {} : { file: path }), hash, header, counts, blocked, impossible, changes: lines.map(changeDocument) })
    lines.forEach(({ change }) => describeChange(output, change))
    describeRest(context, run, undone.value)
    if (path !== null) output.line(`written to ${path}`)
    if (lines.length > 0 && out !== null) output.line(`export it with: ${exportCommand(output, out, hash, blocked)}`)
    if (lines.length > 0 && out === null) output.line(`To export it, write it to a file: ${output.command('undo', String(run), ...(created === 'deleted' ? ['--also-delete-created'] : []), '--out', 'FILE')}`)
    return exitCodes.done
  })
}

function describeRest({ output }: CommandContext, run: number, { counts, impossible, blocked }: UndoOutcome): void {
  for (const { kind, dn, why } of impossible) output.line(`${output.style('yellow', `✗ ${kind} of ${dn} cannot be undone`)}: ${why}`)
  output.line(output.style('bold', `${counts.total} of the changes of run ${run} can be undone, ${impossible.length} cannot. What is undone is put on hold.`))
  blocked.forEach((block) => output.line(output.style('red', describeBlock(block))))
}
