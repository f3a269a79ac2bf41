import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { storeFile } from '../../../src/main/store/sqlite/openStore.ts'
import type { JournalOutcome } from '../../../src/main/store/store.ts'
import { changeOf, createOf, entryOf, guid, morning, person } from '../rows.ts'
import { beginRun, openWriter, temporaryWorkspace } from '../worlds.ts'

const doneAt = (at: string, anchor: string | null = null): JournalOutcome => ({ kind: 'done', at, anchor })
const refused: JournalOutcome = { kind: 'refused', at: morning, problem: { kind: 'passwordRefused', message: 'No', remedy: 'Another' } }

describe('the journal', () => {
  test('shows entries that were begun and not finished, oldest first, with everything that they said', async () => {
    const store = await openWriter()
    const run = await beginRun(store, 'export')
    const add = entryOf(run, createOf(1), { isLast: false })
    const first = await store.journalBefore(add)
    const second = await store.journalBefore(entryOf(run, createOf(1), { action: 'enable', anchor: guid(1) }))
    const third = await store.journalBefore(entryOf(run, changeOf(2, 'update')))
    expect((await store.openJournalEntries()).map((entry) => entry.id)).toEqual([first, second, third])
    expect((await store.openJournalEntries())[0]).toEqual({ ...add, id: first, outcome: null })
    await store.journalAfter(second, refused)
    expect((await store.openJournalEntries()).map((entry) => entry.id)).toEqual([first, third])
    expect((await store.journalOfRun(run)).map((entry) => entry.outcome)).toEqual([null, refused, null])
  })

  test('takes an outcome once', async () => {
    const store = await openWriter()
    const id = await store.journalBefore(entryOf(await beginRun(store, 'export'), createOf(1)))
    await store.journalAfter(id, doneAt(morning, guid(1)))
    await expect(store.journalAfter(id, refused)).rejects.toMatchObject({ problem: { kind: 'internal' } })
    await expect(store.journalAfter(id + 1, refused)).rejects.toMatchObject({ problem: { kind: 'internal' } })
  })

  test('cannot be rewritten by any statement', async () => {
    const folder = temporaryWorkspace()
    const store = await openWriter(folder)
    const run = await beginRun(store, 'export')
    await store.journalBefore(entryOf(run, createOf(1)))
    const database = new DatabaseSync(storeFile(folder))
    expect(() => database.exec(`UPDATE journal_entry SET dn = 'CN=other'`)).toThrow(/written once/)
    expect(() => database.exec(`UPDATE journal_change SET kind = 'update'`)).toThrow(/written once/)
    database.close()
  })

  test('refuses an instant that is none', async () => {
    const store = await openWriter()
    await expect(store.changesWrittenSince('yesterday')).rejects.toMatchObject({ problem: { kind: 'internal' } })
  })

  test('names the changes whose last write ended well since an instant, each once', async () => {
    const store = await openWriter()
    const run = await beginRun(store, 'export')
    const write = async (entry: Parameters<typeof store.journalBefore>[0], outcome: JournalOutcome) => store.journalAfter(await store.journalBefore(entry), outcome)
    await write(entryOf(run, createOf(1), { isLast: false }), doneAt('2026-03-01T10:00:00Z', guid(1)))
    await write(entryOf(run, createOf(1), { action: 'enable', anchor: guid(1) }), doneAt('2026-03-01T10:00:01Z'))
    await write(entryOf(run, createOf(1), { action: 'enable', anchor: guid(1) }), { kind: 'foundDone', at: '2026-03-01T10:00:02Z', anchor: guid(1) })
    await write(entryOf(run, createOf(2), { isLast: false }), doneAt('2026-03-01T10:00:00Z', guid(2)))
    await write(entryOf(run, changeOf(3, 'update')), refused)
    await write(entryOf(run, changeOf(4, 'update')), doneAt('2026-03-01T09:00:00.000Z'))
    await write(entryOf(run, changeOf(5, 'disable')), { kind: 'foundNotDone', at: '2026-03-01T11:00:00Z', anchor: null })
    const since = async (instant: string) => (await store.changesWrittenSince(instant)).map((change) => [change.kind, change.metaverseId])
    expect(await since('2026-03-01T10:00:00.000Z')).toEqual([['create', person(1, {}).id]])
    expect(await since('2026-03-01T10:00:00+01:00')).toEqual([['create', person(1, {}).id], ['update', person(4, {}).id]])
    expect(await since('2026-03-01T10:00:03Z')).toEqual([])
  })

  test('names the changes of one plan that were written', async () => {
    const store = await openWriter()
    const run = await beginRun(store, 'export')
    const done = async (number: number, planHash: string, isLast: boolean) =>
      store.journalAfter(await store.journalBefore(entryOf(run, createOf(number), { planHash, isLast })), doneAt(morning, guid(number)))
    await done(1, 'plan 1', true)
    await done(2, 'plan 1', false)
    await done(3, 'plan 2', true)
    expect(await store.changesWrittenByPlan('plan 1')).toEqual(new Set([`create ${person(1, {}).id}`]))
  })
})
