import type { DatabaseSync } from 'node:sqlite'
import type { Change } from '../../../shared/domain/change.ts'
import { changeKinds } from '../../../shared/domain/change.ts'
import type { SkipReason } from '../../../shared/domain/decision.ts'
import type { PendingExport, PendingHash, PendingKey, StoredSkip } from '../store.ts'
import type { Columns } from './columns.ts'
import { integerIn, listParameter, textIn } from './columns.ts'

export function readPending(database: DatabaseSync) {
  const ofKind = database.prepare('SELECT * FROM pending_export WHERE kind = ? AND metaverse_id > ? ORDER BY metaverse_id LIMIT ?')
  const hashesOfKind = database.prepare('SELECT metaverse_id, hash FROM pending_export WHERE kind = ? AND metaverse_id > ? ORDER BY metaverse_id LIMIT ?')
  const ofPerson = database.prepare('SELECT * FROM pending_export WHERE metaverse_id = ?')
  const skips = database.prepare(
    'SELECT metaverse_id, reason FROM pending_skip WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY metaverse_id LIMIT ?',
  )
  const skip = database.prepare('SELECT metaverse_id, reason FROM pending_skip WHERE metaverse_id = ?')
  const counts = database.prepare('SELECT kind, count(*) AS skips FROM pending_skip GROUP BY kind')
  return {
    batch: (after: PendingKey | null, limit: number): readonly PendingExport[] =>
      inOrderOfReview(after, limit, (kind, behind, most) => ofKind.all(kind, behind, most).map(pendingOf)),
    hashBatch: (after: PendingKey | null, limit: number): readonly PendingHash[] =>
      inOrderOfReview(after, limit, (kind, behind, most) => hashesOfKind.all(kind, behind, most).map((row) => ({ kind, metaverseId: textIn(row, 'metaverse_id'), hash: textIn(row, 'hash') }))),
    /** A person has one pending export; were there two, the first in the order of review. */
    ofPerson(metaverseId: string): PendingExport | null {
      const found = ofPerson.all(metaverseId).map(pendingOf)
      const rank = (pending: PendingExport) => changeKinds.indexOf(pending.change.kind)
      return found.sort((left, right) => rank(left) - rank(right))[0] ?? null
    },
    skips: (kinds: readonly SkipReason['kind'][], limit: number): readonly StoredSkip[] => skips.all(listParameter(kinds), limit).map(skipOf),
    skip(metaverseId: string): StoredSkip | null {
      const row = skip.get(metaverseId)
      return row === undefined ? null : skipOf(row)
    },
    countSkips: (): Readonly<Record<string, number>> =>
      Object.fromEntries(counts.all().map((row) => [textIn(row, 'kind'), integerIn(row, 'skips')])),
  }
}

/** Kind by kind, because their order is that of review and no collation knows it. */
function inOrderOfReview<Row>(after: PendingKey | null, limit: number, ofKind: (kind: Change['kind'], behind: string, limit: number) => readonly Row[]): readonly Row[] {
  const from = after === null ? 0 : changeKinds.indexOf(after.kind)
  const batch: Row[] = []
  for (const kind of changeKinds.slice(from)) {
    batch.push(...ofKind(kind, kind === after?.kind ? after.metaverseId : '', limit - batch.length))
    if (batch.length >= limit) break
  }
  return batch
}

export function pendingOf(row: Columns): PendingExport {
  return { run: integerIn(row, 'run'), change: JSON.parse(textIn(row, 'change')) as Change, hash: textIn(row, 'hash') }
}

function skipOf(row: Columns): StoredSkip {
  return { metaverseId: textIn(row, 'metaverse_id'), reason: JSON.parse(textIn(row, 'reason')) as SkipReason }
}
