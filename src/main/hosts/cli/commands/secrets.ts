import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import { asProblem } from '../../../service.ts'
import { findSecret, keepSecret, removeSecret } from '../../../workspace/keychain.ts'
import { knownSecrets, secretNames, type SecretName } from '../../../workspace/knownSecrets.ts'
import { readWorkspaceConfiguration } from '../../../workspace/readConfiguration.ts'
import { askWithoutEcho } from '../askWithoutEcho.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse } from '../withService.ts'

/** From the terminal without echo, or the first line of standard input: never from an argument, which others can read. */
export async function setSecret(context: CommandContext, name: SecretName): Promise<ExitCode> {
  const workspace = await workspaceId(context)
  if (!workspace.ok) return refuse(context, workspace.problem)
  const secret = await readSecret(context, name)
  if (secret === '') return refuse(context, { kind: 'usage', message: 'Nothing was given, so nothing was kept.', remedy: `Type the secret, or write it to standard input: guestbridge secrets set ${name} < file` })
  const kept = await keepSecret(workspace.value, name, secret)
  if (!kept.ok) return refuse(context, kept.problem)
  context.output.document({ workspace: context.workspace, name, isKept: true })
  context.output.line(`Kept in the keychain of this user, for this workspace: ${name}.`)
  return exitCodes.done
}

/** Says which secrets are there; never what they are. */
export async function listSecrets(context: CommandContext): Promise<ExitCode> {
  const workspace = await workspaceId(context)
  if (!workspace.ok) return refuse(context, workspace.problem)
  const rows: { readonly name: SecretName; readonly isKept: boolean }[] = []
  for (const name of secretNames) {
    const found = await findSecret(workspace.value, name)
    if (!found.ok) return refuse(context, found.problem)
    rows.push({ name, isKept: found.value !== null })
  }
  context.output.document({ workspace: context.workspace, secrets: rows })
  rows.forEach(({ name, isKept }) => context.output.line(`${name.padEnd(10)} ${isKept ? 'kept' : 'not kept'}`))
  return exitCodes.done
}

export async function forgetSecret(context: CommandContext, name: SecretName): Promise<ExitCode> {
  const workspace = await workspaceId(context)
  if (!workspace.ok) return refuse(context, workspace.problem)
  const removed = await removeSecret(workspace.value, name)
  if (!removed.ok) return refuse(context, removed.problem)
  context.output.document({ workspace: context.workspace, name, wasKept: removed.value })
  context.output.line(removed.value ? `Removed from the keychain: ${name}.` : `There was no ${name} in the keychain.`)
  return exitCodes.done
}

async function workspaceId({ workspace }: CommandContext): Promise<Result<string, Problem>> {
  const configuration = await readWorkspaceConfiguration(workspace)
  if (configuration.ok) return succeed(configuration.value.id)
  const [first] = configuration.problem
  return fail(first === undefined ? { kind: 'configurationInvalid', message: 'The configuration cannot be read.', remedy: 'See "guestbridge config check".' } : asProblem(workspace, first))
}

function readSecret(context: CommandContext, name: SecretName): Promise<string> {
  const { what } = knownSecrets[name]
  return askWithoutEcho(context, `${what.slice(0, 1).toUpperCase()}${what.slice(1)}: `)
}
