import { pid } from 'node:process'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, type Result } from '../../shared/domain/result.ts'
import type { CompiledRuleSet } from '../rules/compiled.ts'
import type { RunContext } from '../runs/runContext.ts'
import { openStoreReader, openStoreWriter } from '../store/sqlite/openStore.ts'
import { acquireWriter } from '../store/sqlite/writerLock.ts'
import type { StoreReader } from '../store/store.ts'
import { StoreError } from '../store/storeError.ts'
import type { RunLog } from './runLog.ts'
import type { WriterOptions } from './workspaceSession.ts'

/** A reader; a store that is new or of an older version is made or brought up to date first. */
export async function openReader(folder: string, rules: CompiledRuleSet, now: () => string): Promise<Result<StoreReader, Problem>> {
  const options = { metaverseIndex: rules.joinAttributes }
  const reader = await openStoreReader(folder, options)
  if (reader.ok || reader.problem.kind !== 'notFoundInWorkspace') return reader
  const lock = acquireWriter(folder, { what: 'making the store', pid, since: now() })
  if (!lock.ok) return lock
  try {
    const writer = await openStoreWriter(folder, options)
    if (!writer.ok) return writer
    await writer.value.close()
  } finally {
    lock.value.release()
  }
  return openStoreReader(folder, options)
}

/** One writer in a workspace at a time (invariant 8). What a dead process left running is marked before the work begins. */
export async function writeExclusively<Value>(
  folder: string, rules: CompiledRuleSet, what: string, now: () => string, options: WriterOptions, log: RunLog,
  work: (context: RunContext) => Promise<Result<Value, Problem>>,
): Promise<Result<Value, Problem>> {
  const lock = acquireWriter(folder, { what, pid, since: now() })
  if (!lock.ok) return lock
  try {
    const unwritable = log.open()
    if (unwritable !== null) return fail(unwritable)
    const store = await openStoreWriter(folder, { metaverseIndex: rules.joinAttributes })
    if (!store.ok) return store
    try {
      for (const run of await store.value.recover(now())) log.interrupted(run)
      const result = await work({ store: store.value, now, signal: options.signal, report: options.report })
      log.ended(what, result.ok ? null : result.problem)
      return result
    } finally {
      await store.value.close()
    }
  } catch (error) {
    if (error instanceof StoreError) return fail(error.problem)
    throw error
  } finally {
    lock.value.release()
  }
}
