import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MetaverseQuery, StoreReader } from '../../../src/main/store/store.ts'
import type { MetaverseObject } from '../../../src/shared/domain/metaverse.ts'
import { person } from '../rows.ts'
import { beginRun, emptyBatch, openWriter, writePersons } from '../worlds.ts'

const persons = [
  person(1, { displayName: 'Ánna Rossi', mail: 'anna@fabrikam.example', age: 41 }),
  person(2, { displayName: 'Ann', mail: 'ann"quoted"@fabrikam.example', isExternal: true }),
  person(3, { displayName: 'Łukasz Żuk', company: 'Fabrikam' }),
  person(4, { displayName: '李小龙', company: 'AB' }),
  person(5, {}),
]
const allOf = (...clauses: MetaverseQuery['clauses']): MetaverseQuery => ({ clauses, text: null })
const text = (sought: string): MetaverseQuery => ({ clauses: [], text: sought })
const numbersOf = (found: readonly MetaverseObject[]) => found.map(({ id }) => Number(id.slice(-2)))

async function search(store: StoreReader, query: MetaverseQuery): Promise<readonly number[]> {
  return numbersOf(await store.searchMetaverse(query, null, 100))
}

const cases: readonly (readonly [string, MetaverseQuery, readonly number[]])[] = [
  ['text anywhere in a value', text('kam.ex'), [1, 2]],
  ['text in any case, beyond ASCII too', text('ŻUK'), [3]],
  ['text of three characters of any script', text('李小龙'), [4]],
  ['less than three characters at the beginning of a value', text('an'), [1, 2]],
  ['one character at the beginning of a value', text('f'), [3]],
  ['text with quotes', text('ann"quoted'), [2]],
  ['text with operators of the index as it is', text('AND OR NOT *'), []],
  ['text over the border of two values never', text('rossi anna'), []],
  ['nothing asked: everybody', text(''), [1, 2, 3, 4, 5]],
  ['equals', allOf({ attribute: 'displayName', operator: 'equals', value: 'ANN' }), [2]],
  ['equals with a number', allOf({ attribute: 'age', operator: 'equals', value: '41' }), [1]],
  ['equals with a truth value', allOf({ attribute: 'isExternal', operator: 'equals', value: 'true' }), [2]],
  ['equals in another attribute only', allOf({ attribute: 'mail', operator: 'equals', value: 'ann' }), []],
  ['startsWith of one character', allOf({ attribute: 'displayName', operator: 'startsWith', value: 'ł' }), [3]],
  ['contains of one character', allOf({ attribute: 'displayName', operator: 'contains', value: '小' }), [4]],
  ['isPresent', allOf({ attribute: 'company', operator: 'isPresent', value: null }), [3, 4]],
  ['isMissing', allOf({ attribute: 'displayName', operator: 'isMissing', value: null }), [5]],
  ['a comparison without value holds for nobody', allOf({ attribute: 'displayName', operator: 'contains', value: null }), []],
  ['a name of JavaScript is an attribute that nobody has', allOf({ attribute: 'constructor', operator: 'isPresent', value: null }), []],
  ['all clauses and the text together', { clauses: [{ attribute: 'displayName', operator: 'startsWith', value: 'ann' }, { attribute: 'isExternal', operator: 'isPresent', value: null }], text: 'fabrikam' }, [2]],
]

test.each(cases)('finds %s', async (_, query, expected) => {
  const store = await openWriter()
  await writePersons(store, persons)
  expect(await search(store, query)).toEqual(expected)
})

test('follows values that change and persons that go', async () => {
  const store = await openWriter()
  await writePersons(store, persons)
  await writePersons(store, [person(1, { displayName: 'Anna Bianchi' })])
  const run = await beginRun(store, 'fullSync', null)
  await store.writeMetaverse(run, { ...emptyBatch, deletes: [person(3, {}).id] })
  expect(await search(store, text('rossi'))).toEqual([])
  expect(await search(store, text('bianchi'))).toEqual([1])
  expect(await search(store, text('żuk'))).toEqual([])
  await writePersons(store, [person(3, { displayName: 'Żuk again' })])
  expect(await search(store, text('żuk'))).toEqual([3])
})

test('goes on behind the last one, over more candidates than it looks at together', async () => {
  const store = await openWriter()
  await writePersons(store, Array.from({ length: 2_500 }, (_, number) => person(number, { displayName: `Guest ${number}`, half: number % 2 })))
  const query = { ...allOf({ attribute: 'half', operator: 'equals', value: '1' }), text: 'guest' }
  const first = await store.searchMetaverse(query, null, 700)
  const second = await store.searchMetaverse(query, first.at(-1)?.id ?? null, 700)
  expect([first.length, second.length]).toEqual([700, 550])
  expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(1_250)
})

const letters = fc.string({ unit: fc.constantFrom('a', 'B', 'é', 'İ', '"', ' ', '\n', '\0', '😀', '%', '*'), maxLength: 5 })
const operator = fc.constantFrom('equals' as const, 'startsWith' as const, 'contains' as const)

test('finds by index exactly what a look at every value finds', { timeout: 60_000 }, async () => {
  const world = fc.array(fc.record({ name: letters, mail: letters }), { minLength: 1, maxLength: 8 })
  await fc.assert(fc.asyncProperty(world, letters, operator, async (held, sought, how) => {
    const store = await openWriter()
    await writePersons(store, held.map((values, number) => person(number, values)))
    const fold = (value: string) => value.toLowerCase().replaceAll(/[\n\0]/g, ' ')
    const [wanted, compare] = [fold(sought), { equals: (value: string, part: string) => value === part, startsWith: (value: string, part: string) => value.startsWith(part), contains: (value: string, part: string) => value.includes(part) }]
    const numbers = (matches: (values: { readonly name: string; readonly mail: string }) => boolean) => held.flatMap((values, number) => (matches(values) ? [number] : []))
    expect(await search(store, allOf({ attribute: 'name', operator: how, value: sought }))).toEqual(numbers(({ name }) => compare[how](fold(name), wanted)))
    const byText = [...wanted].length < 3 ? compare.startsWith : compare.contains
    expect(await search(store, text(sought))).toEqual(numbers(({ name, mail }) => byText(fold(name), wanted) || byText(fold(mail), wanted)))
    await store.close()
  }), { numRuns: 80 })
})
