import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createListViews } from '../../src/main/store/sqlite/listViews.ts'
import type { ListEntry } from '../../src/main/store/views.ts'

type Row = { readonly name: string; readonly company: string }
const opened: { closeAll(): void }[] = []
afterEach(() => opened.splice(0).forEach((views) => views.closeAll()))

function viewsOf(rows: readonly Row[], version = (): Promise<string> => Promise.resolve('1')) {
  const entries = async function* (): AsyncGenerator<readonly ListEntry<Row>[]> {
    yield rows.map((row, index) => ({ key: String(index), row, text: `${row.name} ${row.company}`, facets: { company: [row.company] }, sort: { name: row.name.toLowerCase() } }))
  }
  const views = createListViews<Row>({ version, entries })
  opened.push(views)
  return views
}

const all = { text: '', facets: {}, sort: null }
const people = [{ name: 'Ana Souza', company: 'Fabrikam' }, { name: 'Jörg Müller', company: 'Wingtip' }, { name: 'Ärla Berg', company: 'Fabrikam' }]

describe('a view of a list', () => {
  it('has all rows in their natural order when nothing is asked', async () => {
    const views = viewsOf(people)
    const { view, total } = await views.open(all)
    expect(total).toBe(3)
    expect(views.rows(view, 0, 10)).toEqual(people)
    expect(views.rows(view, 1, 1)).toEqual([people[1]])
  })

  it('finds words in any case, also beyond ASCII, and all of them', async () => {
    const views = viewsOf(people)
    expect(views.rows((await views.open({ ...all, text: 'MÜLL' })).view, 0, 10)).toEqual([people[1]])
    expect(views.rows((await views.open({ ...all, text: 'fabrikam ärla' })).view, 0, 10)).toEqual([people[2]])
    expect(views.rows((await views.open({ ...all, text: 'jorg' })).view, 0, 10)).toEqual([people[1]])
    expect((await views.open({ ...all, text: "'" })).total).toBe(3)
    expect((await views.open({ ...all, text: "'); DROP TABLE entry; --" })).total).toBe(0)
  })

  it('counts a facet without its own choice, so that another value can be added', async () => {
    const views = viewsOf(people)
    const { total, facets } = await views.open({ ...all, facets: { company: ['Wingtip'] } })
    expect(total).toBe(1)
    expect(facets['company']).toEqual([{ value: 'Fabrikam', count: 2 }, { value: 'Wingtip', count: 1 }])
  })

  it('sorts in both directions and finds a row again', async () => {
    const views = viewsOf(people)
    const { view } = await views.open({ ...all, sort: { column: 'name', direction: 'descending' } })
    expect(views.rows(view, 0, 10)?.map(({ name }) => name)).toEqual(['Ärla Berg', 'Jörg Müller', 'Ana Souza'])
    expect(views.find(view, '0')).toBe(2)
    expect(views.find(view, 'nobody')).toBeNull()
  })

  it('is gone when it was closed, or when the data changed and another one was opened', async () => {
    let version = 1
    const views = viewsOf(people, () => Promise.resolve(String(version)))
    const first = (await views.open(all)).view
    const second = (await views.open(all)).view
    views.close(first)
    expect(views.rows(first, 0, 10)).toBeNull()
    expect(views.rows(second, 0, 10)).toHaveLength(3)
    version = 2
    await views.open(all)
    expect(views.rows(second, 0, 10)).toBeNull()
  })

  it('keeps its rows while the list is copied anew, until the copy is complete', async () => {
    let version = 1
    let release = (): void => undefined
    const entries = async function* (): AsyncGenerator<readonly ListEntry<Row>[]> {
      if (version === 2) await new Promise<void>((resolve) => { release = resolve })
      yield people.slice(0, version).map((row, index) => ({ key: String(index), row, text: row.name, facets: {}, sort: {} }))
    }
    const views = createListViews<Row>({ version: () => Promise.resolve(String(version)), entries })
    opened.push(views)
    const { view } = await views.open(all)
    version = 2
    const copied = views.open(all)
    await new Promise((resolve) => setTimeout(resolve))
    expect(views.rows(view, 0, 10)).toEqual(people.slice(0, 1))
    release()
    expect((await copied).total).toBe(2)
    expect(views.rows(view, 0, 10)).toBeNull()
  })

  it('fails for those who asked where the source fails, and is copied for the next one', async () => {
    let isBroken = true
    const entries = async function* (): AsyncGenerator<readonly ListEntry<Row>[]> {
      yield [{ key: '0', row: { name: 'Ana', company: 'Fabrikam' }, text: 'Ana', facets: {}, sort: {} }]
      if (isBroken) throw new Error('damaged')
    }
    const views = createListViews<Row>({ version: () => Promise.resolve('1'), entries })
    opened.push(views)
    await expect(views.open(all)).rejects.toThrow('damaged')
    isBroken = false
    expect((await views.open(all)).total).toBe(1)
  })

  it('finds the same letter by letter and back as in one go', async () => {
    const row = fc.record({ name: fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 8 }), company: fc.constantFrom('a', 'b') })
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 5 }), { minLength: 1, maxLength: 20 })
    await fc.assert(fc.asyncProperty(fc.array(row, { maxLength: 12 }), texts, async (rows, typed) => {
      const views = viewsOf(rows)
      for (const text of typed) {
        const words = text.split(/\s+/).filter((word) => word !== '')
        const { view } = await views.open({ ...all, text })
        expect(views.rows(view, 0, 100)).toEqual(rows.filter(({ name, company }) => words.every((word) => `${name} ${company}`.includes(word))))
      }
    }), { numRuns: 60 })
  })

  it('shows what a plain filter would, whatever is asked', async () => {
    const row = fc.record({ name: fc.string({ maxLength: 6 }), company: fc.constantFrom('a', 'b', 'c') })
    await fc.assert(fc.asyncProperty(fc.array(row, { maxLength: 20 }), fc.string({ maxLength: 3 }), fc.subarray(['a', 'b']), async (rows, text, companies) => {
      const views = viewsOf(rows)
      const { view, total } = await views.open({ text, facets: { company: companies }, sort: null })
      // Nobody has to type a quote.
      const plain = (said: string): string => said.toLowerCase().replaceAll(/['`]/g, '')
      const words = plain(text).split(/\s+/).filter((word) => word !== '')
      const expected = rows.filter(({ name, company }) => words.every((word) => plain(`${name} ${company}`).includes(word)) && (companies.length === 0 || companies.includes(company)))
      expect(views.rows(view, 0, 100)).toEqual(expected)
      expect(total).toBe(expected.length)
    }), { numRuns: 60 })
  })
})
