import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { DelegationFacts, DelegationIntent, PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import type { ObjectGuid } from '../../../../shared/domain/ids.ts'
import { spnKey } from '../../../../shared/domain/spn.ts'
import { collectChanges, type PlannedIntents } from './collectChanges.ts'
import { knownAccounts } from './knownAccounts.ts'
import { planApplication } from './makeApplicationWork.ts'
import { planDelegationBit } from './planBits.ts'
import { planRegisterService, planUnregisterService } from './planServiceName.ts'
import { planAllowService, planDisallowService } from './planServiceList.ts'
import { planTrust } from './planTrust.ts'
import type { PlanningWorld, Wish } from './wish.ts'

/**
 * What has to change for the wishes to come true, from what was read; nothing where it is so already. `further` are accounts
 * that the wishes name and that the facts do not have. Steps on one attribute of one account become one change.
 */
export function planIntents(facts: DelegationFacts, intents: readonly DelegationIntent[], further: readonly PrincipalFacts[] = []): PlannedIntents {
  const world = makeWorld(facts, intents, further)
  return collectChanges(intents.flatMap((intent) => planIntent(world, intent).map((wish) => ({ intent, wish }))))
}

function planIntent(world: PlanningWorld, intent: DelegationIntent): readonly Wish[] {
  switch (intent.kind) {
    case 'allowService': return planAllowService(world, intent)
    case 'disallowService': return planDisallowService(world, intent)
    case 'useAnyProtocol': case 'useKerberosOnly': case 'endUnconstrained': case 'allowAes': return planDelegationBit(world, intent)
    case 'trustConnectors': case 'endTrust': return planTrust(world, intent)
    case 'registerService': return planRegisterService(world, intent)
    case 'unregisterService': return planUnregisterService(world, intent)
    case 'makeApplicationWork': return planApplication(world, intent)
    default: return assertNever(intent)
  }
}

function makeWorld(facts: DelegationFacts, intents: readonly DelegationIntent[], further: readonly PrincipalFacts[]): PlanningWorld {
  const accounts = knownAccounts(facts, further)
  const registered = new Map<string, PrincipalFacts>()
  const unregistered = new Map<string, readonly ObjectGuid[]>()
  for (const intent of intents) {
    if (intent.kind === 'unregisterService') unregistered.set(spnKey(intent.spn), [...(unregistered.get(spnKey(intent.spn)) ?? []), intent.account])
    const account = intent.kind === 'registerService' ? accounts.get(intent.account) : undefined
    // The first of two that want the same SPN gets it; the other one is refused.
    if (intent.kind === 'registerService' && account !== undefined && !registered.has(spnKey(intent.spn))) registered.set(spnKey(intent.spn), account)
  }
  return { facts, accounts, registered, unregistered }
}
