import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse, withService } from '../withService.ts'

/** Exit 1 where the same snapshot gives another plan: then something that decides is not what it was. */
export function replayRun(context: CommandContext, run: number): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const replay = await call('plan.replay', { run })
    if (!replay.ok) return refuse(context, replay.problem)
    const { planned, replayed, differing } = replay.value
    const isSame = planned === replayed
    output.document({ ...replay.value, isSame })
    output.line(`planned   ${planned}`)
    output.line(`replayed  ${replayed}`)
    output.line(isSame ? output.style('green', 'The same data gives the same plan.') : output.style('red', `Another plan comes out, for: ${differing.join(', ')}`))
    return isSame ? exitCodes.done : exitCodes.failed
  })
}
