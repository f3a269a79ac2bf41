import { relative, resolve, sep } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { asProblem } from '../../../service.ts'
import { createLabWorkspace } from '../../../service/createLabWorkspace.ts'
import type { DirectoryConfiguration, EntraConfiguration } from '../../../workspace/configuration.ts'
import { initialiseWorkspace } from '../../../workspace/initialiseWorkspace.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse } from '../withService.ts'

export type InitOptions = {
  readonly lab?: boolean
  readonly name?: string
  readonly cloud?: EntraConfiguration['cloud']
  readonly graphUrl?: string
  readonly signInUrl?: string
  readonly entraCa?: string
  readonly tenant?: string
  readonly client?: string
  readonly certificate?: string
  readonly server?: readonly string[]
  readonly startTls?: boolean
  readonly adCa?: string
  readonly account?: string
  readonly guestOu?: string
  readonly managedOu?: readonly string[]
}

/** Values that cannot be guessed: asked for on a terminal, a usage error elsewhere. */
const questions = [
  { option: 'tenant', flag: '--tenant', text: 'Tenant id' },
  { option: 'client', flag: '--client', text: 'Application (client) id' },
  { option: 'server', flag: '--server', text: 'Domain controllers, separated by blanks (ldaps://dc1.contoso.com)' },
  { option: 'account', flag: '--account', text: 'Our account in the domain (name@domain)' },
  { option: 'guestOu', flag: '--guest-ou', text: 'OU of the shadow accounts (OU=…,DC=…)' },
] as const

export async function initialise(context: CommandContext, options: InitOptions): Promise<ExitCode> {
  if (options.lab === true) return initialiseLab(context, options.name ?? 'Lab')
  const complete = await complement(context, options)
  if (complete === null) return exitCodes.usage
  const { workspace, output } = context
  const made = await initialiseWorkspace(workspace, { kind: 'production', name: complete.name ?? complete.tenant ?? 'Workspace', entra: entraOf(context, complete), activeDirectory: directoryOf(context, complete) })
  if (!made.ok) {
    made.problem.forEach((problem) => output.problem(asProblem(workspace, problem)))
    return exitCodes.usage
  }
  output.document({ workspace, configuration: made.value })
  output.line(`The workspace is in ${workspace}.`)
  output.line(`Before the first run set GUESTBRIDGE_AD_PASSWORD, and GUESTBRIDGE_ENTRA_SECRET unless a certificate is used. Then: ${output.command('doctor')}, and ${output.command('run', 'cycle')}`)
  return exitCodes.done
}

async function initialiseLab(context: CommandContext, name: string): Promise<ExitCode> {
  const { workspace, output, labWorker } = context
  const made = await createLabWorkspace(workspace, name, labWorker)
  if (!made.ok) return refuse(context, made.problem)
  output.document({ workspace, configuration: made.value })
  output.line(`The lab is in ${workspace}. Nothing in it is real. Next: ${output.command('run', 'cycle')}`)
  return exitCodes.done
}

async function complement(context: CommandContext, options: InitOptions): Promise<InitOptions | null> {
  const missing = questions.filter(({ option }) => options[option] === undefined)
  if (missing.length === 0) return options
  if (!context.isInteractive || context.output.isJson) {
    context.output.problem({ kind: 'usage', message: `Missing: ${missing.map(({ flag }) => flag).join(', ')}.`, remedy: 'Give them as options, or run "guestbridge init" on a terminal to be asked. "guestbridge init --lab" needs none.' })
    return null
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answers: Record<string, string | readonly string[]> = {}
    for (const { option, text } of missing) {
      const answer = (await terminal.question(`${text}: `, { signal: context.signal })).trim()
      answers[option] = option === 'server' ? answer.split(/\s+/) : answer
    }
    return { ...options, ...answers }
  } finally {
    terminal.close()
  }
}

function entraOf(context: CommandContext, options: InitOptions): EntraConfiguration {
  const { graphUrl, signInUrl, entraCa, certificate } = options
  return {
    cloud: options.cloud ?? 'global',
    ...(graphUrl === undefined ? {} : { graphUrl }),
    ...(signInUrl === undefined ? {} : { signInUrl }),
    ...(entraCa === undefined ? {} : { caFile: fromWorkspace(context, entraCa) }),
    tenantId: options.tenant ?? '',
    clientId: options.client ?? '',
    credential: certificate === undefined ? { kind: 'secret' } : { kind: 'certificate', file: fromWorkspace(context, certificate) },
  }
}

function directoryOf(context: CommandContext, options: InitOptions): DirectoryConfiguration {
  const { adCa, managedOu } = options
  return {
    servers: options.server ?? [],
    security: options.startTls === true ? 'startTls' : 'ldaps',
    ...(adCa === undefined ? {} : { caFile: fromWorkspace(context, adCa) }),
    account: options.account ?? '',
    guestOu: options.guestOu ?? '',
    ...(managedOu === undefined ? {} : { managedOus: managedOu }),
  }
}

/** Files inside the workspace are named from it, so that the folder can be moved; others stay absolute. */
function fromWorkspace({ workspace, currentFolder }: CommandContext, file: string): string {
  const absolute = resolve(currentFolder, file)
  const inside = relative(workspace, absolute)
  return inside.startsWith('..') || inside === '' || resolve(inside) === inside ? absolute : inside.split(sep).join('/')
}
