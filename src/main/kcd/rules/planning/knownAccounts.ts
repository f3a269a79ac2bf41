import type { DelegationFacts, PrincipalFacts, Reading } from '../../../../shared/domain/delegation.ts'
import type { ObjectGuid } from '../../../../shared/domain/ids.ts'

/** Every account that the facts speak of, each once: connectors, owners of services, guests' accounts. */
export function knownAccounts(facts: DelegationFacts, further: readonly PrincipalFacts[]): ReadonlyMap<ObjectGuid, PrincipalFacts> {
  const accounts = [
    ...facts.connectors.flatMap(({ accounts: found }) => valuesOf(found)),
    ...Object.values(facts.services).flatMap((owners) => valuesOf(owners).map(({ account }) => account)),
    ...facts.guests.flatMap(({ account }) => (account.kind === 'read' && account.value !== null ? [account.value] : [])),
    ...further,
  ]
  return new Map(accounts.map((account) => [account.anchor, account]))
}

function valuesOf<Value>(reading: Reading<readonly Value[]>): readonly Value[] {
  return reading.kind === 'read' ? reading.value : []
}
