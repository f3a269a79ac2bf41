import type { DeltaChange, DeltaPage, EntraReader, ImportPage } from '../../../src/main/connectors/connector.ts'
import type { EntraConnection } from '../../../src/main/connectors/graph/entraConnection.ts'
import type { Waiting } from '../../../src/main/connectors/graph/waiting.ts'
import type { Problem } from '../../../src/shared/domain/problem.ts'
import type { Result } from '../../../src/shared/domain/result.ts'
import type { Authority } from '../../fixtures/certificates.ts'
import type { BatchedReply, GraphServer, Reply } from '../../fixtures/graphServer.ts'
import { batchedError, json, tenantId } from '../../fixtures/graphServer.ts'

export const secret = 'Q~8-a.secret.that-must-not-be-seen'

export function connectionTo(server: GraphServer, authority: Authority, more: Partial<EntraConnection> = {}): EntraConnection {
  return {
    graphUrl: server.url, signInUrl: server.url, tenantId, clientId: '0c7a1a9c-1d5b-4c3e-8f7a-2b6d4e8f9a10',
    credential: { kind: 'secret', secret }, caPem: authority.certificatePem, filter: "userType eq 'Guest'", pageSize: 999, ...more,
  }
}

/** Waits that take no time and are written down. */
export function recordWaits(random = 0.5): Waiting & { readonly waits: readonly number[] } {
  const waits: number[] = []
  return { waits, random: () => random, now: () => Date.now(), sleep: async (milliseconds) => void waits.push(milliseconds) }
}

export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

export function guest(number: number, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    id: idOf(number), userPrincipalName: `guest${number}_fabrikam.com#EXT#@contoso.onmicrosoft.com`, displayName: `Guest ${number}`, accountEnabled: true,
    userType: 'Guest', externalUserState: 'Accepted', onPremisesSyncEnabled: null, onPremisesSecurityIdentifier: null, ...more,
  }
}

/** A page of users; `next` is the token of the page that follows. */
export function page(server: GraphServer, elements: readonly unknown[], next: string | null = null, count: number | null = null): Reply {
  return json(200, {
    '@odata.context': `${server.url}/v1.0/$metadata#users(id,userPrincipalName)`,
    ...(count === null ? {} : { '@odata.count': count }),
    ...(next === null ? {} : { '@odata.nextLink': linkTo(server, next) }),
    value: elements,
  })
}

export function linkTo(server: GraphServer, skipToken: string): string {
  return `${server.url}/v1.0/users?$skiptoken=${skipToken}&$top=999&$select=id`
}

export async function readPages(pages: AsyncIterable<Result<ImportPage, Problem>>): Promise<{ readonly pages: readonly ImportPage[]; readonly problem: Problem | null }> {
  const read: ImportPage[] = []
  for await (const result of pages) {
    if (!result.ok) return { pages: read, problem: result.problem }
    read.push(result.value)
  }
  return { pages: read, problem: null }
}

/** A page of a delta: `skip` leads on to the next page, `end` is the token of the deltaLink. */
export function deltaPage(server: GraphServer, elements: readonly unknown[], link: { readonly skip: string } | { readonly end: string }): Reply {
  return json(200, { value: elements, ...('skip' in link ? { '@odata.nextLink': skipLink(server, link.skip) } : { '@odata.deltaLink': deltaLink(server, link.end) }) })
}

export function skipLink(server: GraphServer, token: string): string {
  return `${server.url}/v1.0/users/delta?$skiptoken=${token}`
}

export function deltaLink(server: GraphServer, token: string): string {
  return `${server.url}/v1.0/users/delta?$deltatoken=${token}`
}

/** Answers looks at single users; who is not among them does not exist. */
export function answerLooksWith(server: GraphServer, users: readonly Readonly<Record<string, unknown>>[]): void {
  server.answerBatches(({ url }): BatchedReply => {
    const user = users.find((each) => url.startsWith(`/users/${String(each['id'])}?`))
    return user === undefined ? batchedError(404, 'Request_ResourceNotFound') : { status: 200, body: user }
  })
}

export type ReadDelta = { readonly changes: readonly DeltaChange[]; readonly pages: readonly DeltaPage[]; readonly problem: Problem | null; readonly watermark: string | null }

/** A delta import to its end; `known` are the anchors that the connector space has. */
export async function readDelta(reader: EntraReader, watermark: string, known: readonly string[], attributes: readonly string[] = []): Promise<ReadDelta> {
  const pages: DeltaPage[] = []
  let problem: Problem | null = null
  const request = { attributes, watermark, signal: new AbortController().signal, known: async (anchors: readonly string[]) => new Set(anchors.filter((anchor) => known.includes(anchor))) }
  for await (const page of reader.importDelta(request)) {
    if (page.ok) pages.push(page.value)
    else problem = page.problem
  }
  return { pages, problem, changes: pages.flatMap((page) => page.changes), watermark: pages.at(-1)?.isLast === true ? pages.at(-1)?.watermark ?? null : null }
}

/** The watermark that a full import of these attributes leaves. */
export async function watermarkOf(reader: EntraReader, attributes: readonly string[] = []): Promise<string> {
  const { pages, problem } = await readPages(reader.importAll({ attributes, signal: new AbortController().signal }))
  const watermark = pages.at(-1)?.watermark ?? null
  if (watermark === null) throw new Error(`The import left no watermark: ${problem?.message ?? 'none was offered'}`)
  return watermark
}
