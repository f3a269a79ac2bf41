import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStoreReader, openStoreWriter } from '../../src/main/store/sqlite/openStore.ts'
import type { DeltaStage, StoreReader, StoreWriter } from '../../src/main/store/store.ts'
import type { ConnectorName, ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import type { MetaverseObject } from '../../src/shared/domain/metaverse.ts'
import type { Counters, StepKind } from '../../src/shared/domain/run.ts'
import { morning, options } from './rows.ts'

export function temporaryWorkspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guestbridge-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function openWriter(folder: string = temporaryWorkspace(), metaverseIndex = options.metaverseIndex): Promise<StoreWriter> {
  const opened = await openStoreWriter(folder, { metaverseIndex })
  if (!opened.ok) throw new Error(opened.problem.message)
  onTestFinished(() => opened.value.close())
  return opened.value
}

export async function openReader(folder: string): Promise<StoreReader> {
  const opened = await openStoreReader(folder, options)
  if (!opened.ok) throw new Error(opened.problem.message)
  onTestFinished(() => opened.value.close())
  return opened.value
}

export function beginRun(store: StoreWriter, step: StepKind = 'fullImport', connector: ConnectorName | null = 'ad'): Promise<number> {
  return store.beginRun({ profile: step, step, connector, startedAt: morning })
}

export async function importAll(store: StoreWriter, objects: readonly ConnectorObject[], connector: ConnectorName = 'ad'): Promise<{ readonly run: number; readonly counters: Counters }> {
  const run = await beginRun(store, 'fullImport', connector)
  await store.stagePage(run, objects)
  const counters = await store.applyFullImport(run, connector, {})
  await store.endRun(run, { status: 'succeeded', endedAt: morning, counters, problem: null })
  return { run, counters }
}

export const emptyBatch = { upserts: [], deletes: [], links: [], disconnectors: [] }

export async function writePersons(store: StoreWriter, persons: readonly MetaverseObject[]): Promise<number> {
  const run = await beginRun(store, 'fullSync', null)
  const links = persons.flatMap((object) => object.links.map((link) => ({ metaverseId: object.id, link })))
  await store.writeMetaverse(run, { ...emptyBatch, upserts: persons, links })
  return run
}

/** Staged in two pages, as a source would send it. */
export async function importDelta(store: StoreWriter, changes: readonly DeltaStage[], connector: ConnectorName = 'entra', watermarks: Readonly<Record<string, string>> = {}): Promise<{ readonly run: number; readonly counters: Counters }> {
  const run = await beginRun(store, 'deltaImport', connector)
  const half = Math.ceil(changes.length / 2)
  await store.stageDelta(run, connector, changes.slice(0, half))
  await store.stageDelta(run, connector, changes.slice(half))
  const counters = await store.applyDeltaImport(run, connector, watermarks)
  await store.endRun(run, { status: 'succeeded', endedAt: morning, counters, problem: null })
  return { run, counters }
}
