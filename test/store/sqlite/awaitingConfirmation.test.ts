import { describe, expect, test } from 'vitest'
import type { JournalOutcome, NewJournalEntry, StoreWriter } from '../../../src/main/store/store.ts'
import { account, changeOf, createOf, dn, entryOf, guest, guid, morning, person } from '../rows.ts'
import { beginRun, importAll, openWriter } from '../worlds.ts'

const doneAt = (at: string, anchor: string | null = null): JournalOutcome => ({ kind: 'done', at, anchor })
const refused: JournalOutcome = { kind: 'refused', at: morning, problem: { kind: 'passwordRefused', message: 'No', remedy: 'Another' } }

describe('what was written and not yet seen', () => {
  const written = async (store: StoreWriter, entry: NewJournalEntry, outcome: JournalOutcome) =>
    store.journalAfter(await store.journalBefore(entry), outcome)

  test('awaits confirmation from its first write that ended well, once a person', async () => {
    const store = await openWriter()
    const run = await beginRun(store, 'export')
    await written(store, entryOf(run, createOf(1), { isLast: false }), doneAt(morning, guid(1)))
    await written(store, entryOf(run, createOf(1), { action: 'setPassword', anchor: guid(1) }), refused)
    await written(store, entryOf(run, createOf(1), { action: 'modify' }), doneAt(morning))
    await written(store, entryOf(run, createOf(2)), refused)
    expect(await store.awaitingConfirmation()).toEqual([{ run, metaverseId: person(1, {}).id, anchor: guid(1), dn: createOf(1).dn }])
  })

  test('is confirmed by a later full import that shows its anchor, also where the object could not be read', async () => {
    const store = await openWriter()
    const run = await beginRun(store, 'export')
    for (const number of [1, 2, 3]) await written(store, entryOf(run, createOf(number)), doneAt(morning, guid(number)))
    const imported = await beginRun(store)
    await store.stagePage(imported, [account(1)])
    await store.stageUnreadable(imported, 'ad', [guid(2)])
    await store.applyFullImport(imported, 'ad', {})
    expect((await store.awaitingConfirmation()).map((waiting) => waiting.anchor)).toEqual([guid(3)])
  })

  test('is confirmed by its DN where the add ended without an anchor', async () => {
    const store = await openWriter()
    const run = await beginRun(store, 'export')
    await written(store, entryOf(run, createOf(1)), { kind: 'foundDone', at: morning, anchor: null })
    await written(store, entryOf(run, createOf(2)), doneAt(morning, null))
    await importAll(store, [account(7, {}, createOf(1).dn.replace('account', 'ACCOUNT'))])
    expect((await store.awaitingConfirmation()).map((waiting) => waiting.dn)).toEqual([createOf(2).dn])
    const confirming = await beginRun(store, 'export')
    await store.confirmImport(confirming, [{ object: account(2), link: null }])
    expect(await store.awaitingConfirmation()).toEqual([])
  })

  test('is not confirmed by an import of the guests or by one that began before the write', async () => {
    const store = await openWriter()
    const early = await beginRun(store)
    await store.stagePage(early, [account(1)])
    const run = await beginRun(store, 'export')
    await written(store, entryOf(run, createOf(1)), doneAt(morning, guid(1)))
    await store.applyFullImport(early, 'ad', {})
    await importAll(store, [guest(1)], 'entra')
    expect(await store.awaitingConfirmation()).toHaveLength(1)
  })

  test('is confirmed by absence where it was deleted', async () => {
    const store = await openWriter()
    await importAll(store, [account(1), account(2)])
    const run = await beginRun(store, 'export')
    await written(store, entryOf(run, changeOf(1, 'delete'), { action: 'delete' }), doneAt(morning))
    await written(store, entryOf(run, changeOf(2, 'delete'), { action: 'delete' }), doneAt(morning))
    await importAll(store, [account(2)])
    expect((await store.awaitingConfirmation()).map((waiting) => waiting.anchor)).toEqual([guid(2)])
  })

  test('stands under its new DN after a move', async () => {
    const store = await openWriter()
    const newDn = dn('CN=moved,OU=Guests,DC=contoso,DC=local')
    const run = await beginRun(store, 'export')
    await written(store, entryOf(run, changeOf(1, 'move', newDn), { action: 'move' }), doneAt(morning))
    expect(await store.awaitingConfirmation()).toEqual([{ run, metaverseId: person(1, {}).id, anchor: guid(1), dn: newDn }])
  })
})
