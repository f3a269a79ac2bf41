import { z } from 'zod'
import { loginMappings } from '../../../shared/domain/delegation.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { ApplicationProxy, ApplicationProxyReader, ProxyApplication, ProxyConnector } from '../applicationProxy.ts'
import { createGraphClient, type GraphClient } from './graphClient.ts'
import { listPages } from './listPages.ts'
import { malformedAnswer } from './malformedAnswer.ts'
import type { TokenSource } from './tokenSource.ts'
import { trustAuthorities } from './trustAuthorities.ts'
import type { Waiting } from './waiting.ts'
import { systemWaiting } from './waiting.ts'

/** Only what is used of the beta shapes; what is more, or new, is passed over. */
const groupSchema = z.object({ id: z.string(), name: z.string() })
const connectorSchema = z.object({ id: z.string(), machineName: z.string(), status: z.string() })
const idSchema = z.object({ id: z.string() })
const applicationSchema = z.object({
  id: z.string(), appId: z.string(), displayName: z.string(),
  onPremisesPublishing: z.object({
    internalUrl: z.string().nullish(),
    externalAuthenticationType: z.string().nullish(),
    singleSignOnSettings: z.object({
      singleSignOnMode: z.string().nullish(),
      kerberosSignOnSettings: z.object({ kerberosServicePrincipalName: z.string().nullish(), kerberosSignOnMappingAttributeType: z.string().nullish() }).nullish(),
    }).nullish(),
  }).nullish(),
})
const servicePrincipalSchema = z.object({ id: z.string(), appRoleAssignmentRequired: z.boolean() })
const assignmentSchema = z.object({ principalId: z.string(), principalType: z.string() })

type Group = z.infer<typeof groupSchema>
type Graph = { readonly client: GraphClient; readonly graphUrl: string; readonly signal: AbortSignal }

const root = '/beta/onPremisesPublishingProfiles/applicationProxy'

/**
 * Reads Entra application proxy: connector groups with their connectors and applications, the Kerberos settings of each, and
 * who may use it (https://learn.microsoft.com/graph/api/resources/onpremisespublishing?view=graph-rest-beta).
 * Graph gives it to persons with a role, not to applications: `notPermitted` otherwise.
 */
export function createApplicationProxyReader({ graphUrl, caPem }: { readonly graphUrl: string; readonly caPem: string | null }, tokens: TokenSource, waiting: Waiting = systemWaiting): ApplicationProxyReader {
  const trust = trustAuthorities(caPem)
  const closing = new AbortController()
  const client = createGraphClient(graphUrl, tokens, waiting)
  return {
    read: async (signal) => (trust.ok ? readProxy({ client, graphUrl, signal: AbortSignal.any([signal, closing.signal]) }) : trust),
    close: async () => closing.abort(),
  }
}

async function readProxy(graph: Graph): Promise<Result<ApplicationProxy, Problem>> {
  const groups = await list(graph, `${root}/connectorGroups`, groupSchema)
  if (!groups.ok) return groups
  const all = await list(graph, `${root}/connectors`, connectorSchema)
  if (!all.ok) return all
  const groupOf = new Map<string, string>()
  const applications: ProxyApplication[] = []
  for (const group of groups.value) {
    const members = await list(graph, `${root}/connectorGroups/${encodeURIComponent(group.id)}/members`, idSchema)
    if (!members.ok) return members
    for (const { id } of members.value) groupOf.set(id, group.name)
    const published = await readApplications(graph, group)
    if (!published.ok) return published
    applications.push(...published.value)
  }
  const connectors = all.value.map(({ id, machineName, status }): ProxyConnector => ({ id, machineName, status: status === 'active' ? 'active' : 'inactive', group: groupOf.get(id) ?? null }))
  return succeed({ connectors, applications })
}

