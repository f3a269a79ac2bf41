import { Argument, Option, type Command } from 'commander'
import { checkConfiguration } from '../commands/config.ts'
import { initialise, type InitOptions } from '../commands/init.ts'
import { purgePerson, verifyAudit } from '../commands/keeping.ts'
import { forgetSecret, listSecrets, setSecret } from '../commands/secrets.ts'
import { knownSecrets, secretNames, type SecretName } from '../../../workspace/knownSecrets.ts'
import { startApplication } from '../commands/start.ts'
import type { Perform } from './arguments.ts'

export function addWorkspaceCommands(program: Command, perform: Perform): void {
  addInit(program, perform)
  program.command('config').description('the configuration of the workspace')
    .command('check').description('check workspace.json and the rules; nothing is connected').action(() => perform(checkConfiguration))
  addSecrets(program, perform)
  program.command('audit').description('the audit trail of the workspace')
    .command('verify').description('check that no line was changed, removed or put in').action(() => perform(verifyAudit))
  program.command('purge').description('remove one person from the workspace; Active Directory is not touched')
    .argument('<id>', 'as for show').action((id: string) => perform((context) => purgePerson(context, id)))
  program.command('start').description('open the application on the lab: make it if there is none, run a cycle, show the plan').action(() => perform(startApplication))
}

function addSecrets(program: Command, perform: Perform): void {
  const secrets = program.command('secrets').description('secrets of this workspace in the keychain of this user')
  const name = (): Argument => new Argument('<name>', secretNames.map((known) => `${known}: ${knownSecrets[known].what}`).join('; ')).choices(secretNames)
  secrets.command('set').description('keep one; typed without echo, or the first line of standard input').addArgument(name()).action((chosen: SecretName) => perform((context) => setSecret(context, chosen)))
  secrets.command('list').description('which are kept, not what they are').action(() => perform(listSecrets))
  secrets.command('remove').description('forget one').addArgument(name()).action((chosen: SecretName) => perform((context) => forgetSecret(context, chosen)))
}

function addInit(program: Command, perform: Perform): void {
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
}
