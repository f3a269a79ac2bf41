import { InvalidArgumentError, Option, type Command } from 'commander'
import { connect, type ConnectStep } from '../commands/connect.ts'
import type { ConnectOptions } from '../connect/connectOptions.ts'
import type { Perform } from './arguments.ts'

/** Every question of the set-up is an option too; secrets are typed, or come from the environment, never from an argument. */
export function addConnectCommands(program: Command, perform: Perform): void {
  const command = program.command('connect').description('connect tenant and domain by questions, try it, and save it with the secrets in the keychain')
  ouOptions(domainOptions(entraOptions(command))).option('--name <name>', 'what a new workspace is called')
  withNote(command).action((options: ConnectOptions) => perform((context) => connect(context, 'all', options)))
  step('entra', 'tenant, application and credential anew', entraOptions)
  step('domain', 'domain controllers, trust and account anew', domainOptions)
  step('ou', 'the OU of the guests, and of those who left', ouOptions)
  step('test', 'try what is configured; nothing is written', (plain) => plain)

  function step(name: Exclude<ConnectStep, 'all'>, description: string, addOptions: (child: Command) => Command): void {
    const child = addOptions(command.command(name).description(description))
    if (name !== 'test') withNote(child)
    // Options of the same name before the step belong to it too.
    child.action((_options: ConnectOptions, self: Command) => perform((context) => connect(context, name, self.optsWithGlobals<ConnectOptions>())))
  }
}

function withNote(command: Command): Command {
  return command.option('--note <text>', 'why; kept in the audit trail')
}

function entraOptions(command: Command): Command {
  return command
    .addOption(new Option('--cloud <cloud>', 'cloud of the tenant').choices(['global', 'usGovernment', 'usGovernmentDoD', 'china', 'custom']))
    .option('--graph-url <url>', 'Graph of a custom cloud')
    .option('--sign-in-url <url>', 'sign-in of a custom cloud')
    .option('--entra-ca <file>', 'certificate authority besides those of this computer, for Graph (PEM)')
    .option('--tenant <name>', 'tenant, by a domain name or its id')
    .option('--client <id>', 'application (client) id')
    .addOption(new Option('--credential <kind>', 'how the application proves who it is').choices(['make', 'bring', 'secret', 'sign-in-browser', 'sign-in', 'keep']))
    .option('--certificate <file>', 'the certificate to bring, with its private key (PEM or PKCS#12)')
    .option('--days <days>', 'how long a certificate that is made here is valid (365)', parseDays)
    .option('--uploaded', 'do not wait for the certificate to be uploaded')
    .option('--secret-expires <date>', 'day on which the client secret ends (2027-01-31)')
}

function domainOptions(command: Command): Command {
  return command
    .option('--domain <name>', 'find the domain controllers of this domain by DNS')
    .option('--server <url...>', 'domain controllers, in order: ldaps://dc1.contoso.com')
    .option('--start-tls', 'StartTLS on the controllers that are found by DNS, instead of LDAPS')
    .option('--ad-ca <file>', 'certificate authority of the domain controllers (PEM)')
    .option('--fingerprint <sha256>', 'trust what the controller presents, if its authority has this fingerprint')
    .option('--account <name>', 'our account in the domain (userPrincipalName or DN)')
}

function ouOptions(command: Command): Command {
  return command.option('--guest-ou <dn>', 'OU of the shadow accounts').option('--disabled-ou <dn>', 'OU for accounts of guests who left; empty: they stay')
}

function parseDays(text: string): string {
  if (!/^[1-9]\d{0,3}$/.test(text) || Number(text) > 1095) throw new InvalidArgumentError('a number of days from 1 to 1095')
  return text
}
