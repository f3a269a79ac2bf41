import type { ApplicationFacts, ConnectorFacts, PrincipalFacts, Reading } from '../../../../shared/domain/delegation.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import { describeSpnProblem, parseSpn, spnKey } from '../../../../shared/domain/spn.ts'
import { accountOf, connectorsOf } from '../connectorAccount.ts'
import { isKerberosOnly, isSameDomain } from '../delegationWay.ts'
import { ownersOf } from '../spnOwners.ts'
import { accountDisabled, hasBit } from '../userAccountControl.ts'
import { enumerate } from '../wording.ts'
import { useAnyProtocol } from './planBits.ts'
import { allowService } from './planServiceList.ts'
import { trustConnectors } from './planTrust.ts'
import { refuse, type IntentOf, type PlanningWorld, type Refusal, type Wish } from './wish.ts'

/** Everything that is missing for one application, for every connector that its sign-ons may land on; what cannot be done is named. */
export function planApplication(world: PlanningWorld, { application: id, way }: IntentOf<'makeApplicationWork'>): readonly Wish[] {
  const application = world.facts.applications.find((known) => known.id === id)
  if (application === undefined) return [refuse(`There is no application "${id}" in what was read.`, 'Name one that "guestbridge kcd show" lists, or enter it under delegation in workspace.json.')]
  const service = findService(world, application)
  if (!service.ok) return [{ kind: 'refused', refusal: service.problem }]
  const connectors = connectorsOf(world.facts, application)
  if (connectors.length === 0) return [refuse(`No connector serves ${application.name}: its group${application.group === null ? '' : ` ${application.group}`} is empty.`, 'Put a connector into the group, or name connectors under delegation in workspace.json.')]
  const usable = connectors.map((connector) => findUsable(connector))
  const refusals = usable.flatMap((found): readonly Wish[] => (found.ok ? [] : [{ kind: 'refused', refusal: found.problem }]))
  const accounts = distinct(usable.flatMap((found) => (found.ok ? [found.value] : []))).toSorted(byName)
  if (accounts.length === 0) return refusals
  const wishes = way === 'classic' ? accounts.flatMap((account) => planClassic(world, application, account, service.value)) : planResourceBased(world, application, accounts, service.value)
  return [...refusals, ...wishes]
}

/** The one account whose key makes the tickets, after what this plan itself registers and takes away. */
function findService(world: PlanningWorld, { name, spn }: ApplicationFacts): Result<PrincipalFacts, Refusal> {
  const parsed = parseSpn(spn)
  if (!parsed.ok) return fail({ why: `The SPN "${spn}" of ${name} ${describeSpnProblem(parsed.problem)}.`, remedy: 'Correct it where the application is published.' })
  const owners = ownersAfterPlan(world, spn)
  if (owners.kind === 'notRead') return fail({ why: `Who has ${spn}, the SPN of ${name}, could not be read: ${owners.why}.`, remedy: 'Make the directory reachable that has the application, and plan again.' })
  const [service, ...others] = owners.value
  if (service === undefined) return fail({ why: `Nobody has ${spn}, the SPN of ${name}.`, remedy: `Register it on the account that runs the application, in the same plan: --register ACCOUNT=${spn}.` })
  if (others.length > 0) return fail({ why: `${enumerate(owners.value.map(({ accountName }) => accountName))} all have ${spn}, the SPN of ${name}: no ticket is issued for it.`, remedy: `Take it from all but the one that runs the application: --unregister ACCOUNT=${spn}.` })
  return succeed(service)
}

/** An alias counts where nobody has the SPN itself. */
function ownersAfterPlan(world: PlanningWorld, spn: string): Reading<readonly PrincipalFacts[]> {
  const owners = ownersOf(world.facts, spn)
  if (owners.kind === 'notRead') return owners
  const planned = world.registered.get(spnKey(spn))
  const taken = world.unregistered.get(spnKey(spn)) ?? []
  const explicit = owners.value.filter(({ by, account }) => by === 'explicit' && !taken.includes(account.anchor)).map(({ account }) => account)
  const all = distinct(planned === undefined ? explicit : [...explicit, planned])
  return { kind: 'read', value: all.length > 0 ? all : distinct(owners.value.filter(({ by }) => by === 'alias').map(({ account }) => account)) }
}

function findUsable(connector: ConnectorFacts): Result<PrincipalFacts, Refusal> {
  const account = accountOf(connector)
  if (account.kind === 'notRead') return fail({ why: `Nothing is planned for connector ${connector.name}: ${account.why}.`, remedy: 'Correct the name of the connector, or join its computer to the domain; sign-ons that land on it fail until then.' })
  if (!hasBit(account.value.userAccountControl, accountDisabled)) return succeed(account.value)
  return fail({ why: `Nothing is planned for connector ${connector.name}: its account ${account.value.accountName} is disabled.`, remedy: 'Enable the account, or take the connector out of its group; sign-ons that land on it fail until then.' })
}

function planClassic(world: PlanningWorld, { name, spn }: ApplicationFacts, connector: PrincipalFacts, service: PrincipalFacts): readonly Wish[] {
  if (!isSameDomain(connector, service)) {
    return [refuse(
      `${connector.accountName} (${connector.domain}) cannot delegate to ${spn} with a list: ${service.accountName} is in another domain (${service.domain}).`,
      'Plan it resource-based: --way resource-based. That also needs no privilege on domain controllers.',
    )]
  }
  return [
    useAnyProtocol(connector, `${connector.accountName} is to delegate with any authentication protocol: guests come to ${name} without Kerberos.`),
    allowService(world, connector, spn, `${connector.accountName} is to delegate to ${spn}: it serves ${name}.`),
  ]
}

/** MS-ADTS: the functional level 5 is Windows Server 2012, whose KDC was the first to ask the service's account. */
const firstLevelThatAsks = 5

function planResourceBased(world: PlanningWorld, { name }: ApplicationFacts, connectors: readonly PrincipalFacts[], service: PrincipalFacts): readonly Wish[] {
  const domain = world.facts.domains.find(({ dnsName }) => dnsName.toLowerCase() === service.domain.toLowerCase())
  if (domain?.controllerLevel.kind === 'read' && domain.controllerLevel.value < firstLevelThatAsks) {
    return [refuse(`The domain controllers of ${service.domain} are older than Windows Server 2012: they do not ask ${service.accountName} whom it trusts.`, 'Add a newer domain controller, or plan it classic: --way classic.')]
  }
  const stuck = connectors.filter(isKerberosOnly).map(({ accountName }) => accountName)
  const caution = stuck.length === 0 ? [] : [`${enumerate(stuck)} ${stuck.length === 1 ? 'has a list of services' : 'have lists of services'} and Kerberos only: their tickets for guests cannot be forwarded, which ends this way too. Empty the list or allow any protocol.`]
  const names = enumerate(connectors.map(({ accountName }) => accountName))
  return [trustConnectors(service, connectors.map(({ sid }) => sid), `${service.accountName} is to accept guests from ${names}: they serve ${name}.`, caution)]
}

function byName(left: PrincipalFacts, right: PrincipalFacts): number {
  return left.accountName < right.accountName ? -1 : 1
}

function distinct(accounts: readonly PrincipalFacts[]): readonly PrincipalFacts[] {
  return [...new Map(accounts.map((account) => [account.anchor, account])).values()]
}
