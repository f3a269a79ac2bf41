import type { CommandContext } from '../commandContext.ts'
import { linesOfMap } from '../delegationText.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse, withService } from '../withService.ts'

/** The map of the last check; nothing is connected. */
export function showDelegation(context: CommandContext): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const shown = await call('delegation.show', {})
    if (!shown.ok) return refuse(context, shown.problem)
    const { check, settings } = shown.value
    output.document(shown.value)
    if (check === null) {
      output.line(`Nothing was checked yet: ${settings.connectors.length} connectors and ${settings.applications.length} applications are named in workspace.json. Next: ${output.command('kcd', 'check')}`)
      return exitCodes.done
    }
    linesOfMap(check).forEach((line) => output.line(line))
    output.line(`As of ${check.facts.readAt}.`)
    return exitCodes.done
  })
}
