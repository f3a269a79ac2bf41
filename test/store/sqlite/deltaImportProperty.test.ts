import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeltaStage, StoreWriter } from '../../../src/main/store/store.ts'
import type { Attributes } from '../../../src/shared/domain/attributes.ts'
import { guest, guid } from '../rows.ts'
import { importAll, importDelta, openWriter } from '../worlds.ts'

const names = ['displayName', 'mail', 'surname'] as const
type Values = Readonly<Record<(typeof names)[number], string | null>>
/** By number of the guest; null: not in the tenant. */
type Tenant = readonly (Values | null)[]

const values = fc.record({ displayName: valueOrNone(), mail: valueOrNone(), surname: valueOrNone() })
const tenant = fc.array(fc.option(values), { minLength: 5, maxLength: 5 })
const guests = (state: Tenant) => state.flatMap((held, number) => (held === null ? [] : [guestWith(number, held)]))

function valueOrNone(): fc.Arbitrary<string | null> {
  return fc.option(fc.constantFrom('one', 'two', 'three'))
}

/** What a source may say about how `before` became `after`: any of the true words about an object, each any number of times. */
function wordsOf(before: Tenant, after: Tenant): fc.Arbitrary<readonly (readonly DeltaStage[])[]> {
  const words = after.flatMap((held, number): readonly DeltaStage[] => {
    const former = before[number] ?? null
    if (held === null) return former === null ? [] : [{ kind: 'removed', anchor: guid(number), why: 'deleted' }]
    if (former === null) return [{ kind: 'replaced', object: guestWith(number, held) }]
    const single = names.map((name): DeltaStage => ({ kind: 'changed', anchor: guid(number), dn: null, attributes: { [name]: held[name] === null ? [] : [held[name]] } }))
    return [...single, { kind: 'replaced', object: guestWith(number, held) }]
  })
  const repeated = [...words, ...words, ...words]
  return fc.shuffledSubarray(repeated, { minLength: 0, maxLength: repeated.length }).chain((some) =>
    // All are said at least once; a source may cut the round into pages anywhere.
    fc.record({ all: fc.shuffledSubarray([...words, ...some], { minLength: words.length + some.length }), size: fc.integer({ min: 1, max: 4 }) })
      .map(({ all, size }) => Array.from({ length: Math.ceil(all.length / size) }, (_, page) => all.slice(page * size, (page + 1) * size))))
}

test('pages of true words in any order and any repetition end where a full import ends', { timeout: 60_000 }, async () => {
  const steps = fc.tuple(tenant, tenant).chain(([before, after]) => fc.record({ before: fc.constant(before), after: fc.constant(after), pages: wordsOf(before, after) }))
  await fc.assert(fc.asyncProperty(steps, async ({ before, after, pages }) => {
    const [byDelta, byFull] = [await openWriter(), await openWriter()]
    await importAll(byDelta, guests(before), 'entra')
    await importAll(byFull, guests(before), 'entra')
    const delta = await importDelta(byDelta, pages.flat())
    const full = await importAll(byFull, guests(after), 'entra')
    expect(await current(byDelta)).toEqual(await current(byFull))
    expect({ ...delta.counters, stagingUnchanged: 0 }).toEqual({ ...full.counters, stagingUnchanged: 0 })
    expect(await byDelta.changedSince('entra', delta.run - 1, null, 100)).toEqual(await byFull.changedSince('entra', full.run - 1, null, 100))
    const again = await importDelta(byDelta, pages.flat())
    expect({ ...again.counters, stagingUnchanged: 0 }).toEqual({ stagingUnchanged: 0, stagingAdds: 0, stagingUpdates: 0, stagingRenames: 0, stagingDeletes: 0 })
    await byDelta.close()
    await byFull.close()
  }), { numRuns: 50 })
})

const contradictory = fc.array(fc.record({ number: fc.integer({ min: 0, max: 3 }), held: fc.option(values), name: fc.constantFrom(...names), isPartial: fc.boolean() }), { maxLength: 12 })

test('where words contradict each other, the last about each object counts, as in the model', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(tenant, contradictory, async (before, said) => {
    const store = await openWriter()
    await importAll(store, guests(before), 'entra')
    const model = new Map(before.map((held, number) => [number, held === null ? null : { values: held, isThere: true }]))
    const words = said.map(({ number, held, name, isPartial }): DeltaStage => {
      const former = model.get(number) ?? null
      if (held === null) {
        model.set(number, former === null ? null : { ...former, isThere: false })
        return { kind: 'removed', anchor: guid(number), why: 'deleted' }
      }
      if (!isPartial) {
        model.set(number, { values: held, isThere: true })
        return { kind: 'replaced', object: guestWith(number, held) }
      }
      model.set(number, former === null ? null : { values: { ...former.values, [name]: held[name] }, isThere: true })
      return { kind: 'changed', anchor: guid(number), dn: null, attributes: { [name]: held[name] === null ? [] : [held[name]] } }
    })
    await importDelta(store, words)
    const expected = [...model].flatMap(([number, held]) => (held === null || !held.isThere ? [] : [guestWith(number, held.values)]))
    expect(await current(store)).toEqual(expected.sort((left, right) => (left.anchor < right.anchor ? -1 : 1)))
    await store.close()
  }), { numRuns: 60 })
})

function guestWith(number: number, held: Values) {
  const attributes: Attributes = Object.fromEntries(names.flatMap((name) => (held[name] === null ? [] : [[name, [held[name]]]])))
  return guest(number, attributes)
}

async function current(store: StoreWriter) {
  return (await store.connectorBatch('entra', null, 1_000)).map((row) => row.object)
}
