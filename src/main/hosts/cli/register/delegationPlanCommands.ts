import { InvalidArgumentError, Option, type Command } from 'commander'
import { exportDelegation } from '../commands/kcdExport.ts'
import { planDelegation, planDelegationUndo, printDelegationScript, type DelegationPlanFormat, type DelegationWishes } from '../commands/kcdPlan.ts'
import type { CommandContext } from '../commandContext.ts'
import type { ExitCode } from '../exitCodes.ts'
import { refuse } from '../withService.ts'
import { collect, parseNote, parseRunNumber, type Perform } from './arguments.ts'

type Printing = { readonly out?: string; readonly format?: DelegationPlanFormat }
type OfService = { readonly account: string; readonly spn: string }
type PlanArguments = Printing & {
  readonly makeWork?: readonly string[]; readonly way?: 'classic' | 'resource-based'
  readonly allow?: readonly OfService[]; readonly disallow?: readonly OfService[]; readonly register?: readonly OfService[]; readonly unregister?: readonly OfService[]
  readonly anyProtocol?: readonly string[]; readonly kerberosOnly?: readonly string[]; readonly endUnconstrained?: readonly string[]; readonly aes?: readonly string[]
  readonly trust?: string; readonly endTrust?: string; readonly connectors?: readonly string[]
}

const anyAccount = 'ACCOUNT: connector, account name, DNS name, DN, userPrincipalName or objectGUID'

/** Plans of delegation: made from wishes, approved by hash, written, taken back. */
export function addDelegationPlanCommands(kcd: Command, perform: Perform): void {
  const plan = kcd.command('plan').description(`plan changes of delegation; nothing is written. ${anyAccount}`)
    .option('--make-work <application>', 'all that an application needs, for every connector of its group (may be repeated)', collect)
    .addOption(new Option('--way <way>', 'how: with the list of each connector, or by the trust of the account that runs the application, which needs no privilege').choices(['classic', 'resource-based']))
    .option('--allow <account=spn>', 'let a connector delegate to a service', collectService)
    .option('--disallow <account=spn>', 'no longer let it', collectService)
    .option('--any-protocol <account>', 'delegate for users who come without Kerberos', collect)
    .option('--kerberos-only <account>', 'delegate for users with Kerberos only', collect)
    .option('--end-unconstrained <account>', 'no longer delegate to every service', collect)
    .option('--trust <account>', 'let the account of a service accept guests from --connectors')
    .option('--end-trust <account>', 'no longer accept them')
    .option('--connectors <account...>', 'accounts or SIDs, for --trust and --end-trust')
    .option('--register <account=spn>', 'give a service name to the account that runs the service', collectService)
    .option('--unregister <account=spn>', 'take it away', collectService)
    .option('--aes <account>', 'accept AES tickets besides what is accepted', collect)
  withPrinting(plan).action((options: PlanArguments) => perform((context) => planWishes(context, options)))
  kcd.command('export').description('write an approved plan of delegation, and read it back')
    .option('--plan <file>', 'the plan as written by --out; without it the one that the workspace keeps by the hash')
    .requiredOption('--approve <hash>', 'the hash of the plan that was read and approved')
    .option('--lift <delegation=note>', 'let this plan exceed the limit, and why; kept in the audit trail', parseLift)
    .action(({ plan: file, approve, lift }: { plan?: string; approve: string; lift?: string }) => perform((context) => exportDelegation(context, { plan: file ?? null, approve, lift: lift ?? null })))
  withPrinting(kcd.command('undo').description('plan what takes back an export of delegation; it is approved and exported as any other')
    .argument('<run>', 'number of the export', parseRunNumber))
    .action((run: number, options: Printing) => perform((context) => planDelegationUndo(context, { run, ...printingOf(context, options) })))
  kcd.command('script').description('a plan as PowerShell, for those who may not write from here')
    .argument('<plan>', 'its file, or its hash')
    .option('--undo', 'what takes it back instead')
    .action((file: string, { undo }: { undo?: true }) => perform((context) => printDelegationScript(context, file, undo === true ? 'undo-powershell' : 'powershell')))
}

function withPrinting(command: Command): Command {
  return command
    .option('--out <file>', 'write the plan to a file for approval and export')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json', 'powershell', 'undo-powershell']))
}

function planWishes(context: CommandContext, options: PlanArguments): Promise<ExitCode> {
  const { makeWork = [], way, trust, endTrust, connectors = [] } = options
  const refused = (message: string, remedy: string): Promise<ExitCode> => Promise.resolve(refuse(context, { kind: 'usage', message, remedy }))
  if (makeWork.length > 0 && way === undefined) return refused('There are two ways to make an application work.', 'Add --way classic or --way resource-based; the second needs no privilege on domain controllers.')
  if ((trust !== undefined || endTrust !== undefined) !== connectors.length > 0) return refused('Trust has two sides: the account of a service, and connectors.', 'Give --trust or --end-trust together with --connectors.')
  const intents = wishesOf(options)
  if (intents.length === 0) return refused('Nothing was wished for.', 'See "guestbridge kcd plan --help"; for a whole application: --make-work APPLICATION --way WAY.')
  return planDelegation(context, { intents, ...printingOf(context, options) })
}

/** In a fixed order, so that the same wishes give the same plan. */
function wishesOf(options: PlanArguments): DelegationWishes {
  const { makeWork = [], way = 'classic', allow = [], disallow = [], register = [], unregister = [], anyProtocol = [], kerberosOnly = [], endUnconstrained = [], aes = [], trust, endTrust, connectors = [] } = options
  return [
    ...unregister.map((values) => ({ kind: 'unregisterService' as const, ...values })), ...register.map((values) => ({ kind: 'registerService' as const, ...values })),
    ...aes.map((account) => ({ kind: 'allowAes' as const, account })), ...endUnconstrained.map((account) => ({ kind: 'endUnconstrained' as const, account })),
    ...anyProtocol.map((account) => ({ kind: 'useAnyProtocol' as const, account })), ...kerberosOnly.map((account) => ({ kind: 'useKerberosOnly' as const, account })),
    ...disallow.map((values) => ({ kind: 'disallowService' as const, ...values })), ...allow.map((values) => ({ kind: 'allowService' as const, ...values })),
    ...(endTrust === undefined ? [] : [{ kind: 'endTrust' as const, service: endTrust, connectors: [...connectors] }]),
    ...(trust === undefined ? [] : [{ kind: 'trustConnectors' as const, service: trust, connectors: [...connectors] }]),
    ...makeWork.map((application) => ({ kind: 'makeApplicationWork' as const, application, way: way === 'classic' ? 'classic' as const : 'resourceBased' as const })),
  ]
}

function printingOf(context: CommandContext, { out, format }: Printing): { readonly out: string | null; readonly format: DelegationPlanFormat } {
  return { out: out ?? null, format: format ?? (context.output.isJson ? 'json' : 'text') }
}

/** At the last equals sign: a DN has some, an SPN has none. */
function collectService(text: string, before: readonly OfService[] | undefined): readonly OfService[] {
  const at = text.lastIndexOf('=')
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('an account and an SPN: CONNECTOR01=HTTP/intranet.contoso.com')
  return [...(before ?? []), { account: text.slice(0, at), spn: text.slice(at + 1) }]
}

function parseLift(text: string): string {
  const [, note] = /^delegation=(.*)$/s.exec(text) ?? []
  if (note === undefined) throw new InvalidArgumentError('the limit and why it is lifted: delegation=NOTE')
  return parseNote(note)
}
