import type { CallOptions, Input, Outputs } from '../../../shared/api/contract.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { installSchedule, planSchedule, removeSchedule, showSchedule, type RefusedStep } from '../../unattended/schedule/installSchedule.ts'
import type { Installation } from '../../unattended/schedule/schedule.ts'
import { environmentWithoutSecrets } from '../../workspace/environmentWithoutSecrets.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import { findCycleCommand } from './cycleCommand.ts'

type Shown = Outputs['schedule.show']

/** Minutes that a schedule shows before one is installed. */
const usualMinutes = 30
const usualLimit = 120

export async function showScheduleOf(session: WorkspaceSession): Promise<Result<Shown, Problem>> {
  const planned = planFor(session, usualMinutes, null)
  return planned.ok ? succeed(await describe(session, planned.value, [])) : planned
}

export async function installScheduleOf(session: WorkspaceSession, { everyMinutes, account }: Input<'schedule.install'>, options: CallOptions): Promise<Result<Shown, Problem>> {
  const planned = planFor(session, everyMinutes, account)
  if (!planned.ok) return planned
  return session.asWriter('installation of the schedule', { signal: options.signal, report: options.onProgress }, async () => {
    const installed = await installSchedule(planned.value, environmentWithoutSecrets(session.environment))
    if (!installed.ok) return installed
    await session.audit('scheduleInstalled', null, { everyMinutes, account, system: planned.value.system, files: installed.value.files })
    return succeed(await describe(session, planned.value, installed.value.refused))
  })
}

export async function removeScheduleOf(session: WorkspaceSession, _input: unknown, options: CallOptions): Promise<Result<Shown, Problem>> {
  const planned = planFor(session, usualMinutes, null)
  if (!planned.ok) return planned
  return session.asWriter('removal of the schedule', { signal: options.signal, report: options.onProgress }, async () => {
    const removed = await removeSchedule(planned.value, environmentWithoutSecrets(session.environment))
    await session.audit('scheduleRemoved', null, { system: planned.value.system, files: removed.files })
    return succeed(await describe(session, planned.value, removed.refused))
  })
}

function planFor({ folder, configuration, environment, labWorker }: WorkspaceSession, everyMinutes: number, account: string | null): Result<Installation, Problem> {
  const command = findCycleCommand(labWorker, folder, { electron: process.versions['electron'], execPath: process.execPath, platform: process.platform })
  if (command === null) {
    return fail({ kind: 'usage', message: 'This program cannot be started without a window, so a schedule cannot start it.', remedy: 'Install the schedule from the command line: npm run guestbridge -- schedule install.' })
  }
  const limitMinutes = configuration.unattended?.limitMinutes ?? usualLimit
  return planSchedule({ workspace: configuration.id, workspaceName: configuration.name, folder, everyMinutes, limitMinutes, command, account }, process.platform, environment)
}

async function describe({ environment }: WorkspaceSession, installation: Installation, refused: readonly RefusedStep[]): Promise<Shown> {
  const { isInstalled, system, next } = await showSchedule(installation, environmentWithoutSecrets(environment))
  return { isInstalled, system, next, refused, files: installation.files, besides: installation.besides }
}
