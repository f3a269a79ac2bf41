import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { EntraConnection } from '../entraConnection.ts'
import { createGraphClient } from '../graphClient.ts'
import type { GraphAnswer } from '../graphClient.ts'
import { malformedAnswer } from '../malformedAnswer.ts'
import { isRecord } from '../parseJson.ts'
import { createTokenSource } from '../tokenSource.ts'
import { trustAuthorities } from '../trustAuthorities.ts'
import type { Waiting } from '../waiting.ts'
import { systemWaiting } from '../waiting.ts'

/** What is nice to know of a tenant while it is connected; Guestbridge works without, so a refusal is no fault. */
export type TenantVisitor = {
  /** displayName of the tenant; needs Organization.Read.All. */
  readName(signal: AbortSignal): Promise<Result<string, Problem>>
  /** The day on which the client secret of the connection ends; null: no single secret fits. Needs Application.Read.All. */
  readSecretEnd(secret: string, signal: AbortSignal): Promise<Result<string | null, Problem>>
}

export function createTenantVisitor(connection: EntraConnection, waiting: Waiting = systemWaiting): TenantVisitor {
  const trust = trustAuthorities(connection.caPem)
  const client = createGraphClient(connection.graphUrl, createTokenSource(connection, waiting), waiting)
  const get = async (path: string, signal: AbortSignal): Promise<Result<GraphAnswer, Problem>> => (trust.ok ? client.getJson(`${connection.graphUrl}/v1.0/${path}`, {}, signal) : trust)
  return {
    readName: async (signal) => {
      const answered = await get('organization?$select=id,displayName', signal)
      return answered.ok ? readName(answered.value) : answered
    },
    readSecretEnd: async (secret, signal) => {
      const answered = await get(`applications(appId='${encodeURIComponent(connection.clientId)}')?$select=passwordCredentials`, signal)
      return answered.ok ? readSecretEnd(answered.value, secret) : answered
    },
  }
}

/** https://learn.microsoft.com/graph/api/organization-list */
function readName(answered: GraphAnswer): Result<string, Problem> {
  const list = isRecord(answered.body) ? answered.body['value'] : null
  const first: unknown = Array.isArray(list) ? list[0] : null
  const name = isRecord(first) ? first['displayName'] : null
  return typeof name === 'string' ? succeed(name) : fail(malformedAnswer(answered.url, answered.answer.status, answered.answer.headers, 'it names no tenant'))
}

/** `hint` holds the first three characters of a secret (https://learn.microsoft.com/graph/api/resources/passwordcredential). */
const hintLength = 3

function readSecretEnd({ url, body, answer }: GraphAnswer, secret: string): Result<string | null, Problem> {
  const credentials = isRecord(body) ? body['passwordCredentials'] : null
  if (!Array.isArray(credentials)) return fail(malformedAnswer(url, answer.status, answer.headers, 'there is no list named passwordCredentials'))
  const ends = credentials.filter(isRecord).filter(({ hint }) => hint === secret.slice(0, hintLength)).map(({ endDateTime }) => endDateTime)
  const [end, ...others] = ends
  // Two secrets may begin alike: a wrong date would be worse than none.
  return succeed(typeof end === 'string' && others.length === 0 && !Number.isNaN(Date.parse(end)) ? new Date(end).toISOString().slice(0, 10) : null)
}
