import { expect, test } from 'vitest'
import { acquireWriter } from '../../../src/main/store/sqlite/writerLock.ts'
import { account, createOf, guid, morning, person } from '../rows.ts'
import { importAll, openReader, openWriter, temporaryWorkspace } from '../worlds.ts'
import { startChild } from './childProcess.ts'

const evening = '2026-03-01T20:00:00.000Z'

/** A workspace with two accounts, and a process that was killed in it. */
async function killAt(where: string, objects = 50): Promise<string> {
  const folder = temporaryWorkspace()
  const before = await openWriter(folder)
  await importAll(before, [account(1, { sn: ['before'] }), account(2)])
  await before.close()
  const child = startChild('./crashingWriter.ts', [folder, where, String(objects)])
  await child.nextLine()
  await child.kill()
  return folder
}

test.each(['staging', 'staged'])('a process killed while its import was %s leaves the connector space as it was, and recovery drops its pages', async (where) => {
  const folder = await killAt(where)
  const lock = acquireWriter(folder, { what: 'recovery', pid: process.pid, since: evening })
  expect(lock.ok).toBe(true)
  const store = await openWriter(folder)
  const [dead] = await store.recover(evening)
  expect(dead).toMatchObject({ profile: where, status: 'interrupted', endedAt: evening })
  expect(await store.stagedCount(dead?.id ?? 0, 'ad')).toBe(0)
  expect((await store.connectorBatch('ad', null, 100)).map((row) => row.object)).toEqual([account(1, { sn: ['before'] }), account(2)])
  const next = await importAll(store, [account(1, { sn: ['after'] })])
  expect(next.counters).toMatchObject({ stagingAdds: 0, stagingUpdates: 1, stagingDeletes: 1 })
  if (lock.ok) lock.value.release()
})

test('a process killed while it applied an import leaves all of it or nothing', { timeout: 60_000 }, async () => {
  const folder = await killAt('applying', 20_000)
  const store = await openWriter(folder)
  const isApplied = (await store.watermark('applied')) !== null
  expect(await store.countConnectorObjects('ad')).toBe(isApplied ? 20_000 : 2)
  expect((await store.connectorRow('ad', guid(1)))?.object.attributes['sn']).toEqual(isApplied ? ['from the dead process'] : ['before'])
  expect(await store.integrity()).toEqual([])
})

test('a process killed between two writes leaves a journal that says which one is open', async () => {
  const folder = await killAt('journal')
  // Nobody has opened the store for writing since: a reader alone must cope with what the dead process left.
  expect(await (await openReader(folder)).openJournalEntries()).toHaveLength(1)
  const store = await openWriter(folder)
  await store.recover(evening)
  const [open, ...more] = await store.openJournalEntries()
  expect(more).toEqual([])
  expect(open).toMatchObject({ action: 'enable', change: createOf(1), anchor: guid(1), outcome: null })
  expect((await store.awaitingConfirmation()).map((waiting) => waiting.metaverseId)).toEqual([person(1, {}).id])
  await store.journalAfter(open?.id ?? 0, { kind: 'foundDone', at: morning, anchor: guid(1) })
  expect(await store.openJournalEntries()).toEqual([])
  expect(await store.changesWrittenByPlan('plan 1')).toEqual(new Set([open?.changeHash]))
})
