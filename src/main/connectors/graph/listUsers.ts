import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { parseObjectGuid } from '../../../shared/domain/ids.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { ImportPage } from '../connector.ts'
import type { GraphAnswer, GraphClient } from './graphClient.ts'
import type { GraphScope } from './graphScope.ts'
import type { ListedPage } from './listPages.ts'
import { listPages } from './listPages.ts'
import { toConnectorObject } from './toConnectorObject.ts'
import { hasLimitedInformation } from './usersPage.ts'

/** Needed on every page: a nextLink does not carry it on, and `$count` asks for it. */
const headers = { ConsistencyLevel: 'eventual' }

/**
 * The users of the tenant that are in the filter, or all transitive members of the scope group (not filtered yet), each
 * once. Where Graph forgot the page token the listing begins again, once; what was delivered already is not delivered again.
 */
export async function* listUsers(client: GraphClient, scope: GraphScope, selected: readonly string[], signal: AbortSignal): AsyncGenerator<Result<ImportPage, Problem>> {
  const delivered = new Set<string>()
  const lowerNames = new Set(selected.map((name) => name.toLowerCase()))
  const fetchPage = (url: string, stop: AbortSignal): Promise<Result<GraphAnswer, Problem>> => client.getJson(url, headers, stop)
  for (let restarts = 0; ; restarts += 1) {
    let mustRestart = false
    for await (const listed of listPages(firstUrl(scope, selected), scope.graphUrl, fetchPage, signal)) {
      mustRestart = !listed.ok && listed.problem.kind === 'pageTokenExpired' && restarts === 0
      if (mustRestart) break
      yield listed.ok ? readPage(listed.value, scope, lowerNames, delivered) : listed
      if (!listed.ok) return
    }
    if (!mustRestart) return
  }
}

/** Those that could not be understood are listed as well: the connector space keeps what it had of them. */
export function anchorsOf(page: Pick<ImportPage, 'objects' | 'problems'>): readonly string[] {
  const named = page.problems.map((problem) => parseObjectGuid(problem.object)).flatMap((anchor) => (anchor.ok ? [anchor.value] : []))
  return [...page.objects.map((object) => object.anchor), ...named]
}

function firstUrl(scope: GraphScope, selected: readonly string[]): string {
  // Encoded here: `#` of a guest's name would end the URL.
  const filter = scope.group !== null || scope.filterText === '' ? [] : [`$filter=${encodeURIComponent(scope.filterText)}`]
  const query = [`$select=${selected.map(encodeURIComponent).join(',')}`, `$top=${scope.pageSize}`, '$count=true', ...filter]
  const collection = scope.group === null ? 'users' : `groups/${scope.group}/transitiveMembers/microsoft.graph.user`
  return `${scope.graphUrl}/v1.0/${collection}?${query.join('&')}`
}

function readPage(listed: ListedPage, scope: GraphScope, selected: ReadonlySet<string>, delivered: Set<string>): Result<ImportPage, Problem> {
  const { page, number, total } = listed
  if (hasLimitedInformation(page)) return fail(scope.group === null ? limitedUsers : limitedMembers)
  const objects: ConnectorObject[] = []
  const problems: ObjectProblem[] = []
  for (const [index, element] of page.elements.entries()) {
    const read = toConnectorObject(element, `element ${index + 1} of page ${number}`, selected)
    const key = read.ok ? read.value.anchor : read.problem.object
    if (delivered.has(key)) continue
    delivered.add(key)
    if (read.ok) objects.push(read.value)
    else problems.push(read.problem)
  }
  // Of a group Graph counts all members; how many of them are in the filter nobody knows before the end.
  return succeed({ objects, problems, total: scope.group === null ? total : null, isLast: page.nextLink === null, watermark: null })
}

const limitedUsers: Problem = {
  kind: 'limitedInformation',
  message: 'Graph lists the users, but with their id only: the application role User.Read.All is missing.',
  remedy: 'Add User.Read.All (Application) under App registrations, API permissions, and let an administrator grant consent.',
}

const limitedMembers: Problem = {
  kind: 'limitedInformation',
  message: 'Graph lists the members of the scope group, but with their id only: GroupMember.Read.All is granted, User.Read.All is missing.',
  remedy: 'Add User.Read.All (Application) beside GroupMember.Read.All under App registrations, API permissions, and let an administrator grant consent.',
}
