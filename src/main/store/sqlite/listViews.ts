import { DatabaseSync } from 'node:sqlite'
import type { ListEntry, ListSource, ListViews, OpenView, ViewRequest } from '../views.ts'
import { integerIn, textIn } from './columns.ts'

/** So many views stay open at most: a window closes its own, one that was killed does not. */
const mostViews = 32
/** So many values of a facet are offered. */
const mostValues = 100

/** The lists are copied into temporary tables when their source has changed, and views are row numbers of the copy. */
export function createListViews<Row>(source: ListSource<Row>): ListViews<Row> & { closeAll(): void } {
  // An empty name: a temporary file that is gone with the connection, so that 100,000 rows need no memory.
  const database = new DatabaseSync('')
  database.exec(`
    CREATE TABLE entry (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, search TEXT NOT NULL, row TEXT NOT NULL, sort TEXT NOT NULL) STRICT;
    CREATE TABLE facet (name TEXT NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (name, value, n)) STRICT, WITHOUT ROWID;
    CREATE TABLE view_row (view INTEGER NOT NULL, position INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (view, position)) STRICT, WITHOUT ROWID;
    CREATE INDEX view_row_by_entry ON view_row (view, n);
  `)
  const state = { version: null as string | null, filling: null as Promise<void> | null, last: 0 }
  const open: number[] = []
  const close = (view: number): void => {
    const index = open.indexOf(view)
    if (index >= 0) open.splice(index, 1)
    database.prepare('DELETE FROM view_row WHERE view = ?').run(view)
  }
  return {
    open: async (request) => {
      const version = await source.version()
      // Two windows that ask at once wait for the same copy.
      while (version !== state.version) {
        state.filling ??= fill(database, source.entries()).then(() => {
          // Views of the former copy are snapshots of what is gone.
          open.splice(0)
          state.version = version
        }).finally(() => { state.filling = null })
        await state.filling
      }
      while (open.length >= mostViews) close(open[0] ?? 0)
      state.last += 1
      open.push(state.last)
      return openView(database, state.last, request)
    },
    rows: (view, offset, limit) => {
      if (!open.includes(view)) return null
      const rows = database.prepare('SELECT row FROM view_row JOIN entry USING (n) WHERE view = ? AND position >= ? AND position < ? ORDER BY position').all(view, offset, offset + limit)
      // Written by `fill` from rows of this type.
      return rows.map((row) => JSON.parse(textIn(row, 'row')) as Row)
    },
    find: (view, key) => {
      const row = database.prepare('SELECT position FROM view_row JOIN entry USING (n) WHERE view = ? AND key = ?').get(view, key)
      return row === undefined ? null : integerIn(row, 'position')
    },
    close,
    closeAll: () => database.close(),
  }
}

async function fill(database: DatabaseSync, batches: AsyncIterable<readonly ListEntry<unknown>[]>): Promise<void> {
  database.exec('DELETE FROM view_row; DELETE FROM facet; DELETE FROM entry')
  const putEntry = database.prepare('INSERT INTO entry VALUES (?, ?, ?, ?, ?)')
  const putFacet = database.prepare('INSERT INTO facet VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  let n = 0
  for await (const batch of batches) {
    database.exec('BEGIN')
    for (const entry of batch) {
      n += 1
      putEntry.run(n, entry.key, entry.text.toLowerCase(), JSON.stringify(entry.row), JSON.stringify(entry.sort))
      for (const [name, values] of Object.entries(entry.facets)) for (const value of values) putFacet.run(name, value, n)
    }
    database.exec('COMMIT')
  }
}

function openView(database: DatabaseSync, view: number, request: ViewRequest): OpenView {
  const { sql, parameters } = conditionOf(request, null)
  const order = request.sort === null ? 'n' : `json_extract(sort, ?) ${request.sort.direction === 'descending' ? 'DESC' : 'ASC'}, n`
  const sortParameters = request.sort === null ? [] : [`$."${request.sort.column.replaceAll('"', '')}"`]
  database.prepare(`INSERT INTO view_row SELECT ?, row_number() OVER (ORDER BY ${order}) - 1, n FROM entry WHERE ${sql}`).run(view, ...sortParameters, ...parameters)
  const total = database.prepare('SELECT count(*) AS total FROM view_row WHERE view = ?').get(view)
  return { view, total: total === undefined ? 0 : integerIn(total, 'total'), facets: countFacets(database, request) }
}

type Condition = { readonly sql: string; readonly parameters: readonly string[] }

/** `except`: the facet whose own choice does not narrow its own counts. */
function conditionOf({ text, facets }: ViewRequest, except: string | null): Condition {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '')
  const chosen = Object.entries(facets).filter(([name, values]) => values.length > 0 && name !== except)
  const parts = [
    ...words.map((word) => ({ sql: 'instr(search, ?) > 0', parameters: [word] })),
    ...chosen.map(([name, values]) => ({ sql: 'n IN (SELECT n FROM facet WHERE name = ? AND value IN (SELECT value FROM json_each(?)))', parameters: [name, JSON.stringify(values)] })),
  ]
  return { sql: parts.length === 0 ? 'TRUE' : parts.map((part) => part.sql).join(' AND '), parameters: parts.flatMap((part) => part.parameters) }
}

function countFacets(database: DatabaseSync, request: ViewRequest): OpenView['facets'] {
  const names = database.prepare('SELECT DISTINCT name FROM facet').all().map((row) => textIn(row, 'name'))
  return Object.fromEntries(names.map((name) => {
    const { sql, parameters } = conditionOf(request, name)
    const filter = sql === 'TRUE' ? 'TRUE' : `n IN (SELECT n FROM entry WHERE ${sql})`
    const rows = database.prepare(`SELECT value, count(*) AS rows FROM facet WHERE name = ? AND ${filter} GROUP BY value ORDER BY rows DESC, value LIMIT ${mostValues}`).all(name, ...parameters)
    return [name, rows.map((row) => ({ value: textIn(row, 'value'), count: integerIn(row, 'rows') }))]
  }))
}
