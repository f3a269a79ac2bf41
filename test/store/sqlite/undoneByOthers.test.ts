import { expect, test } from 'vitest'
import type { StoreWriter } from '../../../src/main/store/store.ts'
import type { Attributes, Value } from '../../../src/shared/domain/attributes.ts'
import type { Change } from '../../../src/shared/domain/change.ts'
import { account, changeOf, createOf, entryOf, guid, morning, person } from '../rows.ts'
import { beginRun, importAll, importDelta, openWriter } from '../worlds.ts'

const id = person(1, {}).id
const from = { rule: 'Accounts out', source: 'sn', connector: 'entra' as const }
const sets = (name: string, before: readonly Value[], after: readonly Value[]) => ({ name, before, after, from })
const update = (...attributes: readonly ReturnType<typeof sets>[]): Change => ({ ...changeOf(1, 'update'), attributes })

/** An export that writes the change and reads the account again, as `confirmed`. */
async function write(store: StoreWriter, change: Change, confirmed: Attributes, outcome: 'done' | 'refused' = 'done'): Promise<void> {
  const run = await beginRun(store, 'export')
  const entry = await store.journalBefore(entryOf(run, change, { changeHash: `hash ${run}` }))
  await store.journalAfter(entry, outcome === 'done' ? { kind: 'done', at: morning, anchor: guid(1) } : { kind: 'refused', at: morning, problem: { kind: 'unwilling', message: 'no', remedy: 'none' } })
  await store.confirmImport(run, [{ object: account(1, confirmed), link: null }])
}

const undone = async (store: StoreWriter) => (await store.undoneByOthers([id, 'nobody'])).get(id) ?? null

test('names what a later import found set back to the value that we had replaced; another value is drift', async () => {
  const store = await openWriter()
  await importAll(store, [account(1, { sn: ['A'], mail: ['a'], c: ['IT'] })])
  await write(store, update(sets('sn', ['A'], ['B']), sets('mail', ['a'], ['b']), sets('c', ['IT'], ['DE'])), { sn: ['B'], mail: ['b'], c: ['DE'] })
  expect(await undone(store)).toBeNull()
  await importAll(store, [account(1, { sn: ['A'], mail: ['z'], c: ['DE'] })])
  expect(await undone(store)).toEqual(['sn'])
})

test('what the directory never took is not confirmed, which is another story', async () => {
  const store = await openWriter()
  await importAll(store, [account(1, { sn: ['A'] })])
  await write(store, update(sets('sn', ['A'], ['B'])), { sn: ['A'] })
  await importAll(store, [account(1, { sn: ['C'] })])
  expect(await undone(store)).toBeNull()
})

test('a refused write is none, and the last write of an attribute is the one that counts', async () => {
  const store = await openWriter()
  await importAll(store, [account(1, { sn: ['A'] })])
  await write(store, update(sets('sn', ['A'], ['B'])), { sn: ['B'] })
  await importDelta(store, [{ kind: 'changed', anchor: guid(1), dn: null, attributes: { sn: ['A'] } }], 'ad')
  await write(store, update(sets('sn', ['A'], ['X'])), { sn: ['A'] }, 'refused')
  expect(await undone(store)).toEqual(['sn'])
  await write(store, update(sets('sn', ['A'], ['C'])), { sn: ['C'] })
  expect(await undone(store)).toBeNull()
})

test('of userAccountControl only the bits that we changed are ours', async () => {
  const store = await openWriter()
  await importAll(store, [account(1, { userAccountControl: [512] })])
  await write(store, update(sets('userAccountControl', [512], [514])), { userAccountControl: [514] })
  await importAll(store, [account(1, { userAccountControl: [514 | 65_536] })])
  expect(await undone(store)).toBeNull()
  await importAll(store, [account(1, { userAccountControl: [512] })])
  expect(await undone(store)).toEqual(['userAccountControl'])
})

test('a new account had no former values, so nobody can set it back to them', async () => {
  const store = await openWriter()
  const password = { ...sets('unicodePwd', [], []), isGenerated: true as const }
  await write(store, { ...createOf(1), attributes: [sets('sn', [], ['B']), password] }, { sn: ['B'] })
  await importAll(store, [account(1, {})])
  expect(await undone(store)).toBeNull()
})
