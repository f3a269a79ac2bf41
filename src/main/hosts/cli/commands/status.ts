import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse, withService } from '../withService.ts'
import { describeStatus } from './run.ts'

/** For monitors and people: 0 where nothing needs anybody, 4 where something does. */
export function showStatusHere(context: CommandContext): Promise<ExitCode> {
  return withService(context, async (call) => {
    const status = await call('status.show', {})
    if (!status.ok) return refuse(context, status.problem)
    const { isHealthy, reasons, workspace, lastRun, lastPlanAt, lastExportAt, planned, standingApproval, writer } = status.value
    const { output } = context
    output.document(status.value)
    output.line(`${output.style('bold', workspace.name)}  ${isHealthy ? output.style('green', 'needs nobody') : output.style('yellow', 'needs somebody')}`)
    reasons.forEach((reason) => output.line(`  ${reason}`))
    output.line(`  last run: ${lastRun === null ? 'none' : `${lastRun.id} ${lastRun.profile}, ${lastRun.status === 'running' && writer === null ? 'was cut off' : describeStatus(lastRun)}, ${lastRun.startedAt}`}`)
    output.line(`  last plan: ${lastPlanAt ?? 'none'} (${planned} changes wait), last export: ${lastExportAt ?? 'none'}`)
    output.line(`  standing approval: ${standingApproval === null ? 'none' : `of ${standingApproval.givenBy} until ${standingApproval.until}`}`)
    if (writer !== null) output.line(`  writing now: ${writer.what} (process ${writer.pid}, since ${writer.since})`)
    return isHealthy ? exitCodes.done : exitCodes.objectErrors
  })
}
