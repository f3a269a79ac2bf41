import type { DatabaseSync } from 'node:sqlite'
import type { CounterName } from '../../../shared/domain/run.ts'
import type { RunObject } from '../store.ts'
import type { Columns } from './columns.ts'
import { textIn } from './columns.ts'

export function readRunObjects(database: DatabaseSync) {
  const behind = database.prepare('SELECT * FROM run_object WHERE run = ? AND id > ? ORDER BY id, counter, connector LIMIT ?')
  const ofCounter = database.prepare('SELECT * FROM run_object WHERE run = ? AND counter = ? AND id > ? ORDER BY id, connector LIMIT ?')
  const ofObject = database.prepare('SELECT * FROM run_object WHERE run = ? AND id = ? ORDER BY counter, connector')
  return {
    /** In order of id; what is said of one object is never split over two batches, so a batch may be a little longer than asked. */
    batch(run: number, counter: CounterName | null, after: string | null, limit: number): readonly RunObject[] {
      const rows = counter === null ? behind.all(run, after ?? '', limit) : ofCounter.all(run, counter, after ?? '', limit)
      const last = rows.length < limit ? undefined : rows.at(-1)
      if (last === undefined) return rows.map(runObjectOf)
      const id = textIn(last, 'id')
      const ofLast = ofObject.all(run, id).map(runObjectOf).filter((object) => counter === null || object.counter === counter)
      return [...rows.map(runObjectOf).filter((object) => object.id !== id), ...ofLast]
    },
  }
}

/** Inside of a transaction of the caller. */
export function writeRunObjects(database: DatabaseSync) {
  const insert = database.prepare('INSERT INTO run_object (run, counter, id, connector) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  return (run: number, objects: readonly RunObject[]): void => {
    for (const { counter, connector, id } of objects) insert.run(run, counter, id, connector)
  }
}

function runObjectOf(row: Columns): RunObject {
  return { counter: textIn(row, 'counter') as CounterName, connector: textIn(row, 'connector') as RunObject['connector'], id: textIn(row, 'id') }
}
