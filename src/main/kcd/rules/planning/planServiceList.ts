import type { PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import { describeSpnProblem, parseSpn, spnKey } from '../../../../shared/domain/spn.ts'
import { isDomainController } from '../isDomainController.ts'
import { ownersOf, serviceAccounts } from '../spnOwners.ts'
import { hasBit, trustedForDelegation, trustedToAuthenticateForDelegation } from '../userAccountControl.ts'
import { edit, refuse, takesEffectLater, withAccount, type IntentOf, type PlanningWorld, type Wish } from './wish.ts'

/** msDS-AllowedToDelegateTo. The SPN is written as the caller spells it; the directory compares without case. */
export function planAllowService(world: PlanningWorld, { account, spn }: IntentOf<'allowService' | 'disallowService'>): readonly Wish[] {
  return withAccount(world, account, (connector) => [allowService(world, connector, spn, `${connector.accountName} is to delegate to ${spn}.`, withoutTransition(connector))])
}

/** Said even where the same plan sets the bit: each wish is read by itself. */
function withoutTransition({ accountName, userAccountControl }: PrincipalFacts): readonly string[] {
  if (hasBit(userAccountControl, trustedToAuthenticateForDelegation)) return []
  return [`${accountName} delegates with Kerberos only unless this plan changes that: a list then ends every sign-on through it for those who come without Kerberos, resource-based delegation included.`]
}

export function planDisallowService(world: PlanningWorld, { account, spn }: IntentOf<'allowService' | 'disallowService'>): readonly Wish[] {
  return withAccount(world, account, (connector) => [edit({
    account: connector, attribute: 'msDS-AllowedToDelegateTo',
    apply: (values) => succeed(values.filter((value) => spnKey(value) !== spnKey(spn))),
    reason: `${connector.accountName} is no longer to delegate to ${spn}.`, cautions: [takesEffectLater],
  })])
}

export function allowService(world: PlanningWorld, connector: PrincipalFacts, spn: string, reason: string, cautions: readonly string[] = []): Wish {
  const parsed = parseSpn(spn)
  if (!parsed.ok) return refuse(`"${spn}" ${describeSpnProblem(parsed.problem)}.`, 'Name the service as class/host, for example HTTP/intranet.contoso.com.')
  return edit({
    account: connector, attribute: 'msDS-AllowedToDelegateTo', reason, cautions: [...cautionsOf(world, connector, spn), ...cautions],
    apply: (values) => succeed(values.some((value) => spnKey(value) === spnKey(spn)) ? values : [...values, spn]),
  })
}

function cautionsOf(world: PlanningWorld, connector: PrincipalFacts, spn: string): readonly string[] {
  const owners = ownersOf(world.facts, spn)
  const accounts = owners.kind === 'read' ? serviceAccounts(owners.value) : []
  const controller = accounts.find(isDomainController)
  return [
    takesEffectLater,
    ...(owners.kind === 'read' && accounts.length === 0 && !world.registered.has(spnKey(spn)) ? [`Nobody has ${spn}: no ticket is issued for it until it is registered.`] : []),
    ...(controller === undefined ? [] : [`${spn} belongs to the domain controller ${controller.accountName}: whoever controls ${connector.accountName} could act there as anybody.`]),
    ...(hasBit(connector.userAccountControl, trustedForDelegation) ? [`${connector.accountName} is trusted for unconstrained delegation, which is more than this list allows; end that in a plan of its own.`] : []),
  ]
}
