import type { Command } from 'commander'
import { checkDelegation } from '../commands/kcdCheck.ts'
import { showDelegation } from '../commands/kcdShow.ts'
import { collect, type Perform } from './arguments.ts'

type CheckArguments = { readonly application?: readonly string[]; readonly guest?: readonly string[] }

export function addDelegationCommands(program: Command, perform: Perform): void {
  const kcd = program.command('kcd').description('Kerberos constrained delegation: whether guests can sign on through the proxy')
  kcd.command('check').description('look at connectors, applications and guests: what fails, why, and what to do')
    .option('--application <name>', 'only this application (may be repeated)', collect)
    .option('--guest <id>', 'only this guest, as for show (may be repeated)', collect)
    .action(({ application, guest }: CheckArguments) => perform((context) => checkDelegation(context, { applications: application === undefined ? null : [...application], guests: guest === undefined ? null : [...guest] })))
  kcd.command('show').description('the map of the last check: connectors and applications').action(() => perform(showDelegation))
}
