import type { DatabaseSync } from 'node:sqlite'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { ConnectorName, ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { ObjectProblem } from '../../../shared/domain/problem.ts'
import type { CounterName, Counters } from '../../../shared/domain/run.ts'
import type { DeltaStage, RunObject } from '../store.ts'
import type { AbsenceWriter } from './absences.ts'
import type { AwaitingWriter } from './awaitingConfirmation.ts'
import { textIn } from './columns.ts'
import { objectOf } from './connectorContent.ts'
import { mergeDelta } from './mergeDelta.ts'
import type { NameWriter } from './names.ts'
import type { ObjectWriter, Written } from './objectVersions.ts'
import { inTransaction } from './transaction.ts'

type Parts = {
  readonly objects: ObjectWriter
  readonly names: NameWriter
  readonly absences: AbsenceWriter
  readonly awaiting: AwaitingWriter
  readonly noteObjects: (run: number, objects: readonly RunObject[]) => void
  readonly noteProblems: (run: number, problems: readonly ObjectProblem[]) => void
  readonly setWatermark: (name: string, value: string) => void
  readonly dropStaging: (run: number) => void
}

const counterOf: Readonly<Record<Written, CounterName>> = {
  unchanged: 'stagingUnchanged', added: 'stagingAdds', updated: 'stagingUpdates', renamed: 'stagingRenames',
}

/**
 * The staged round of changes becomes part of the connector space, in one transaction, object by object: only what the
 * round names is read or written. Removed objects that are not stored are in no counter.
 */
export function applyDeltaImport(database: DatabaseSync, parts: Parts) {
  const anchors = database.prepare('SELECT DISTINCT anchor FROM staged_change WHERE run = ? AND connector = ? ORDER BY anchor')
  const words = database.prepare('SELECT change FROM staged_change WHERE run = ? AND connector = ? AND anchor = ? ORDER BY sequence')
  const find = database.prepare('SELECT * FROM connector_object WHERE connector = ? AND anchor = ?')
  const apply = applyOutcome(parts)
  const applyTo = (run: number, connector: ConnectorName, anchor: string): CounterName | null => {
    const row = find.get(connector, anchor)
    const said = words.all(run, connector, anchor).map((word) => JSON.parse(textIn(word, 'change')) as DeltaStage)
    const counter = apply(run, connector, anchor, mergeDelta(row === undefined ? null : objectOf(row), said))
    if (counter !== null && counter !== 'stagingUnchanged') parts.noteObjects(run, [{ counter, connector, id: anchor }])
    return counter
  }
  return (run: number, connector: ConnectorName, watermarks: Readonly<Record<string, string>>): Counters =>
    inTransaction(database, () => {
      const counters = { stagingUnchanged: 0, stagingAdds: 0, stagingUpdates: 0, stagingRenames: 0, stagingDeletes: 0 }
      for (const row of anchors.all(run, connector)) {
        const counter = applyTo(run, connector, textIn(row, 'anchor'))
        if (counter !== null && isStaging(counter, counters)) counters[counter] += 1
      }
      if (connector === 'ad') parts.names.merge(run)
      for (const [name, value] of Object.entries(watermarks)) parts.setWatermark(name, value)
      parts.dropStaging(run)
      return counters
    })
}

function applyOutcome({ objects, names, absences, awaiting, noteProblems }: Parts) {
  const present = (run: number, object: ConnectorObject): CounterName => {
    const written = objects.put(run, object)
    if (object.connector === 'entra') absences.forget(object.anchor)
    else {
      names.putAccount(object)
      awaiting.see(object)
    }
    return counterOf[written]
  }
  const removed = (run: number, connector: ConnectorName, anchor: string, why: string): CounterName | null => {
    if (connector === 'ad' && why === 'deleted') names.removeAccount(anchor)
    if (connector === 'ad') awaiting.seeGone(anchor)
    if (!objects.remove(run, connector, anchor)) return null
    // The source has said it itself (Graph: "@removed" with reason "changed"); when it was deleted a look at it will show.
    if (connector === 'entra' && why === 'softDeleted') absences.put(run, anchor, { kind: 'softDeleted', deletedAt: null })
    return 'stagingDeletes'
  }
  return (run: number, connector: ConnectorName, anchor: string, outcome: ReturnType<typeof mergeDelta>): CounterName | null => {
    switch (outcome.kind) {
      case 'present':
        return present(run, outcome.object)
      case 'removed':
        return removed(run, connector, anchor, outcome.why)
      case 'baseless':
        noteProblems(run, [baseless(connector, anchor)])
        return null
      default:
        return assertNever(outcome)
    }
  }
}

function isStaging<Name extends string>(counter: CounterName, counters: Readonly<Record<Name, number>>): counter is CounterName & Name {
  return Object.hasOwn(counters, counter)
}

function baseless(connector: ConnectorName, anchor: string): ObjectProblem {
  return {
    kind: 'importIncomplete',
    connector,
    object: anchor,
    message: `The ${connector} object ${anchor} changed, but nothing else of it is stored; the change was left out.`,
    remedy: `Run a full import of ${connector}.`,
  }
}
