import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse, withService } from '../withService.ts'

/** Exit 1 where the chain is broken: somebody changed the trail, or a disk lost a part of it. */
export function verifyAudit(context: CommandContext): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const verified = await call('audit.verify', {})
    if (!verified.ok) return refuse(context, verified.problem)
    output.document(verified.value)
    if (verified.value.kind === 'intact') {
      const { entries, unfinishedBytes } = verified.value
      output.line(`The audit trail is unbroken: ${entries} entries.`)
      if (unfinishedBytes !== undefined) output.line(`After them stands a line of ${unfinishedBytes} bytes that was not written to its end, as a crash leaves it. It is no entry: the next one sets it aside into a file beside the trail, and the trail says so.`)
      return exitCodes.done
    }
    const { line, why } = verified.value
    output.line(output.style('red', `audit.jsonl:${line}: ${why === 'notAnEntry' ? 'this is no entry' : 'this entry does not follow the one before: a line was changed, removed or put in'}.`))
    return exitCodes.failed
  })
}

export function purgePerson(context: CommandContext, id: string): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const purged = await call('persons.purge', { id })
    if (!purged.ok) return refuse(context, purged.problem)
    output.document(purged.value)
    output.line(`${purged.value.metaverseId} was removed from the workspace (${purged.value.rows} rows). The account in Active Directory was not touched.`)
    return exitCodes.done
  })
}
