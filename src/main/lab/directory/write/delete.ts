import type { Actor } from '../access/actor.ts'
import { mayDelete } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import { deletedObjectsOf } from '../entries/deletedObjects.ts'
import type { Entry, EntryId } from '../entries/entry.ts'
import { isContextHead, isDeleted, referencesOf, textOf, withAttributes } from '../entries/entry.ts'
import { isContainer, isRecycleBinOn } from '../entries/recycleBin.ts'
import { accessDenied, cannotDelete, nonLeaf } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal, refusalAmong } from '../refusal.ts'
import { attributeDefinitions, isForwardLink, knownAttribute } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import type { DeletedObjects } from '../search/visibility.ts'
import { findWritable } from './place.ts'
import { makeTombstone, recycle } from './tombstone.ts'

/** MS-ADTS 3.1.1.5.5. `tree` takes everything below along, the deepest first (LDAP_SERVER_TREE_DELETE_OID). */
export function deleteEntry(directory: Directory, actor: Actor, dn: string, extent: 'leaf' | 'tree', deletedObjects: DeletedObjects): Refusal | null {
  const entry = findWritable(directory, actor, dn, deletedObjects)
  if (isRefusal(entry)) return entry
  if (isDeleted(entry)) return recycleEntry(directory, actor, entry)
  const below = descendantsOf(directory, entry)
  if (below.length > 0 && extent === 'leaf') return mayDelete(directory, actor, entry) ? nonLeaf() : accessDenied()
  const doomed = [...below, entry]
  const refusal = refusalAmong(doomed, (one) => checkDeletable(directory, actor, one))
  if (refusal !== null) return refusal
  if (isRecycleBinOn(directory)) directory.store.commit({ entries: bury(directory, doomed, 'whole') })
  else removeForGood(directory, bury(directory, doomed, 'stripped'))
  return null
}

function bury(directory: Directory, doomed: readonly Entry[], extent: 'whole' | 'stripped'): readonly Entry[] {
  return doomed.map((one) => makeTombstone(one, deletedObjectsOf(directory, one)?.id ?? null, extent))
}

/** Password and links go with it. */
function removeForGood(directory: Directory, tombstones: readonly Entry[]): void {
  const ids = new Set(tombstones.map((one) => one.id))
  const secrets = new Map(tombstones.filter((one) => directory.store.secretOf(one.id) !== undefined).map((one) => [one.id, null]))
  directory.store.commit({ entries: [...tombstones, ...releaseReferences(directory, ids)], secrets })
}

/** Deleting what is deleted: with the Recycle Bin it is recycled, without there is nothing left to take (MS-ADTS 3.1.1.5.5.1). */
function recycleEntry(directory: Directory, actor: Actor, entry: Entry): Refusal | null {
  if (isContainer(entry) || !isRecycleBinOn(directory) || textOf(entry, 'isRecycled') === 'TRUE') return cannotDelete()
  if (!mayDelete(directory, actor, entry)) return accessDenied()
  removeForGood(directory, [recycle(entry)])
  return null
}

function checkDeletable(directory: Directory, actor: Actor, entry: Entry): Refusal | null {
  if (!mayDelete(directory, actor, entry)) return accessDenied()
  return isContextHead(entry) || textOf(entry, 'isCriticalSystemObject') === 'TRUE' ? cannotDelete() : null
}

/** Deepest first. */
function descendantsOf(directory: Directory, entry: Entry): readonly Entry[] {
  return Array.from(directory.store.childrenOf(entry.id)).flatMap((child) => [...descendantsOf(directory, child), child])
}

/** Links to a deleted object go with it; its holders are changed as far as uSNChanged tells. */
function releaseReferences(directory: Directory, ids: ReadonlySet<EntryId>): readonly Entry[] {
  const changed = new Map<EntryId, Entry>()
  for (const attribute of attributeDefinitions.filter(isForwardLink)) {
    for (const id of ids) {
      for (const holderId of directory.store.findByKey(attribute.name, matchKey(knownAttribute(attribute.name), id)) ?? []) {
        const holder = changed.get(holderId) ?? directory.store.get(holderId)
        if (ids.has(holderId) || isDeleted(holder)) continue
        changed.set(holderId, withAttributes(holder, { [attribute.name]: referencesOf(holder, attribute.name).filter((one) => !ids.has(one)) }))
      }
    }
  }
  return [...changed.values()]
}
