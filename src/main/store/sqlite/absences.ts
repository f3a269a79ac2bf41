import type { DatabaseSync } from 'node:sqlite'
import type { AbsenceAnswer } from '../../../shared/domain/lifecycle.ts'
import { listParameter, textIn } from './columns.ts'
import { inTransaction } from './transaction.ts'

export function readAbsences(database: DatabaseSync) {
  const byIds = database.prepare('SELECT id, answer FROM absence WHERE id IN (SELECT value FROM json_each(?))')
  return (ids: readonly string[]): ReadonlyMap<string, AbsenceAnswer> =>
    new Map(byIds.all(listParameter(ids)).map((row) => [textIn(row, 'id'), JSON.parse(textIn(row, 'answer')) as AbsenceAnswer]))
}

/** The last answer about each missing guest; a guest who is in the connector space has none. */
export function writeAbsences(database: DatabaseSync) {
  const put = database.prepare('INSERT INTO absence VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET run = excluded.run, answer = excluded.answer')
  const forget = database.prepare('DELETE FROM absence WHERE id = ?')
  const forgetPresent = database.prepare(
    `DELETE FROM absence AS a WHERE EXISTS (SELECT 1 FROM connector_object o WHERE o.connector = 'entra' AND o.anchor = a.id)`,
  )
  const putOne = (run: number, id: string, answer: AbsenceAnswer): void => {
    put.run(id, run, JSON.stringify(answer))
  }
  return {
    store(run: number, answers: ReadonlyMap<string, AbsenceAnswer>): void {
      inTransaction(database, () => {
        for (const [id, answer] of answers) putOne(run, id, answer)
      })
    },
    /** This and what follows: inside of a transaction of the caller. */
    put: putOne,
    forget: (id: string): void => {
      forget.run(id)
    },
    forgetPresent: (): void => {
      forgetPresent.run()
    },
  }
}

export type AbsenceWriter = ReturnType<typeof writeAbsences>
