import { readWorkspaceConfiguration } from '../../../workspace/readConfiguration.ts'
import { asProblem } from '../../../service.ts'
import { labFailed } from '../../../service/labOfWorkspace.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse } from '../withService.ts'

/** Runs until it is ended; takes no lock of the workspace, so every other command can be used beside it. */
export async function serveLab(context: CommandContext): Promise<ExitCode> {
  const { output, workspace, labWorker, signal } = context
  const configuration = await readWorkspaceConfiguration(workspace)
  if (!configuration.ok) {
    configuration.problem.forEach((problem) => output.problem(asProblem(workspace, problem)))
    return exitCodes.usage
  }
  if (configuration.value.purpose !== 'lab') return refuse(context, { kind: 'usage', message: `The workspace ${workspace} is not a lab.`, remedy: 'Make one with "guestbridge --workspace FOLDER init --lab".' })
  try {
    const { openLab } = await import('../../../lab/openLab.ts')
    const lab = await openLab(workspace, labWorker)
    const { endpoints } = lab
    output.document({ ...endpoints, isOwn: lab.isOwn })
    output.line(lab.isOwn ? 'The lab runs until you press Ctrl+C. Nothing in it is real.' : `The lab runs already, in process ${endpoints.pid}.`)
    for (const [name, value] of Object.entries({ ...endpoints, ...endpoints.domain, domain: endpoints.domain.dnsName })) output.line(`  ${name.padEnd(24)} ${String(value)}`)
    const died = lab.isOwn ? await Promise.race([untilAborted(signal), lab.ended]) : null
    if (died !== null) return refuse(context, labFailed(died))
    await lab.close()
    return exitCodes.done
  } catch (error) {
    return refuse(context, labFailed(error))
  }
}

function untilAborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null)
    // A worker thread alone would not keep the process; the timer does until somebody ends it.
    const awake = setInterval(() => undefined, 60_000)
    signal.addEventListener('abort', () => {
      clearInterval(awake)
      resolve(null)
    }, { once: true })
  })
}
