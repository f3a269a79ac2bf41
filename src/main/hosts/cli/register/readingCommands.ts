import { guestStates } from '../../../../shared/domain/guestRow.ts'
import { Argument, InvalidArgumentError, Option, type Command } from 'commander'
import { counterNames, stepKinds, type CounterName, type StepKind } from '../../../../shared/domain/run.ts'
import { listRuns, showHistoryOfObject, showRun } from '../commands/history.ts'
import { excludeFromPlan } from '../commands/holds.ts'
import { listGuests, showObject } from '../commands/objects.ts'
import { showPlan, type PlanFormat } from '../commands/plan.ts'
import { previewObject } from '../commands/preview.ts'
import { replayRun } from '../commands/replay.ts'
import { compareRules, testRule } from '../commands/rules.ts'
import { showObjectsOfRun } from '../commands/runObjects.ts'
import { search } from '../commands/search.ts'
import { completionScript, shells, type Shell } from '../completion.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse } from '../withService.ts'
import { collect, parseNote, parseRunNumber, type Perform } from './arguments.ts'

export function addReadingCommands(program: Command, perform: Perform): void {
  program.command('guests').description('guests of the last import, each with its state')
    .addOption(new Option('--state <state>', 'only this state').choices(guestStates)).action((options: { state?: string }) => perform((context) => listGuests(context, { state: options.state ?? null })))
  program.command('show').description('one object in both connector spaces and the metaverse')
    .argument('<id>', 'Entra id, objectGUID, userPrincipalName, mail, account name or DN').action((id: string) => perform((context) => showObject(context, id)))
  program.command('preview').description('why one object gets what it gets, its change, and a look at the directory')
    .argument('<id>', 'as for show').action((id: string) => perform((context) => previewObject(context, id)))
  program.command('search').description('persons in the metaverse by their attributes')
    .argument('[condition...]', 'attribute=value, attribute^=beginning, attribute*=part, "attribute?" for any value, "attribute!" for none; all must hold')
    .option('--text <text>', 'in any value')
    .option('--limit <number>', 'at most so many', parseRunNumber, 100)
    .action((clauses: string[], options: { text?: string; limit: number }) => perform((context) => search(context, { clauses, text: options.text ?? null, limit: options.limit })))
  addPlan(program, perform)
  addHistory(program, perform)
  addRules(program, perform)
  program.command('completion').description('a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'for which shell').choices(shells))
    .action((shell: Shell) => perform(async ({ output }) => {
      const script = completionScript(shell, program)
      if (output.isJson) output.document({ shell, script })
      else await output.raw(script)
      return exitCodes.done
    }))
}

type PlanArguments = { readonly out?: string; readonly format?: PlanFormat; readonly exclude?: readonly string[]; readonly note?: string; readonly replay?: number }

function addPlan(program: Command, perform: Perform): void {
  program.command('plan').description('the changes that wait for approval')
    .option('--out <file>', 'write the plan to a file for approval and export')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json', 'ldif', 'csv']))
    .option('--replay <run>', 'make the plan of a synchronisation again from what is kept, and compare the hashes', parseRunNumber)
    .option('--exclude <id>', 'take a person out of the plan and put them on hold (may be repeated)', collect)
    .option('--note <text>', 'why; kept in the audit trail', parseNote)
    .action((options: PlanArguments) => perform((context) => plan(context, options)))
}

function plan(context: CommandContext, { out, format, exclude, note, replay }: PlanArguments): Promise<ExitCode> {
  if (replay !== undefined) return replayRun(context, replay)
  if (exclude === undefined) return showPlan(context, { out: out ?? null, format: format ?? (context.output.isJson ? 'json' : 'text') })
  if (note !== undefined) return excludeFromPlan(context, { ids: exclude, note })
  return Promise.resolve(refuse(context, { kind: 'usage', message: 'An exclusion needs a note that says why.', remedy: 'Add --note TEXT; it is kept in the audit trail.' }))
}

type HistoryArguments = { readonly limit: number; readonly step?: StepKind; readonly objects?: true; readonly counter?: CounterName; readonly object?: string }

function addHistory(program: Command, perform: Perform): void {
  program.command('history').description('runs, newest first, one run with its problems, or the history of one object')
    .argument('[run]', 'number of a run', parseRunNumber)
    .option('--limit <number>', 'how many runs', parseRunNumber, 20)
    .addOption(new Option('--step <step>', 'only runs of this step').choices(stepKinds))
    .option('--object <id>', 'what happened to one object instead, as far back as versions are kept (id as for show)')
    .option('--objects', 'the objects behind the counters of the run, as they were then')
    .option('--counter <counter>', 'only the objects of this counter', parseCounter)
    .action((run: number | undefined, options: HistoryArguments) => perform((context) => history(context, run, options)))
}

function history(context: CommandContext, run: number | undefined, { limit, step, objects, counter, object }: HistoryArguments): Promise<ExitCode> {
  if (object !== undefined) return showHistoryOfObject(context, { id: object, limit })
  const wantsObjects = objects === true || counter !== undefined
  if (run !== undefined) return wantsObjects ? showObjectsOfRun(context, { run, counter: counter ?? null }) : showRun(context, run)
  if (!wantsObjects) return listRuns(context, { limit, step: step ?? null })
  return Promise.resolve(refuse(context, { kind: 'usage', message: 'Objects belong to one run.', remedy: 'Name it: guestbridge history RUN --objects' }))
}

function parseCounter(text: string): CounterName {
  const counter = counterNames.find((known) => known.toLowerCase() === text.toLowerCase())
  if (counter === undefined) throw new InvalidArgumentError(`known are ${counterNames.join(', ')}`)
  return counter
}

function addRules(program: Command, perform: Perform): void {
  const rules = program.command('rules').description('the rules of the workspace')
  rules.command('test').description('what an expression, or each flow of a rule, gives on one object')
    .argument('[expression]', 'an expression, for example "Left(uid, 20)"')
    .option('--rule <name>', 'a rule of the set instead')
    .requiredOption('--on <id>', 'the object, as for show')
    .action((expression: string | undefined, options: { rule?: string; on: string }) => perform((context) => test(context, expression, options)))
  rules.command('compare').description('what another rule set would do with the data of the last imports; nothing is stored')
    .argument('<set>', 'guestbridge, tutorial, tutorial-ou, or a file of the workspace')
    .option('--limit <number>', 'show at most so many differences', parseRunNumber, 100)
    .action((set: string, { limit }: { limit: number }) => perform((context) => compareRules(context, { set, limit: Math.min(limit, 1000) })))
}

function test(context: CommandContext, expression: string | undefined, { rule, on }: { readonly rule?: string; readonly on: string }): Promise<ExitCode> {
  if (expression !== undefined && rule === undefined) return testRule(context, { subject: { expression }, on })
  if (rule !== undefined && expression === undefined) return testRule(context, { subject: { rule }, on })
  return Promise.resolve(refuse(context, { kind: 'usage', message: 'Test one thing at a time: an expression or --rule NAME.', remedy: 'For example: guestbridge rules test "Left(uid, 20)" --on ana@fabrikam.com' }))
}
