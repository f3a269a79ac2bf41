import type { StoreWriter } from '../store/store.ts'

const millisecondsOfDay = 24 * 60 * 60 * 1000

/** Drops runs, evidence and versions that are older than `days` (sync-semantics 24). `now` is ISO 8601 in UTC. */
export function expireOld(store: Pick<StoreWriter, 'expire'>, now: string, days: number): ReturnType<StoreWriter['expire']> {
  return store.expire(new Date(Date.parse(now) - days * millisecondsOfDay).toISOString())
}
