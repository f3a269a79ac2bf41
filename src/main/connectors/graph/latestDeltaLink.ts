import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
import type { GraphClient } from './graphClient.ts'
import { readDeltaRound } from './readDeltaRound.ts'

/** How tenants and services answer that have no change tracking (external tenants, attributes that it does not cover). */
const notOffered: ReadonlySet<unknown> = new Set([400, 404, 405, 501])

/**
 * Where a delta import may begin, without any users: `$deltatoken=latest`. Null where Graph offers no delta for these
 * attributes; a full import is possible all the same. https://learn.microsoft.com/graph/delta-query-overview
 */
export async function readLatestDeltaLink(client: GraphClient, graphUrl: string, selected: readonly string[], signal: AbortSignal): Promise<Result<string | null, Problem>> {
  const url = `${graphUrl}/v1.0/users/delta?$deltatoken=latest&$select=${selected.map(encodeURIComponent).join(',')}`
  const round = await readDeltaRound(client, graphUrl, url, new Set(), signal)
  if (round.ok) return succeed(round.value.deltaLink)
  const { kind, detail } = round.problem
  return kind !== 'malformedAnswer' && notOffered.has(detail?.['status']) ? succeed(null) : round
}
