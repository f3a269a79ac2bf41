import { labFailed, openLabOfWorkspace } from '../../../service/labOfWorkspace.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse } from '../withService.ts'

/** Runs until it is ended; takes no lock of the workspace, so every other command can be used beside it. */
export async function serveLab(context: CommandContext): Promise<ExitCode> {
  const { output, workspace, labWorker, signal } = context
  const served = await openLabOfWorkspace(workspace, labWorker)
  if (!served.ok) return refuse(context, served.problem)
  const lab = served.value
  const { endpoints, isOwn, ended } = lab
  output.document({ ...endpoints, isOwn })
  output.line(isOwn ? 'The lab runs until you press Ctrl+C. Nothing in it is real.' : `The lab runs already, in process ${endpoints.pid}.`)
  for (const [name, value] of Object.entries({ ...endpoints, ...endpoints.domain, domain: endpoints.domain.dnsName })) output.line(`  ${name.padEnd(24)} ${String(value)}`)
  const died = isOwn ? await Promise.race([untilAborted(signal), ended]) : null
  if (died !== null) return refuse(context, labFailed(died))
  await lab.close()
  return exitCodes.done
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
