import { Option, type Command } from 'commander'
import { thresholdKinds, type PlanBlock } from '../../../../shared/domain/plan.ts'
import { exportPlan, pairLifts, provision } from '../commands/export.ts'
import { runProfile } from '../commands/run.ts'
import { runCycleUnattended } from '../commands/unattended.ts'
import { undoRun } from '../commands/undo.ts'
import type { CommandContext } from '../commandContext.ts'
import type { ExitCode } from '../exitCodes.ts'
import { refuse } from '../withService.ts'
import { collect, parseNote, parseRunNumber, type Perform } from './arguments.ts'

type Approval = { readonly approve: string; readonly lift?: readonly PlanBlock['kind'][]; readonly note?: readonly string[] }

export function addWritingCommands(program: Command, perform: Perform): void {
  program.command('run').description('a run profile, or the cycle: both imports and the synchronisation, ending at the plan')
    .argument('[profile]', 'name of a run profile', 'cycle')
    .option('--accept-smaller-source <note>', 'a source that is smaller for good: accept it once, with a note that is kept')
    .addOption(new Option('--unattended', 'the cycle for a schedule: what changed, or everything when due; exports what a standing approval covers').conflicts('acceptSmallerSource'))
    .action((profile: string, options: { acceptSmallerSource?: string; unattended?: true }) => perform((context) => startRun(context, profile, options)))
  withLifts(program.command('export').description('write an approved plan to Active Directory and read it back')
    .requiredOption('--plan <file>', 'the plan as written by "plan --out" or "undo --out"')
    .requiredOption('--approve <hash>', 'the hash of the plan that was read and approved'))
    .action((options: Approval & { plan: string }) => perform((context) => lifting(context, options, (lifts) => exportPlan(context, { plan: options.plan, approve: options.approve, lifts }))))
  withLifts(program.command('provision').description('write the planned change of one person only')
    .argument('<id>', 'as for show')
    .requiredOption('--approve <hash>', 'the hash that preview has shown'))
    .action((id: string, options: Approval) => perform((context) => lifting(context, options, (lifts) => provision(context, { id, approve: options.approve, lifts }))))
  program.command('undo').description('plan what takes back an export; it is approved and exported like any other plan')
    .argument('<run>', 'number of an export', parseRunNumber)
    .option('--also-delete-created', 'delete the accounts that the run made instead of disabling them: their SIDs are lost')
    .option('--out <file>', 'write the plan to a file for approval and export')
    .action((run: number, options: { alsoDeleteCreated?: true; out?: string }) => perform((context) => (
      undoRun(context, { run, created: options.alsoDeleteCreated === true ? 'deleted' : 'disabled', out: options.out ?? null })
    )))
}

function startRun(context: CommandContext, profile: string, { acceptSmallerSource = null, unattended }: { acceptSmallerSource?: string | null; unattended?: true }): Promise<ExitCode> {
  if (unattended !== true) return runProfile(context, { profile, acceptSmallerSource })
  if (profile === 'cycle') return runCycleUnattended(context)
  return Promise.resolve(refuse(context, { kind: 'usage', message: `"${profile}" does not run unattended: only the cycle does.`, remedy: 'Use: guestbridge run cycle --unattended' }))
}

function withLifts(command: Command): Command {
  return command
    .addOption(new Option('--lift <kind>', `let this plan exceed the threshold of a kind, with a note for each (may be repeated): ${thresholdKinds.join(', ')}`).argParser(collect))
    .option('--note <text>', 'why a threshold is lifted; kept in the audit trail', (text: string, before: readonly string[] | undefined) => collect(parseNote(text), before))
}

function lifting(context: CommandContext, { lift = [], note = [] }: Approval, work: (lifts: Parameters<typeof exportPlan>[1]['lifts']) => Promise<ExitCode>): Promise<ExitCode> {
  const lifts = pairLifts(lift, note)
  return lifts.ok ? work(lifts.value) : Promise.resolve(refuse(context, lifts.problem))
}
