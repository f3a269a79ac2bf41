import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { ImportPage } from '../connector.ts'
import type { EntraConnection } from './entraConnection.ts'
import type { GraphAnswer, GraphClient } from './graphClient.ts'
import type { ListedPage } from './listPages.ts'
import { listPages } from './listPages.ts'
import { toConnectorObject } from './toConnectorObject.ts'
import { selectAttributes } from './userAttributes.ts'
import { hasLimitedInformation } from './usersPage.ts'

/** Needed on every page: a nextLink does not carry it on, and `$count` asks for it. */
const headers = { ConsistencyLevel: 'eventual' }

/**
 * Every user in scope, page by page, each user once. Where Graph forgot the page token the listing begins again, once;
 * what was delivered already is not delivered again.
 */
export async function* importUsers(client: GraphClient, connection: EntraConnection, attributes: readonly string[], signal: AbortSignal): AsyncGenerator<Result<ImportPage, Problem>> {
  const selected = selectAttributes(attributes)
  const delivered = new Set<string>()
  const lowerNames = new Set(selected.map((name) => name.toLowerCase()))
  const fetchPage = (url: string, stop: AbortSignal): Promise<Result<GraphAnswer, Problem>> => client.getJson(url, headers, stop)
  for (let restarts = 0; ; restarts += 1) {
    let mustRestart = false
    for await (const listed of listPages(firstUrl(connection, selected), connection.graphUrl, fetchPage, signal)) {
      mustRestart = !listed.ok && listed.problem.kind === 'pageTokenExpired' && restarts === 0
      if (mustRestart) break
      yield listed.ok ? readPage(listed.value, lowerNames, delivered) : listed
      if (!listed.ok) return
    }
    if (!mustRestart) return
  }
}

function firstUrl(connection: EntraConnection, selected: readonly string[]): string {
  const query = [
    `$select=${selected.map(encodeURIComponent).join(',')}`, `$top=${connection.pageSize}`, '$count=true',
    // Encoded here: `#` of a guest's name would end the URL.
    ...(connection.filter === '' ? [] : [`$filter=${encodeURIComponent(connection.filter)}`]),
  ]
  return `${connection.graphUrl}/v1.0/users?${query.join('&')}`
}

function readPage(listed: ListedPage, selected: ReadonlySet<string>, delivered: Set<string>): Result<ImportPage, Problem> {
  const { page, number, total } = listed
  if (hasLimitedInformation(page)) return fail(limitedInformation)
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
  return succeed({ objects, problems, total, isLast: page.nextLink === null })
}

const limitedInformation: Problem = {
  kind: 'limitedInformation',
  message: 'Graph lists the users, but with their id only: the application role User.Read.All is missing.',
  remedy: 'Add User.Read.All (Application) under App registrations, API permissions, and let an administrator grant consent.',
}
