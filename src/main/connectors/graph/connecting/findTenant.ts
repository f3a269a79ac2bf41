import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import { malformedAnswer } from '../malformedAnswer.ts'
import { isRecord, parseJson } from '../parseJson.ts'
import type { HttpAnswer } from '../sendRequest.ts'
import { sendOnce, sendWithRetries } from '../sendRequest.ts'
import { describeTokenServiceError } from '../tokenServiceProblems.ts'
import { trustAuthorities } from '../trustAuthorities.ts'
import type { Waiting } from '../waiting.ts'
import { systemWaiting } from '../waiting.ts'

/** Hosts are those that the sign-in service names for the tenant's cloud; null where it does not say. */
export type TenantFacts = { readonly tenantId: string; readonly graphHost: string | null; readonly cloudInstance: string | null }

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i

/**
 * Which tenant goes by this id or domain name, by OpenID Connect Discovery 1.0 (section 4): the issuer of its tokens carries
 * the id. Anybody may ask; nothing but the name is sent.
 */
export async function findTenant(signInUrl: string, caPem: string | null, tenant: string, signal: AbortSignal, waiting: Waiting = systemWaiting): Promise<Result<TenantFacts, Problem>> {
  const trust = trustAuthorities(caPem)
  if (!trust.ok) return trust
  const url = `${signInUrl}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`
  const answer = await sendWithRetries(url, () => sendOnce({ method: 'GET', url, headers: { accept: 'application/json' }, body: null }, signal), waiting, signal)
  return answer.ok ? readFacts(url, tenant, answer.value) : answer
}

function readFacts(url: string, tenant: string, { status, headers, text }: HttpAnswer): Result<TenantFacts, Problem> {
  const body = parseJson(text)
  if (!body.ok) return fail(malformedAnswer(url, status, headers, body.problem))
  if (!isRecord(body.value)) return fail(malformedAnswer(url, status, headers, 'it is no object'))
  const { issuer, error, msgraph_host: graphHost, cloud_instance_name: cloudInstance } = body.value
  if (typeof error === 'string') return fail(refusal(tenant, body.value, error, status))
  const tenantId = typeof issuer === 'string' ? guid.exec(issuer)?.[0]?.toLowerCase() : undefined
  if (tenantId === undefined) return fail(malformedAnswer(url, status, headers, 'its issuer names no tenant'))
  return succeed({ tenantId, graphHost: typeof graphHost === 'string' ? graphHost : null, cloudInstance: typeof cloudInstance === 'string' ? cloudInstance : null })
}

function refusal(tenant: string, body: Readonly<Record<string, unknown>>, error: string, status: number): Problem {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const codes = body['error_codes']
  const code = Array.isArray(codes) ? String(codes[0]) : 'unknown'
  const problem = describeTokenServiceError({ error, code, description: text(body['error_description']), status, correlationId: text(body['correlation_id']) })
  return { ...problem, message: `No tenant was found for "${tenant}". ${problem.message}`, remedy: 'Check the spelling and the cloud. The id stands in the Entra admin center under Overview.' }
}
