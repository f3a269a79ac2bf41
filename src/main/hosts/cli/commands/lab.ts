import { labFailed, openLabOfWorkspace } from '../../../service/labOfWorkspace.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse, withService } from '../withService.ts'

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

/** `kind` and members as docs/lab.md has them: `lab change changeUser user=ana@fabrikam.com values.mail=null`. */
export function changeLab(context: CommandContext, kind: string, members: readonly string[]): Promise<ExitCode> {
  const command = readMembers(kind, members)
  return command.ok ? administer(context, command.value) : Promise.resolve(refuse(context, command.problem))
}

export type FaultArguments = {
  readonly method?: string; readonly after?: number; readonly times?: number
  readonly status?: number; readonly delay?: number; readonly reset?: true; readonly cutOff?: true; readonly clear?: true
}

export function faultOf(context: CommandContext, path: string | null, { method, after, times, status, delay, reset, cutOff, clear }: FaultArguments): Promise<ExitCode> {
  if (clear === true) return administer(context, { kind: 'clearFaults' })
  const effects = [
    ...(status === undefined ? [] : [{ kind: 'answer', status }]), ...(delay === undefined ? [] : [{ kind: 'delay', seconds: delay }]),
    ...(reset === true ? [{ kind: 'reset' }] : []), ...(cutOff === true ? [{ kind: 'cutOff' }] : []),
  ]
  const [effect] = effects
  if (path === null || effect === undefined || effects.length > 1) {
    return Promise.resolve(refuse(context, { kind: 'usage', message: 'A fault has a path and one effect.', remedy: 'Name one of --status, --delay, --reset and --cut-off, or --clear without a path.' }))
  }
  return administer(context, { kind: 'planFault', path, effect, ...(method === undefined ? {} : { method }), ...(after === undefined ? {} : { after }), ...(times === undefined ? {} : { times }) })
}

function administer(context: CommandContext, command: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const done = await call('lab.administer', { command })
    if (!done.ok) return refuse(context, done.problem)
    output.document(done.value)
    output.line(done.value.id === null ? 'Done.' : `Done: ${done.value.id}`)
    return exitCodes.done
  })
}

function readMembers(kind: string, members: readonly string[]): Result<Readonly<Record<string, unknown>>, Problem> {
  const command: Record<string, unknown> = { kind }
  for (const member of members) {
    const [, outer = '', inner, text = ''] = /^([A-Za-z]+)(?:\.([A-Za-z]+))?=(.*)$/s.exec(member) ?? []
    if (outer === '') return fail({ kind: 'usage', message: `"${member}" is not a member of a command.`, remedy: 'Write name=value, for example user=ana@fabrikam.com or values.surname=Souza.' })
    const value = readValue(text)
    const before = command[outer]
    command[outer] = inner === undefined ? value : { ...(typeof before === 'object' ? before : {}), [inner]: value }
  }
  return succeed(command)
}

function readValue(text: string): string | boolean | number | null {
  if (text === 'null') return null
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d{1,9}$/.test(text) ? Number(text) : text
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
