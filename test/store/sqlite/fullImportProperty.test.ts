import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StoreWriter } from '../../../src/main/store/store.ts'
import type { ConnectorObject } from '../../../src/shared/domain/connectorObject.ts'
import { account } from '../rows.ts'
import { beginRun, openWriter } from '../worlds.ts'

/** What one import shows of one account; `ou` and `values` decide whether it was renamed or updated. */
type Shown = { readonly number: number; readonly ou: number; readonly values: readonly number[]; readonly isReadable: boolean }
type State = ReadonlyMap<string, ConnectorObject>

const shown = fc.record({
  number: fc.integer({ min: 1, max: 6 }),
  ou: fc.integer({ min: 0, max: 1 }),
  values: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
  isReadable: fc.boolean(),
})
const round = fc.uniqueArray(shown, { selector: ({ number }) => number, maxLength: 6 })

test('any sequence of full imports ends where the model ends, with the model\'s counters', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 5 }), async (rounds) => {
    const store = await openWriter()
    let state: State = new Map()
    for (const objects of rounds) {
      const expected = model(state, objects)
      expect(await importRound(store, objects)).toEqual(expected.counters)
      state = expected.state
    }
    expect(await current(store)).toEqual([...state.values()].sort(byAnchor))
    await store.close()
  }), { numRuns: 60 })
})

test('any sequence of full imports gives the same current state as the last one alone', { timeout: 60_000 }, async () => {
  const readable = round.map((objects) => objects.map((object) => ({ ...object, isReadable: true, values: [...object.values].sort() })))
  await fc.assert(fc.asyncProperty(fc.array(readable, { minLength: 1, maxLength: 4 }), async (rounds) => {
    const [afterAll, afterLast] = [await openWriter(), await openWriter()]
    for (const objects of rounds) await importRound(afterAll, objects)
    await importRound(afterLast, rounds.at(-1) ?? [])
    expect(await current(afterAll)).toEqual(await current(afterLast))
    await afterAll.close()
    await afterLast.close()
  }), { numRuns: 40 })
})

function model(before: State, objects: readonly Shown[]) {
  const counters = { stagingAdds: 0, stagingUpdates: 0, stagingRenames: 0, stagingDeletes: 0, stagingUnchanged: 0 }
  const state = new Map<string, ConnectorObject>()
  for (const object of objects) {
    const [now, former] = [objectOf(object), before.get(objectOf(object).anchor)]
    if (!object.isReadable) {
      if (former !== undefined) state.set(former.anchor, former)
      continue
    }
    const step = former === undefined ? 'stagingAdds' : former.dn !== now.dn ? 'stagingRenames' : hasSameValues(former, now) ? 'stagingUnchanged' : 'stagingUpdates'
    counters[step] += 1
    state.set(now.anchor, step === 'stagingUnchanged' && former !== undefined ? former : now)
  }
  counters.stagingDeletes = [...before.keys()].filter((anchor) => !state.has(anchor)).length
  return { counters, state }
}

function hasSameValues(left: ConnectorObject, right: ConnectorObject): boolean {
  const values = (object: ConnectorObject) => JSON.stringify([...(object.attributes['description'] ?? [])].sort())
  return values(left) === values(right)
}

function objectOf({ number, ou, values }: Shown): ConnectorObject {
  const description = values.length === 0 ? {} : { description: values.map((value) => `value ${value}`) }
  return account(number, description, `CN=account ${number},OU=${ou},DC=contoso,DC=local`)
}

async function importRound(store: StoreWriter, objects: readonly Shown[]) {
  const run = await beginRun(store)
  await store.stagePage(run, objects.filter((object) => object.isReadable).map(objectOf))
  await store.stageUnreadable(run, 'ad', objects.filter((object) => !object.isReadable).map((object) => objectOf(object).anchor))
  return store.applyFullImport(run, 'ad', {})
}

async function current(store: StoreWriter): Promise<readonly ConnectorObject[]> {
  return (await store.connectorBatch('ad', null, 1_000)).map((row) => row.object)
}

function byAnchor(left: ConnectorObject, right: ConnectorObject): number {
  return left.anchor < right.anchor ? -1 : 1
}