async function readApplications(graph: Graph, group: Group): Promise<Result<readonly ProxyApplication[], Problem>> {
  const ids = await list(graph, `${root}/connectorGroups/${encodeURIComponent(group.id)}/applications`, idSchema)
  if (!ids.ok) return ids
  const applications: ProxyApplication[] = []
  for (const { id } of ids.value) {
    const application = await readApplication(graph, id, group)
    if (!application.ok) return application
    applications.push(application.value)
  }
  return succeed(applications)
}

async function readApplication(graph: Graph, id: string, group: Group): Promise<Result<ProxyApplication, Problem>> {
  const read = await get(graph, `/beta/applications/${encodeURIComponent(id)}?$select=id,appId,displayName,onPremisesPublishing`, applicationSchema)
  if (!read.ok) return read
  const assignedTo = await readAssignments(graph, read.value.appId)
  if (!assignedTo.ok) return assignedTo
  const publishing = read.value.onPremisesPublishing
  const kerberos = publishing?.singleSignOnSettings?.kerberosSignOnSettings
  return succeed({
    id: read.value.id, name: read.value.displayName, group: group.name,
    internalUrl: publishing?.internalUrl ?? null,
    preAuthentication: publishing?.externalAuthenticationType ?? null,
    singleSignOnMode: publishing?.singleSignOnSettings?.singleSignOnMode ?? null,
    spn: kerberos?.kerberosServicePrincipalName ?? null,
    mapping: loginMappings.find((mapping) => mapping === kerberos?.kerberosSignOnMappingAttributeType) ?? null,
    assignedTo: assignedTo.value,
  })
}

/** Null: no assignment is required, so everybody may use it. Groups count with everybody in them, nested ones too. */
async function readAssignments(graph: Graph, appId: string): Promise<Result<readonly string[] | null, Problem>> {
  const principal = await get(graph, `/beta/servicePrincipals(appId='${encodeURIComponent(appId)}')?$select=id,appRoleAssignmentRequired`, servicePrincipalSchema)
  if (!principal.ok) return principal
  if (!principal.value.appRoleAssignmentRequired) return succeed(null)
  const assignments = await list(graph, `/beta/servicePrincipals/${encodeURIComponent(principal.value.id)}/appRoleAssignedTo`, assignmentSchema)
  if (!assignments.ok) return assignments
  const users = new Set(assignments.value.flatMap(({ principalId, principalType }) => (principalType === 'User' ? [principalId.toLowerCase()] : [])))
  for (const { principalId, principalType } of assignments.value) {
    if (principalType !== 'Group') continue
    const members = await list(graph, `/v1.0/groups/${encodeURIComponent(principalId)}/transitiveMembers/microsoft.graph.user?$select=id`, idSchema)
    if (!members.ok) return members
    for (const { id } of members.value) users.add(id.toLowerCase())
  }
  return succeed([...users])
}

async function get<Shape>({ client, graphUrl, signal }: Graph, path: string, schema: z.ZodType<Shape>): Promise<Result<Shape, Problem>> {
  const received = await client.getJson(`${graphUrl}${path}`, {}, signal)
  if (!received.ok) return received
  const { url, body, answer } = received.value
  const parsed = schema.safeParse(body)
  return parsed.success ? succeed(parsed.data) : fail(malformedAnswer(url, answer.status, answer.headers, describeMismatch(parsed.error)))
}

async function list<Shape>({ client, graphUrl, signal }: Graph, path: string, schema: z.ZodType<Shape>): Promise<Result<readonly Shape[], Problem>> {
  const url = `${graphUrl}${path}`
  const rows: Shape[] = []
  for await (const listed of listPages(url, graphUrl, (page, stop) => client.getJson(page, {}, stop), signal)) {
    if (!listed.ok) return listed
    const parsed = z.array(schema).safeParse(listed.value.page.elements)
    if (!parsed.success) return fail(malformedAnswer(url, 200, new Headers(), describeMismatch(parsed.error)))
    rows.push(...parsed.data)
  }
  return succeed(rows)
}

function describeMismatch(error: z.ZodError): string {
  return error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`).join('; ')
}
