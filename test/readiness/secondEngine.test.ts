import { describe, expect, it } from 'vitest'
import { checkSecondEngine } from '../../src/main/readiness/domain/otherEngines.ts'
import type { Change } from '../../src/shared/domain/change.ts'
import type { StoreWriter } from '../../src/main/store/store.ts'
import { account, changeOf, entryOf, guid, morning, person } from '../store/rows.ts'
import { beginRun, importAll, openWriter, writePersons } from '../store/worlds.ts'

const change: Change = { ...changeOf(1, 'update'), attributes: [{ name: 'sn', before: ['A'], after: ['B'], from: { rule: 'Accounts out', source: 'sn', connector: 'entra' } }] }

/** An export that wrote sn and read it back, for the person Ana. */
async function openExported(): Promise<StoreWriter> {
  const store = await openWriter()
  await importAll(store, [account(1, { sn: ['A'] })])
  await writePersons(store, [person(1, { displayName: 'Ana Souza' })])
  const run = await beginRun(store, 'export', 'ad')
  const entry = await store.journalBefore(entryOf(run, change, { changeHash: 'a hash' }))
  await store.journalAfter(entry, { kind: 'done', at: morning, anchor: guid(1) })
  await store.confirmImport(run, [{ object: account(1, { sn: ['B'] }), link: null }])
  await store.endRun(run, { status: 'succeeded', endedAt: morning, counters: {}, problem: null })
  return store
}

describe('a second engine on the OU', () => {
  it('is not found where what we wrote stays, or somebody changes it to something else', async () => {
    const store = await openExported()
    expect(await checkSecondEngine({ store })).toMatchObject({ state: 'passed' })
    await importAll(store, [account(1, { sn: ['C'] })])
    expect(await checkSecondEngine({ store })).toMatchObject({ state: 'passed' })
  })

  it('is found where a later import brings back what we had replaced, with the person and the attribute', async () => {
    const store = await openExported()
    await importAll(store, [account(1, { sn: ['A'] })])
    expect(await checkSecondEngine({ store })).toMatchObject({
      state: 'failed', message: expect.stringContaining('Ana Souza (sn)') as string, remedy: expect.stringContaining('observe only, stop the other, adopt, then export') as string,
    })
  })
})
