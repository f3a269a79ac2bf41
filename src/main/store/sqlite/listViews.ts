import { DatabaseSync } from 'node:sqlite'
import { startListIndex, type ListIndex } from '../listIndex.ts'
import type { ListEntry, ListSource, ListViews, ViewRequest } from '../views.ts'
import { integerIn, textIn } from './columns.ts'

/** So many views stay open at most: a window closes its own, one that was killed does not. */
const mostViews = 32

/** A list as it stood at one version of its source. */
type Copy = { readonly version: string; readonly index: ListIndex; readonly rows: DatabaseSync; readonly orders: Map<string, Uint32Array> }

/**
 * Lists are copied when their source has changed: what is searched and counted into memory, the rows into a temporary file.
 * A view is row numbers of the copy, so that it stays what it is while a run writes, and until the next copy is complete.
 */
export function createListViews<Row>(source: ListSource<Row>): ListViews<Row> & { closeAll(): void } {
  const views = new Map<number, Uint32Array>()
  const state = { copy: null as Copy | null, copying: null as Promise<void> | null, last: 0, isClosed: false }
  const replace = (copy: Copy): void => {
    state.copy?.rows.close()
    if (state.isClosed) return copy.rows.close()
    // Views of the former copy are snapshots of what is gone.
    views.clear()
    state.copy = copy
  }
  const refresh = async (): Promise<Copy> => {
    for (;;) {
      const version = await source.version()
      if (state.copy?.version === version) return state.copy
      // Two windows that ask at once wait for the same copy.
      state.copying ??= copyList(version, source.entries()).then(replace).finally(() => { state.copying = null })
      await state.copying
    }
  }
  return {
    prepare: async () => { await refresh() },
    open: async (request) => {
      const copy = await refresh()
      const { rows, facets } = copy.index.select(request, orderOf(copy, request.sort))
      for (const oldest of views.keys()) if (views.size >= mostViews) views.delete(oldest)
      state.last += 1
      views.set(state.last, rows)
      return { view: state.last, total: rows.length, facets }
    },
    rows: (view, offset, limit) => {
      const numbers = views.get(view)
      const row = state.copy?.rows.prepare('SELECT row FROM entry WHERE n = ?')
      if (numbers === undefined || row === undefined) return null
      // Written by `copyList` from rows of this type.
      return [...numbers.subarray(offset, offset + limit)].map((number) => JSON.parse(textIn(row.get(number) ?? {}, 'row')) as Row)
    },
    find: (view, key) => {
      const number = state.copy?.index.numberOf(key) ?? null
      const position = number === null ? -1 : (views.get(view)?.indexOf(number) ?? -1)
      return position < 0 ? null : position
    },
    close: (view) => void views.delete(view),
    closeAll: () => {
      state.isClosed = true
      if (state.copy?.rows.isOpen === true) state.copy.rows.close()
    },
  }
}

async function copyList(version: string, batches: AsyncIterable<readonly ListEntry<unknown>[]>): Promise<Copy> {
  // An empty name: a temporary file that is gone with the connection, so that the rows need no memory.
  const rows = new DatabaseSync('')
  try {
    rows.exec('CREATE TABLE entry (n INTEGER PRIMARY KEY, row TEXT NOT NULL, sort TEXT NOT NULL) STRICT')
    const put = rows.prepare('INSERT INTO entry VALUES (?, ?, ?)')
    const index = startListIndex()
    let n = 0
    for await (const batch of batches) {
      rows.exec('BEGIN')
      for (const entry of batch) {
        put.run(n, JSON.stringify(entry.row), JSON.stringify(entry.sort))
        index.add(entry)
        n += 1
      }
      rows.exec('COMMIT')
    }
    return { version, index: index.finish(), rows, orders: new Map() }
  } catch (error) {
    rows.close()
    throw error
  }
}

/** Null: the natural order. Each order is made once for a copy. */
function orderOf({ index, rows, orders }: Copy, sort: ViewRequest['sort']): Uint32Array | null {
  if (sort === null) return null
  const name = `${sort.column} ${sort.direction}`
  const known = orders.get(name)
  if (known !== undefined) return known
  const direction = sort.direction === 'descending' ? 'DESC' : 'ASC'
  const order = new Uint32Array(index.size)
  let place = 0
  for (const row of rows.prepare(`SELECT n FROM entry ORDER BY json_extract(sort, ?) ${direction}, n`).iterate(`$."${sort.column.replaceAll('"', '')}"`)) {
    order[place] = integerIn(row, 'n')
    place += 1
  }
  orders.set(name, order)
  return order
}
