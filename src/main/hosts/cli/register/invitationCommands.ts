import type { Command } from 'commander'
import { resetRedemptionOf, setEnabled } from '../commands/guest.ts'
import { inviteGuest } from '../commands/invite.ts'
import { inviteList } from '../commands/inviteList.ts'
import type { CommandContext } from '../commandContext.ts'
import type { ExitCode } from '../exitCodes.ts'
import { refuse } from '../withService.ts'
import { parseNote, type Perform } from './arguments.ts'

type InviteOptions = {
  readonly name?: string; readonly message?: string; readonly language?: string; readonly redirect: string; readonly cc?: string
  readonly csv?: string; readonly out?: string; readonly yes?: true; readonly provision?: true
}

/** Where guests see what they may use; every tenant has it. */
const usualRedirect = 'https://myapplications.microsoft.com'

export function addInvitationCommands(program: Command, perform: Perform): void {
  program.command('invite').description('invite one guest and give him an account, or a list of guests (--csv)')
    .argument('[mail]', 'address of the guest')
    .option('--name <name>', 'display name')
    .option('--message <text>', 'text of the message')
    .option('--language <tag>', 'language of the message, such as de-DE')
    .option('--redirect <url>', 'where the guest is led after redeeming', usualRedirect)
    .option('--cc <mail>', 'one further receiver of the message')
    .option('--provision', 'go on: wait for the guest, preview, approve, write the account, check sign-on')
    .option('--csv <file>', 'a list with a header: mail, name, redirect, message, language, cc')
    .option('--out <file>', 'of a list: the results as CSV')
    .option('--yes', 'what is shown is wanted: do not ask')
    .action((mail: string | undefined, options: InviteOptions) => perform((context) => invite(context, mail ?? null, options)))
  const guest = program.command('guest').description('a guest in the tenant')
  for (const [name, enabled, what] of [['block', 'blocked', 'sign-in to the tenant is blocked; the account follows with the next plan'], ['unblock', 'enabled', 'sign-in is allowed again']] as const) {
    guest.command(name).description(what).argument('<id>', 'Entra id').requiredOption('--note <text>', 'why; kept in the audit trail', parseNote)
      .action((id: string, { note }: { note: string }) => perform((context) => setEnabled(context, { id, enabled, note })))
  }
  guest.command('reset-redemption').description('the guest redeems the invitation anew; id, name and account stay. A person with a role signs in for it').argument('<id>', 'Entra id').argument('<mail>', 'the address to redeem with')
    .requiredOption('--note <text>', 'why; kept in the audit trail', parseNote).option('--redirect <url>', 'where the guest is led after redeeming', usualRedirect)
    .action((id: string, mail: string, { note, redirect }: { note: string; redirect: string }) => perform((context) => resetRedemptionOf(context, { id, mail, note, redirectUrl: redirect })))
}

function invite(context: CommandContext, mail: string | null, options: InviteOptions): Promise<ExitCode> {
  const { csv, out = null, redirect, yes, provision, name = null, message = null, language = null, cc = null } = options
  const confirmed = yes === true ? 'yes' : 'ask'
  if ((mail === null) === (csv === undefined)) return Promise.resolve(refuse(context, { kind: 'usage', message: 'Name either one address or a list (--csv).', remedy: `For example: ${context.output.command('invite', 'ana@fabrikam.com')}, or ${context.output.command('invite', '--csv', 'guests.csv')}` }))
  if (csv !== undefined) return inviteList(context, { file: csv, redirectUrl: redirect, out, confirmed })
  return inviteGuest(context, { invitation: { mail: mail ?? '', displayName: name, redirectUrl: redirect, message, language, cc }, confirmed, until: provision === true ? 'provisioned' : 'invited' })
}
