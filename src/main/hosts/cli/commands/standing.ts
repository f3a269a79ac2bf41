import type { StandingApproval } from '../../../../shared/domain/standingApproval.ts'
import type { ChangeKind } from '../../../../shared/domain/change.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import type { Output } from '../output.ts'
import { refuse, withService } from '../withService.ts'

export type Giving = { readonly limits: Readonly<Partial<Record<ChangeKind, number>>>; readonly until: string; readonly note: string }

/** The person who types this approves plans within the limits until then; name and computer go into the audit trail. */
export function giveStanding(context: CommandContext, giving: Giving): Promise<ExitCode> {
  return withService(context, async (call) => {
    const given = await call('standing.give', giving)
    if (!given.ok) return refuse(context, given.problem)
    context.output.document(given.value)
    print(context.output, given.value)
    return exitCodes.done
  })
}

export function showStanding(context: CommandContext): Promise<ExitCode> {
  return withService(context, async (call) => {
    const shown = await call('standing.show', {})
    if (!shown.ok) return refuse(context, shown.problem)
    const { approval, uncovered } = shown.value
    context.output.document(shown.value)
    if (approval === null) context.output.line('There is no standing approval: every plan waits for a person.')
    else print(context.output, approval)
    uncovered.forEach((reason) => context.output.line(`The present plan would wait: ${reason}`))
    return exitCodes.done
  })
}

export function withdrawStanding(context: CommandContext, note: string): Promise<ExitCode> {
  return withService(context, async (call) => {
    const withdrawn = await call('standing.withdraw', { note })
    if (!withdrawn.ok) return refuse(context, withdrawn.problem)
    context.output.document(withdrawn.value)
    context.output.line(`Withdrawn: the standing approval of ${withdrawn.value.withdrawn.givenBy}. Every plan waits for a person now.`)
    return exitCodes.done
  })
}

function print(output: Output, { givenBy, givenAt, until, limits, note, line }: StandingApproval): void {
  output.line(`${output.style('bold', 'Standing approval')} of ${givenBy}, given ${givenAt}, until ${until} (line ${line} of the audit trail)`)
  output.line(`  ${Object.entries(limits).map(([kind, limit]) => `${kind} ${limit}`).join(', ')}, each in a plan and the 24 hours before it`)
  output.line(`  ${note}`)
  output.line('  It ends when rules or settings are changed.')
}
