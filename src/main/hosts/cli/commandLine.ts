import { Command, CommanderError } from 'commander'
import { resolve } from 'node:path'
import { findUserWorkspaceFolder } from '../../workspace/folders.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { CommandContext } from './commandContext.ts'
import { exitCodes, type ExitCode } from './exitCodes.ts'
import { createOutput, type Output, type Streams } from './output.ts'
import type { Perform } from './register/arguments.ts'
import { addConnectCommands } from './register/connectCommands.ts'
import { addDecisionCommands } from './register/decisionCommands.ts'
import { addDelegationCommands } from './register/delegationCommands.ts'
import { addLabCommands } from './register/labCommands.ts'
import { addReadinessCommands } from './register/readinessCommands.ts'
import { addReadingCommands } from './register/readingCommands.ts'
import { addInvitationCommands } from './register/invitationCommands.ts'
import { addUnattendedCommands } from './register/unattendedCommands.ts'
import { addWorkspaceCommands } from './register/workspaceCommands.ts'
import { addWritingCommands } from './register/writingCommands.ts'
import { refuse } from './withService.ts'

export type Invocation = Omit<CommandContext, 'output' | 'workspace'> & { readonly streams: Streams }

/** Parses the arguments, runs one command, answers with the exit code. Throws only for our own bugs. */
export async function runCommandLine(args: readonly string[], invocation: Invocation): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done
  const program = createProgram(invocation, async (work) => {
    const context = contextOf(program, invocation)
    exitCode = 'workspace' in context ? await work(context) : refuse(context, context.problem)
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    throw error
  }
}

function contextOf(program: Command, invocation: Invocation): CommandContext | { readonly output: Output; readonly problem: Problem } {
  const { workspace, json } = program.opts<{ workspace?: string; json?: boolean }>()
  const { streams, ...rest } = invocation
  const output = createOutput(streams, json === true ? 'json' : 'text', workspace ?? null)
  if (workspace !== undefined) return { ...rest, output, workspace: resolve(invocation.currentFolder, workspace) }
  const ofUser = findUserWorkspaceFolder(invocation.environment, process.platform)
  return ofUser.ok ? { ...rest, output, workspace: ofUser.value } : { output, problem: ofUser.problem }
}

function createProgram(invocation: Invocation, perform: Perform): Command {
  const { stdout, stderr } = invocation.streams
  const program = new Command('guestbridge')
    .description('Shadow accounts for Entra guests in Active Directory: see every change, approve it, write exactly that.')
    .option('-w, --workspace <folder>', 'workspace folder; without it the folder of this user')
    .option('--json', 'one JSON document on standard output, progress as JSON lines on standard error')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 usage or configuration, 3 blocked (threshold, approval),\n4 done with errors of objects or failed checks, 5 done but some refused for drift.')
  addWorkspaceCommands(program, perform)
  addConnectCommands(program, perform)
  addReadingCommands(program, perform)
  addReadinessCommands(program, perform)
  addWritingCommands(program, perform)
  addUnattendedCommands(program, perform)
  addInvitationCommands(program, perform)
  addDelegationCommands(program, perform)
  addDecisionCommands(program, perform)
  addLabCommands(program, perform)
  return program
}
