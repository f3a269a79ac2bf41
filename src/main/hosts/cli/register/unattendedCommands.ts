import { InvalidArgumentError, Option, type Command } from 'commander'
import { scheduleIntervals } from '../../../../shared/api/unattendedCalls.ts'
import { changeKinds, type ChangeKind } from '../../../../shared/domain/change.ts'
import { installScheduleHere, removeScheduleHere, showScheduleHere } from '../commands/schedule.ts'
import { giveStanding, showStanding, withdrawStanding } from '../commands/standing.ts'
import { showStatusHere } from '../commands/status.ts'
import { parseNote, type Perform } from './arguments.ts'

type Limits = Readonly<Partial<Record<ChangeKind, number>>>

export function addUnattendedCommands(program: Command, perform: Perform): void {
  addStanding(program.command('standing-approval').description('approve plans within limits ahead of time, for unattended cycles'), perform)
  addSchedule(program.command('schedule').description('let this computer run unattended cycles'), perform)
  program.command('status').description('whether the workspace needs somebody, for monitors (--json)').action(() => perform(showStatusHere))
}

function addStanding(standing: Command, perform: Perform): void {
  standing.command('give').description('approve plans within these limits; it ends when rules or settings change')
    .addOption(new Option('--allow <kind=count>', `so many changes of a kind in a plan and the 24 hours before it (may be repeated): ${changeKinds.join(', ')}`).argParser(addLimit).makeOptionMandatory())
    .requiredOption('--until <date>', 'its last day or moment: 2027-01-31, or ISO 8601', parseMoment)
    .requiredOption('--note <text>', 'why; kept in the audit trail', parseNote)
    .action((options: { allow: Limits; until: string; note: string }) => perform((context) => giveStanding(context, { limits: options.allow, until: options.until, note: options.note })))
  standing.command('show').description('the one that is in force, and whether it covers the present plan').action(() => perform(showStanding))
  standing.command('withdraw').description('every plan waits for a person again').requiredOption('--note <text>', 'why; kept in the audit trail', parseNote)
    .action(({ note }: { note: string }) => perform((context) => withdrawStanding(context, note)))
}

function addSchedule(schedule: Command, perform: Perform): void {
  schedule.command('install').description('a systemd timer, a scheduled task or a launchd agent; installing again replaces it')
    .addOption(new Option('--every <minutes>', 'minutes between two cycles').choices(scheduleIntervals.map(String)).default('30'))
    .option('--account <name>', 'account of the operating system that runs it, with a keychain of its own')
    .action(({ every, account }: { every: string; account?: string }) => perform((context) => installScheduleHere(context, { everyMinutes: Number(every), account: account ?? null })))
  schedule.command('remove').description('no more unattended cycles from this computer').action(() => perform(removeScheduleHere))
  schedule.command('show').description('whether it is installed, and when it runs next').option('--files', 'with the texts of its files')
    .action(({ files }: { files?: true }) => perform((context) => showScheduleHere(context, files === true ? 'texts' : 'names')))
}

function addLimit(text: string, before: Limits | undefined): Limits {
  const [name = '', count = ''] = text.split('=')
  const kind = changeKinds.find((known) => known === name)
  if (kind === undefined || !/^\d{1,6}$/.test(count)) throw new InvalidArgumentError(`kind=count, such as create=50; kinds are ${changeKinds.join(', ')}`)
  return { ...before, [kind]: Number(count) }
}

/** A day ends at its last second, UTC. */
function parseMoment(text: string): string {
  const moment = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text)
  if (Number.isNaN(moment.getTime())) throw new InvalidArgumentError('a day such as 2027-01-31, or a moment in ISO 8601')
  return moment.toISOString()
}
