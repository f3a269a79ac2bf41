import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { resolve } from 'node:path'
import { findUserWorkspaceFolder } from '../../workspace/folders.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { CommandContext } from './commandContext.ts'
import { checkConfiguration } from './commands/config.ts'
import { exportPlan, provision } from './commands/export.ts'
import { listRuns, showRun } from './commands/history.ts'
import { initialise, type InitOptions } from './commands/init.ts'
import { serveLab } from './commands/lab.ts'
import { listGuests, showObject } from './commands/objects.ts'
import { showPlan } from './commands/plan.ts'
import { previewObject } from './commands/preview.ts'
import { runProfile } from './commands/run.ts'
import { startApplication } from './commands/start.ts'
import { exitCodes, type ExitCode } from './exitCodes.ts'
import { createOutput, type Output, type Streams } from './output.ts'
import { refuse } from './withService.ts'

export type Invocation = Omit<CommandContext, 'output' | 'workspace'> & { readonly streams: Streams }

type Work = (context: CommandContext) => Promise<ExitCode>

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
  const output = createOutput(streams, json === true ? 'json' : 'text')
  if (workspace !== undefined) return { ...rest, output, workspace: resolve(invocation.currentFolder, workspace) }
  const ofUser = findUserWorkspaceFolder(invocation.environment, process.platform)
  return ofUser.ok ? { ...rest, output, workspace: ofUser.value } : { output, problem: ofUser.problem }
}

function createProgram(invocation: Invocation, perform: (work: Work) => Promise<void>): Command {
  const { stdout, stderr } = invocation.streams
  const program = new Command('guestbridge')
    .description('Shadow accounts for Entra guests in Active Directory: see every change, approve it, write exactly that.')
    .option('-w, --workspace <folder>', 'workspace folder; without it the folder of this user')
    .option('--json', 'one JSON document on standard output, progress as JSON lines on standard error')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 usage or configuration, 3 blocked (threshold, approval),\n4 done with errors of objects, 5 done but some refused for drift.')
  addWorkspaceCommands(program, perform)
  addReadingCommands(program, perform)
  addWritingCommands(program, perform)
  return program
}

function addWorkspaceCommands(program: Command, perform: (work: Work) => Promise<void>): void {
  const init = program.command('init').description('make a workspace: --lab for the embedded lab, otherwise by options or questions')
  init.option('--lab', 'a workspace on the embedded lab: nothing in it is real')
    .option('--name <name>', 'what the workspace is called')
    .addOption(new Option('--cloud <cloud>', 'cloud of the tenant').choices(['global', 'usGovernment', 'usGovernmentDoD', 'china', 'custom']))
    .option('--graph-url <url>', 'Graph of a custom cloud')
    .option('--sign-in-url <url>', 'sign-in of a custom cloud')
    .option('--entra-ca <file>', 'certificate authority of a custom cloud (PEM)')
    .option('--tenant <id>', 'tenant id')
    .option('--client <id>', 'application (client) id')
    .option('--certificate <file>', 'certificate of the application (PEM or PKCS#12) instead of a secret')
    .option('--server <url...>', 'domain controllers, in order: ldaps://dc1.contoso.com')
    .option('--start-tls', 'StartTLS on ldap:// instead of ldaps://')
    .option('--ad-ca <file>', 'certificate authority of the domain controllers (PEM)')
    .option('--account <name>', 'our account in the domain (userPrincipalName or DN)')
    .option('--guest-ou <dn>', 'OU of the shadow accounts')
    .option('--managed-ou <dn...>', 'further OUs that are imported and written')
    .action((options: InitOptions) => perform((context) => initialise(context, options)))
  program.command('config').description('the configuration of the workspace')
    .command('check').description('check workspace.json and the rules; nothing is connected').action(() => perform(checkConfiguration))
  program.command('lab').description('the embedded lab')
    .command('serve').description('keep the lab running and print where it is').action(() => perform(serveLab))
  program.command('start').description('open the application on the lab: make it if there is none, run a cycle, show the plan').action(() => perform(startApplication))
}

function addReadingCommands(program: Command, perform: (work: Work) => Promise<void>): void {
  program.command('guests').description('guests of the last import, each with its state')
    .option('--state <state>', 'only this state').action((options: { state?: string }) => perform((context) => listGuests(context, { state: options.state ?? null })))
  program.command('show').description('one object in both connector spaces and the metaverse')
    .argument('<id>', 'Entra id, objectGUID, userPrincipalName, mail, account name or DN').action((id: string) => perform((context) => showObject(context, id)))
  program.command('preview').description('why one object gets what it gets, its change, and a look at the directory')
    .argument('<id>', 'as for show').action((id: string) => perform((context) => previewObject(context, id)))
  program.command('plan').description('the changes that wait for approval')
    .option('--out <file>', 'write the plan to a file for approval and export')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json', 'ldif']))
    .action((options: { out?: string; format?: 'text' | 'json' | 'ldif' }) => perform((context) => (
      showPlan(context, { out: options.out ?? null, format: options.format ?? (context.output.isJson ? 'json' : 'text') })
    )))
  program.command('history').description('runs, newest first, or one run with its problems')
    .argument('[run]', 'number of a run', parseRunNumber)
    .option('--limit <number>', 'how many runs', parseRunNumber, 20)
    .action((run: number | undefined, options: { limit: number }) => perform((context) => (run === undefined ? listRuns(context, options) : showRun(context, run))))
}

function addWritingCommands(program: Command, perform: (work: Work) => Promise<void>): void {
  program.command('run').description('a run profile, or the cycle: both imports and the synchronisation, ending at the plan')
    .argument('[profile]', 'name of a run profile', 'cycle')
    .option('--accept-smaller-source <note>', 'a source that is smaller for good: accept it once, with a note that is kept')
    .action((profile: string, options: { acceptSmallerSource?: string }) => perform((context) => runProfile(context, { profile, acceptSmallerSource: options.acceptSmallerSource ?? null })))
  program.command('export').description('write an approved plan to Active Directory and read it back')
    .requiredOption('--plan <file>', 'the plan as written by "plan --out"')
    .requiredOption('--approve <hash>', 'the hash of the plan that was read and approved')
    .action((options: { plan: string; approve: string }) => perform((context) => exportPlan(context, options)))
  program.command('provision').description('write the planned change of one person only')
    .argument('<id>', 'as for show')
    .requiredOption('--approve <hash>', 'the hash that preview has shown')
    .action((id: string, options: { approve: string }) => perform((context) => provision(context, { id, approve: options.approve })))
}

function parseRunNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 on')
  return Number(text)
}
