import type { Command } from 'commander'
import { administratorPasswordVariable, applyRemedy, examine, printScripts } from '../commands/doctor.ts'
import { collect, type Perform } from './arguments.ts'

type ExamineArguments = { readonly only?: readonly string[]; readonly probe?: true }

export function addReadinessCommands(program: Command, perform: Perform): void {
  const doctor = program.command('doctor').description('what is missing in workspace, tenant and domain, with the remedy of each')
    .option('--only <id>', 'only this check (may be repeated)', collect)
    .option('--probe', 'also try the rights on an account that is made and deleted again: this writes to the directory')
    .action(({ only, probe }: ExamineArguments) => perform((context) => examine(context, { only: only === undefined ? null : [...only], trial: probe === true ? 'write' : 'leaveOut' })))
  doctor.command('apply').description('show what the remedy of a check would write, and write it once it is approved')
    .argument('<id>', 'id of the check')
    .requiredOption('--administrator <name>', `userPrincipalName of an administrator; the password is asked for, or taken from ${administratorPasswordVariable}, used once and kept nowhere`)
    .option('--approve <hash>', 'the hash of what was shown')
    .action((id: string, { administrator, approve }: { administrator: string; approve?: string }) => perform((context) => applyRemedy(context, { id, administrator, approve: approve ?? null })))
  doctor.command('script').description('the scripts of a check, to be read and run by an administrator')
    .argument('<id>', 'id of the check').action((id: string) => perform((context) => printScripts(context, id)))
}
