import type { TenantContext } from '../../tenantContext.ts'
import { nowInSeconds } from '../../tenantContext.ts'
import { graphErrors } from '../graphErrors.ts'
import type { QueryResult } from '../query/filterExpression.ts'
import { openToken, sealToken } from '../query/sealedToken.ts'

/** What a round is about; every token of the round carries it, and the address of a later request does not count. */
export type DeltaQuery = {
  readonly collection: 'users' | 'groups'
  /** Properties that are tracked and told; null: the default ones. */
  readonly select: readonly string[] | null
  /** Null: all objects of the collection. */
  readonly ids: readonly string[] | null
}

/** Where a client stands. */
export type DeltaPosition = {
  readonly query: DeltaQuery
  /** What happened after this sequence is told; null in a first round, which tells what there is. */
  readonly since: number | null
  /** The last sequence when the round began: what comes later is told by the next round, even where this one shows it already. */
  readonly until: number
  /** Orders the objects of the round, differently each time. */
  readonly salt: string
  /** Order key of the last object that was delivered; null at the beginning of the round. */
  readonly after: string | null
}

type Sealed = { readonly position: DeltaPosition; readonly generation: number; readonly epoch: number; /** Seconds since 1970. */ readonly issued: number }

/** Documented: seven days for objects of the directory. */
const usualLifetime = 604_800

/** `$skiptoken` leads on within a round, `$deltatoken` to the next one. */
export function sealDeltaToken(context: TenantContext, name: '$skiptoken' | '$deltatoken', position: DeltaPosition): string {
  const { deltaGeneration: generation, deltaEpoch: epoch } = context.store.policies()
  return sealToken(name, { position, generation, epoch, issued: nowInSeconds() } satisfies Sealed, context.store.pageTokenKey)
}

export function openDeltaToken(context: TenantContext, name: '$skiptoken' | '$deltatoken', token: string, collection: DeltaQuery['collection']): QueryResult<DeltaPosition> {
  // Authenticated: nobody but sealDeltaToken wrote it.
  const sealed = openToken(name, token, context.store.pageTokenKey) as Sealed | null
  if (sealed === null || sealed.position.query.collection !== collection) return { ok: false, error: graphErrors.badlyFormedToken() }
  const { deltaGeneration, deltaEpoch } = context.store.policies()
  if (sealed.epoch !== deltaEpoch) return { ok: false, error: graphErrors.resyncRequired(`${context.graphUrl}/v1.0/${collection}/delta?$deltatoken=`) }
  const isExpired = sealed.generation !== deltaGeneration || nowInSeconds() - sealed.issued > (context.lifetimes.deltaToken ?? usualLifetime)
  return isExpired ? { ok: false, error: graphErrors.syncStateNotFound() } : { ok: true, value: sealed.position }
}
