import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { EntraReader, TenantIdentity } from '../connector.ts'
import type { BatchSender } from './batch.ts'
import type { EntraConnection } from './entraConnection.ts'
import { createGraphClient } from './graphClient.ts'
import { readScope } from './graphScope.ts'
import { importDelta } from './importDelta.ts'
import { importUsers } from './importUsers.ts'
import { proveAbsence } from './proveAbsence.ts'
import { readTokenClaims } from './tokenClaims.ts'
import type { TokenSource } from './tokenSource.ts'
import { createTokenSource } from './tokenSource.ts'
import { trustAuthorities } from './trustAuthorities.ts'
import type { Waiting } from './waiting.ts'
import { systemWaiting } from './waiting.ts'

/**
 * Reads the guests of one tenant through Microsoft Graph. Nothing is sent before the first call; one sign-in serves all
 * calls until its token runs out. `close` cancels what is under way.
 */
export function createEntraReader(connection: EntraConnection, waiting: Waiting = systemWaiting): EntraReader {
  const closing = new AbortController()
  const trust = trustAuthorities(connection.caPem)
  // What is wrong with the configuration is the answer to every call.
  const scope = trust.ok ? readScope(connection) : trust
  const tokens = createTokenSource(connection, waiting)
  const client = createGraphClient(connection.graphUrl, tokens, waiting)
  const sender: BatchSender = { client, graphUrl: connection.graphUrl, waiting }
  const untilClosed = (signal: AbortSignal) => AbortSignal.any([signal, closing.signal])
  return {
    connector: 'entra',
    identify: async (signal) => (scope.ok ? identify(connection, tokens, untilClosed(signal)) : scope),
    importAll: (request) => (scope.ok ? importUsers(client, scope.value, request.attributes, untilClosed(request.signal)) : refuse(scope)),
    importDelta: (request) => (scope.ok ? importDelta(sender, scope.value, request, untilClosed(request.signal)) : refuse(scope)),
    proveAbsence: async (ids, signal) => (scope.ok ? proveAbsence(sender, scope.value.group, ids, untilClosed(signal)) : scope),
    close: async () => closing.abort(),
  }
}

async function* refuse(failure: { readonly ok: false; readonly problem: Problem }): AsyncGenerator<{ readonly ok: false; readonly problem: Problem }> {
  yield failure
}

async function identify(connection: EntraConnection, tokens: TokenSource, signal: AbortSignal): Promise<Result<TenantIdentity, Problem>> {
  const token = await tokens.current(signal)
  if (!token.ok) return token
  const expected = connection.tenantId.toLowerCase()
  // A token that cannot be read was still issued by the authority of the configured tenant.
  const tenant = readTokenClaims(token.value).tenant ?? expected
  return tenant === expected ? succeed({ tenant, graphUrl: connection.graphUrl }) : fail(describeWrongTenant(expected, tenant))
}

function describeWrongTenant(expected: string, actual: string): Problem {
  return {
    kind: 'wrongTenant', detail: { expected, actual }, message: `The sign-in led to the tenant ${actual}, not to ${expected}.`,
    remedy: 'Check tenantId and signInUrl of `entra`; a plan is only ever made for the tenant that is configured.',
  }
}
