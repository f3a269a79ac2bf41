import { Option, type Command } from 'commander'
import { checkDelegation } from '../commands/kcdCheck.ts'
import { pasteProofAnswer, printProofScript, proveDelegation } from '../commands/kcdProve.ts'
import { showDelegation } from '../commands/kcdShow.ts'
import type { CommandContext } from '../commandContext.ts'
import type { ExitCode } from '../exitCodes.ts'
import { collect, type Perform } from './arguments.ts'
import { addDelegationPlanCommands } from './delegationPlanCommands.ts'

type ProveArguments = {
  readonly application: string; readonly guest: string; readonly connector?: string; readonly keytab?: string
  readonly url?: string; readonly address?: string; readonly script?: true; readonly paste?: string
}
type CheckArguments = { readonly application?: readonly string[]; readonly guest?: readonly string[]; readonly signIn?: true }

export function addDelegationCommands(program: Command, perform: Perform): void {
  const kcd = program.command('kcd').description('Kerberos constrained delegation: whether guests can sign on through the proxy')
  kcd.command('check').description('look at connectors, applications and guests: what fails, why, and what to do')
    .option('--application <name>', 'only this application (may be repeated)', collect)
    .option('--guest <id>', 'only this guest, as for show (may be repeated)', collect)
    .option('--sign-in', 'read application proxy of Entra first, in the name of an administrator who signs in with a code')
    .action(({ application, guest, signIn }: CheckArguments) => perform((context) => checkDelegation(context, {
      applications: application === undefined ? null : [...application], guests: guest === undefined ? null : [...guest], proxy: signIn === true ? 'signIn' : 'asKept',
    })))
  kcd.command('show').description('the map of the last check: connectors and applications').action(() => perform(showDelegation))
  addDelegationPlanCommands(kcd, perform)
  addProveCommand(kcd, perform)
}

function addProveCommand(kcd: Command, perform: Perform): void {
  kcd.command('prove').description('ask the domain controller for a ticket in a guest\'s name, and show it to the site')
    .requiredOption('--application <name>', 'name or id of the application')
    .requiredOption('--guest <id>', 'as for show')
    .option('--connector <name>', 'the connector to ask as; without it the one that the keytab is for')
    .option('--keytab <file>', 'keytab of the connector\'s account; without it the password of "secrets set proxy"')
    .option('--url <url>', 'a page of the application, to sign in to with the ticket')
    .option('--address <ip>', 'ask the page at this address instead of where DNS says')
    .addOption(new Option('--script', 'print a script instead, that proves it on a Windows connector').conflicts(['paste', 'keytab', 'connector', 'address']))
    .addOption(new Option('--paste <file>', 'read what that script printed ("-" reads standard input)').conflicts(['keytab', 'connector', 'url', 'address']))
    .action((options: ProveArguments) => perform((context) => proveBy(context, options)))
}

function proveBy(context: CommandContext, { application, guest, connector, keytab, url, address, script, paste }: ProveArguments): Promise<ExitCode> {
  if (script === true) return printProofScript(context, { application, guest, url: url ?? null })
  if (paste !== undefined) return pasteProofAnswer(context, { application, guest, file: paste })
  return proveDelegation(context, { application, guest, connector: connector ?? null, keytab: keytab ?? null, url: url ?? null, address: address ?? null })
}
