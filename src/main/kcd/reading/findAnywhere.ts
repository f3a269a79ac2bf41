import type { PrincipalFacts, Reading } from '../../../shared/domain/delegation.ts'
import type { PrincipalQuery } from '../../connectors/delegationPorts.ts'
import type { DelegationSources } from './delegationSources.ts'

/**
 * Accounts that any of the questions finds, each once. The domain of connectors and applications is asked first, and that of
 * the guests' accounts only where nobody was found there: a proxy may stand in either.
 */
export async function findAnywhere({ accounts, resources }: Pick<DelegationSources, 'accounts' | 'resources'>, queries: readonly PrincipalQuery[], signal: AbortSignal): Promise<Reading<readonly PrincipalFacts[]>> {
  const readers = resources === null ? [accounts] : [resources, accounts]
  for (const reader of readers) {
    const found = new Map<string, PrincipalFacts>()
    for (const query of queries) {
      const answer = await reader.findPrincipals(query, signal)
      if (!answer.ok) return { kind: 'notRead', why: answer.problem.message }
      for (const principal of answer.value) found.set(principal.anchor, principal)
    }
    if (found.size > 0) return { kind: 'read', value: [...found.values()] }
  }
  return { kind: 'read', value: [] }
}
