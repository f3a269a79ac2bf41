import type { DatabaseSync } from 'node:sqlite'
import { changeKinds } from '../../../shared/domain/change.ts'
import type { PendingExport } from '../store.ts'
import type { Answer } from './answer.ts'
import { textIn, textOrNullIn } from './columns.ts'
import { pendingOf } from './pending.ts'

const batchSize = 500

/**
 * What was planned when that synchronisation had ended, whatever was written or replaced since: the exports that began
 * with it or before and had not ended. Read in batches, so that nothing is held open between them.
 */
export function readPlanOfRun(database: DatabaseSync, answer: Answer) {
  const header = database.prepare('SELECT header FROM plan WHERE run = ?')
  const ofKind = database.prepare(
    `SELECT kind, metaverse_id, run, hash, change FROM pending_export WHERE kind = :kind AND metaverse_id > :after AND run <= :run
     UNION ALL
     SELECT kind, metaverse_id, run, hash, change FROM pending_export_history
     WHERE kind = :kind AND metaverse_id > :after AND run <= :run AND valid_to_run > :run
     ORDER BY metaverse_id LIMIT ${batchSize}`,
  )
  async function* exportsOf(run: number): AsyncGenerator<PendingExport> {
    for (const kind of changeKinds) {
      let after: string | null = ''
      while (after !== null) {
        const behind: string = after
        const rows = await answer(() => ofKind.all({ kind, run, after: behind }))
        yield* rows.map(pendingOf)
        const last = rows.length < batchSize ? undefined : rows.at(-1)
        after = last === undefined ? null : textIn(last, 'metaverse_id')
      }
    }
  }
  return (run: number): { readonly header: string; readonly exports: AsyncIterable<PendingExport> } | null => {
    const row = header.get(run)
    const text = row === undefined ? null : textOrNullIn(row, 'header')
    return text === null ? null : { header: text, exports: exportsOf(run) }
  }
}
