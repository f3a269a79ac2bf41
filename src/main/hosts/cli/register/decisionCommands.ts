import type { Command } from 'commander'
import { disconnect, forgetDecision, join, leaveAlone, listDecisions } from '../commands/decisions.ts'
import { listHolds, releaseHold } from '../commands/holds.ts'
import { parseNote, type Perform } from './arguments.ts'

const anyAccount = 'an account: objectGUID, DN, account name or userPrincipalName'
const why = 'why; kept in the audit trail'

/** What a person decides and the rules then respect: holds, and which account belongs to whom. */
export function addDecisionCommands(program: Command, perform: Perform): void {
  const hold = program.command('hold').description('persons whom nobody writes until they are released')
  hold.command('list').description('who is on hold, why, by whom').action(() => perform(listHolds))
  hold.command('release').description('let the next synchronisation decide again')
    .argument('<id>', 'as for show').action((id: string) => perform((context) => releaseHold(context, id)))

  program.command('join').description('join an account to a person, whatever the join criteria say')
    .argument('<account>', anyAccount).argument('<person>', 'the person, as for show').requiredOption('--note <text>', why, parseNote)
    .action((account: string, person: string, { note }: { note: string }) => perform((context) => join(context, { account, person, note })))
  program.command('disconnect').description('take an account off its person, for good')
    .argument('<account>', anyAccount).requiredOption('--note <text>', why, parseNote)
    .action((account: string, { note }: { note: string }) => perform((context) => disconnect(context, { account, note })))
  program.command('leave-alone').description('never join nor write this account')
    .argument('<account>', anyAccount).requiredOption('--note <text>', why, parseNote)
    .action((account: string, { note }: { note: string }) => perform((context) => leaveAlone(context, { account, note })))

  const decisions = program.command('decisions').description('what was decided about accounts by hand')
  decisions.command('list', { isDefault: true }).description('each with its note').action(() => perform(listDecisions))
  decisions.command('forget').description('let the join criteria decide again')
    .argument('<account>', anyAccount).action((account: string) => perform((context) => forgetDecision(context, account)))
}
