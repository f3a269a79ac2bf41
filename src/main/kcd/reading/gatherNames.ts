import type { DelegationFacts, PrincipalFacts } from '../../../shared/domain/delegation.ts'
import type { Sid } from '../../../shared/domain/ids.ts'
import type { DelegationSources } from './delegationSources.ts'

type Named = DelegationFacts['names'][string]

/** What the SIDs in descriptors and groups are called. One that nobody in the applications' domain has may be of the accounts' domain. */
export async function gatherNames({ accounts, resources }: DelegationSources, facts: Omit<DelegationFacts, 'names'>, signal: AbortSignal): Promise<DelegationFacts['names']> {
  const sids = [...new Set(sidsOf(facts))]
  const names = new Map<Sid, Named>()
  for (const reader of resources === null ? [accounts] : [accounts, resources]) {
    const missing = sids.filter((sid) => !isNamed(names.get(sid)))
    if (missing.length === 0) break
    const found = await reader.nameSids(missing, signal)
    for (const sid of missing) {
      const answer: Named = found.ok ? found.value.get(sid) ?? { kind: 'notRead', why: `${sid} was not answered` } : { kind: 'notRead', why: found.problem.message }
      // "Nobody" of one domain and no answer of the other: nobody can say that it is gone.
      if (isNamed(answer) || names.get(sid)?.kind !== 'notRead') names.set(sid, answer)
    }
  }
  return Object.fromEntries(names)
}

function isNamed(name: Named | undefined): boolean {
  return name?.kind === 'read' && name.value !== null
}

function sidsOf({ domains, connectors, services, guests }: Omit<DelegationFacts, 'names'>): readonly Sid[] {
  const owners = Object.values(services).flatMap((service) => (service.kind === 'read' ? service.value.map(({ account }) => account) : []))
  const proxies = connectors.flatMap(({ accounts }) => (accounts.kind === 'read' ? accounts.value : []))
  const shadows = guests.flatMap(({ account }) => (account.kind === 'read' && account.value !== null ? [account.value] : []))
  return [
    ...domains.flatMap(({ preWindows2000Access, authorizationAccess }) => [preWindows2000Access, authorizationAccess].flatMap((members) => (members.kind === 'read' ? members.value : []))),
    ...[...owners, ...proxies].flatMap(trustedBy),
    ...[...proxies, ...shadows].flatMap(({ tokenGroups }) => (tokenGroups.kind === 'read' ? tokenGroups.value : [])),
  ]
}

function trustedBy({ trust }: PrincipalFacts): readonly Sid[] {
  const content = trust.kind === 'read' ? trust.value?.content : undefined
  return content?.kind === 'descriptor' ? content.entries.flatMap(({ sid }) => sid ?? []) : []
}
