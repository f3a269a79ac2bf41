import type { PrincipalFacts, SpnOwner } from '../../../../shared/domain/delegation.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import { describeSpnProblem, parseSpn, spnKey } from '../../../../shared/domain/spn.ts'
import { ownersOf } from '../spnOwners.ts'
import { enumerate } from '../wording.ts'
import { edit, refuse, withAccount, type IntentOf, type PlanningWorld, type Wish } from './wish.ts'

/** servicePrincipalName. An SPN that two accounts have gets no ticket at all, so nobody else may have it in the forest as it was read. */
export function planRegisterService(world: PlanningWorld, { account, spn }: IntentOf<'registerService' | 'unregisterService'>): readonly Wish[] {
  return withAccount(world, account, (service) => [registerService(world, service, spn)])
}

export function planUnregisterService(world: PlanningWorld, { account, spn }: IntentOf<'registerService' | 'unregisterService'>): readonly Wish[] {
  return withAccount(world, account, (service) => [edit({
    account: service, attribute: 'servicePrincipalName', apply: (values) => succeed(values.filter((value) => spnKey(value) !== spnKey(spn))),
    reason: `${spn} is no longer to belong to ${service.accountName}.`, cautions: [`Tickets for ${spn} are no longer made with the key of ${service.accountName}: if it still runs that service, sign-on to it ends.`],
  })])
}

function registerService(world: PlanningWorld, service: PrincipalFacts, spn: string): Wish {
  const parsed = parseSpn(spn)
  if (!parsed.ok) return refuse(`"${spn}" ${describeSpnProblem(parsed.problem)}.`, 'Name the service as class/host, for example HTTP/intranet.contoso.com.')
  const owners = ownersOf(world.facts, spn)
  if (owners.kind === 'notRead') return refuse(`Who has ${spn} could not be read: ${owners.why}.`, 'Make a global catalog reachable, so that nobody gets an SPN that another account has.')
  const others = otherOwners(world, service, spn, owners.value)
  if (others.length > 0) return refuse(`${spn} belongs to ${enumerate(others.map(({ accountName }) => accountName))} already.`, 'Take it away there first, if that account does not run the service any more; with two owners no ticket is issued.')
  const alias = owners.value.find((owner) => owner.by === 'alias' && owner.account.anchor !== service.anchor)
  return edit({
    account: service, attribute: 'servicePrincipalName', reason: `${spn} is to belong to ${service.accountName}, which runs the service.`,
    apply: (values) => succeed(values.some((value) => spnKey(value) === spnKey(spn)) ? values : [...values, spn]),
    cautions: alias === undefined ? [] : [`Until now tickets for ${spn} were made for ${alias.account.accountName}, by its HOST entry: a service that runs as that computer stops accepting them.`],
  })
}

function otherOwners(world: PlanningWorld, service: PrincipalFacts, spn: string, owners: readonly SpnOwner[]): readonly PrincipalFacts[] {
  const key = spnKey(spn)
  const planned = world.registered.get(key)
  const read = owners.filter(({ by }) => by === 'explicit').map(({ account }) => account)
  const left = read.filter(({ anchor }) => world.unregistered.get(key)?.includes(anchor) !== true)
  return [...left, ...(planned === undefined ? [] : [planned])].filter(({ anchor }) => anchor !== service.anchor)
}
