import type { Actor } from '../access/actor.ts'
import { mayRead } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import { schemaNamesOf } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { isDeleted } from '../entries/entry.ts'
import { contextHeadOf, dnOf, resolveName, resolveNames } from '../entries/resolve.ts'
import { badName, noSuchObject, notBound, schemaClosed } from '../errors.ts'
import type { Rdn } from '../names/dnOfLab.ts'
import { formatDn, parseDnOfLab } from '../names/dnOfLab.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import type { DeletedObjects } from '../search/visibility.ts'
import { isShown } from '../search/visibility.ts'

/** The entry that a write is about: one that this account can see, outside of the schema, deleted only where the request shows deleted ones. */
export function findWritable(directory: Directory, actor: Actor, name: string, deletedObjects: DeletedObjects = 'hidden'): Entry | Refusal {
  if (actor.kind === 'anonymous') return notBound()
  const entry = resolveName(directory, name)
  if (isRefusal(entry)) return entry
  if (!isShown(entry, deletedObjects) || !mayRead(directory, actor, entry)) return noSuchObject(dnOf(directory, contextHeadOf(directory, entry)))
  return checkContext(directory, actor, entry) ?? entry
}

/** Where a new entry goes. */
export function findPlace(directory: Directory, actor: Actor, name: string): { readonly parent: Entry; readonly rdn: Rdn } | Refusal {
  if (actor.kind === 'anonymous') return notBound()
  const names = parseDnOfLab(name)
  const [rdn, ...above] = names ?? []
  if (rdn === undefined) return badName(name)
  const parent = resolveNames(directory, above)
  if (isRefusal(parent)) return parent
  if (isDeleted(parent)) return noSuchObject(dnOf(directory, contextHeadOf(directory, parent)))
  return checkContext(directory, actor, parent) ?? { parent, rdn }
}

/** The schema of this directory is what the server itself knows. */
function checkContext(directory: Directory, actor: Actor, entry: Entry): Refusal | null {
  const isInSchema = dnOf(directory, contextHeadOf(directory, entry)) === formatDn(schemaNamesOf(directory))
  return isInSchema && actor.kind !== 'system' ? schemaClosed() : null
}
