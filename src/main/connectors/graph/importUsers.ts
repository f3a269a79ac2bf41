import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
import type { ImportPage } from '../connector.ts'
import { writeWatermark } from './deltaWatermark.ts'
import type { GraphClient } from './graphClient.ts'
import type { GraphScope } from './graphScope.ts'
import { bindWatermark, selectInScope } from './graphScope.ts'
import { judgeObject } from './judgeChange.ts'
import { readLatestDeltaLink } from './latestDeltaLink.ts'
import { anchorsOf, listUsers } from './listUsers.ts'

/**
 * Every user in scope, page by page, each user once.
 *
 * The delta token is taken before the listing begins: what changes meanwhile is in both, which does no harm, rather than in
 * neither. Members of a group are filtered here, as a delta import filters them.
 */
export async function* importUsers(client: GraphClient, scope: GraphScope, attributes: readonly string[], signal: AbortSignal): AsyncGenerator<Result<ImportPage, Problem>> {
  const selected = selectInScope(scope, attributes)
  const latest = await readLatestDeltaLink(client, scope.graphUrl, selected, signal)
  if (!latest.ok) {
    yield latest
    return
  }
  const binding = bindWatermark(scope, selected)
  const members: string[] = []
  for await (const listed of listUsers(client, scope, selected, signal)) {
    if (!listed.ok) {
      yield listed
      return
    }
    const page = scope.group === null ? listed.value : keepInFilter(listed.value, scope)
    if (scope.group !== null) members.push(...anchorsOf(page))
    const isEnd = page.isLast && latest.value !== null
    yield succeed(isEnd ? { ...page, watermark: writeWatermark(binding, { deltaLink: latest.value, members }) } : page)
  }
}

function keepInFilter(page: ImportPage, scope: GraphScope): ImportPage {
  return { ...page, objects: page.objects.filter((object) => judgeObject(object, 'stranger', scope.filter).kind === 'deliver') }
}
