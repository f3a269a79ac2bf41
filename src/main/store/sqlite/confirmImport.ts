import type { DatabaseSync } from 'node:sqlite'
import type { Confirmation, ConfirmedAbsence } from '../store.ts'
import { storeBug } from '../storeError.ts'
import type { AwaitingWriter } from './awaitingConfirmation.ts'
import type { LinkWriter } from './links.ts'
import type { MetaverseWriter } from './metaverseVersions.ts'
import type { ObjectWriter } from './objectVersions.ts'
import { inTransaction } from './transaction.ts'

type Parts = { readonly objects: ObjectWriter; readonly links: LinkWriter; readonly metaverse: MetaverseWriter; readonly awaiting: AwaitingWriter }

/** Objects read again after an export become current, or go, one by one: the rest of the connector space is not touched. */
export function confirmImport(database: DatabaseSync, { objects, links, metaverse, awaiting }: Parts) {
  const confirm = (run: number, { object, link }: Confirmation): void => {
    objects.put(run, object)
    awaiting.see(object)
    if (link === null) return
    const linked = links.metaverseIdOf(object.connector, object.anchor)
    if (linked !== null && linked !== link.metaverseId) {
      throw storeBug(`${object.connector} object ${object.anchor} is linked to ${linked} and cannot be linked to ${link.metaverseId} too.`)
    }
    // Without its metaverse object the account stays unlinked; the next synchronisation joins it by our mark.
    if (linked === null) metaverse.addLink(run, link.metaverseId, link.link)
  }
  return (run: number, confirmations: readonly Confirmation[], absent: readonly ConfirmedAbsence[]): void =>
    inTransaction(database, () => {
      for (const confirmation of confirmations) confirm(run, confirmation)
      for (const { connector, anchor } of absent) {
        objects.remove(run, connector, anchor)
        awaiting.seeGone(anchor)
      }
    })
}
