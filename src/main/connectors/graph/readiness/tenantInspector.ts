import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { TenantInspector } from '../../readinessPorts.ts'
import type { EntraConnection } from '../entraConnection.ts'
import { createGraphClient } from '../graphClient.ts'
import type { GraphAnswer, GraphClient } from '../graphClient.ts'
import { malformedAnswer } from '../malformedAnswer.ts'
import { isRecord } from '../parseJson.ts'
import { readTokenClaims } from '../tokenClaims.ts'
import { createTokenSource } from '../tokenSource.ts'
import { trustAuthorities } from '../trustAuthorities.ts'
import type { Waiting } from '../waiting.ts'
import { systemWaiting } from '../waiting.ts'

/** Looks at one tenant as the application of the connection. `close` cancels what is under way. */
export function createTenantInspector(connection: EntraConnection, waiting: Waiting = systemWaiting): TenantInspector {
  const closing = new AbortController()
  const trust = trustAuthorities(connection.caPem)
  const tokens = createTokenSource(connection, waiting)
  const client = createGraphClient(connection.graphUrl, tokens, waiting)
  const url = (path: string) => `${connection.graphUrl}/v1.0/${path}`
  const trusted = <Value>(ask: (signal: AbortSignal) => Promise<Result<Value, Problem>>) => async (signal: AbortSignal) => (trust.ok ? ask(AbortSignal.any([signal, closing.signal])) : trust)
  return {
    readToken: trusted(async (signal) => {
      const token = await tokens.current(signal)
      return token.ok ? succeed(readTokenClaims(token.value)) : token
    }),
    probe: (collection, signal) => trusted((until) => probe(client, url(`${collection}?$select=id&$top=1`), until))(signal),
    readInvitationPolicy: trusted((signal) => readInvitationPolicy(client, url('policies/authorizationPolicy'), signal)),
    readLicences: trusted((signal) => readLicences(client, url('subscribedSkus?$select=skuPartNumber,capabilityStatus'), signal)),
    readClock: trusted((signal) => readClock(client, url('users?$select=id&$top=1'), waiting, signal)),
    close: async () => closing.abort(),
  }
}

async function probe(client: GraphClient, url: string, signal: AbortSignal): Promise<Result<null, Problem>> {
  const answered = await client.getJson(url, {}, signal)
  return answered.ok ? succeed(null) : answered
}

/** https://learn.microsoft.com/graph/api/authorizationpolicy-get */
async function readInvitationPolicy(client: GraphClient, url: string, signal: AbortSignal): Promise<Result<string, Problem>> {
  const answered = await client.getJson(url, {}, signal)
  if (!answered.ok) return answered
  // v1.0 answers with the policy; some clouds with a list of the one.
  const body = isRecord(answered.value.body) && Array.isArray(answered.value.body['value']) ? answered.value.body['value'][0] : answered.value.body
  const allowed = isRecord(body) ? body['allowInvitesFrom'] : null
  return typeof allowed === 'string' ? succeed(allowed) : fail(unexpected(answered.value, 'there is no allowInvitesFrom'))
}

/** https://learn.microsoft.com/graph/api/subscribedsku-list */
async function readLicences(client: GraphClient, url: string, signal: AbortSignal): Promise<Result<readonly string[], Problem>> {
  const answered = await client.getJson(url, {}, signal)
  if (!answered.ok) return answered
  const { body } = answered.value
  if (!isRecord(body) || !Array.isArray(body['value'])) return fail(unexpected(answered.value, 'there is no list named value'))
  return succeed(body['value'].filter(isRecord).filter((sku) => sku['capabilityStatus'] === 'Enabled').map((sku) => String(sku['skuPartNumber'])))
}

async function readClock(client: GraphClient, url: string, waiting: Waiting, signal: AbortSignal): Promise<Result<number, Problem>> {
  const answered = await client.getJson(url, {}, signal)
  if (!answered.ok) return answered
  const date = Date.parse(answered.value.answer.headers.get('date') ?? '')
  return Number.isNaN(date) ? fail(unexpected(answered.value, 'there is no header Date')) : succeed(Math.round((date - waiting.now()) / 1000))
}

function unexpected({ url, answer }: GraphAnswer, what: string): Problem {
  return malformedAnswer(url, answer.status, answer.headers, what)
}
