import type { Actor } from '../access/actor.ts'
import { mayDelete } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import { domainHead } from '../directory.ts'
import type { Entry, EntryId, StoredValue } from '../entries/entry.ts'
import { isContextHead, isDeleted, octetsOf, referencesOf, textOf, withAttributes } from '../entries/entry.ts'
import { contextHeadOf } from '../entries/resolve.ts'
import { accessDenied, cannotDelete, nonLeaf } from '../errors.ts'
import { guidFromOctets } from '../names/octets.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal, refusalAmong } from '../refusal.ts'
import { attributeDefinitions, isForwardLink, knownAttribute } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import { findWritable } from './place.ts'

/** MS-ADTS 3.1.1.5.5. `tree` takes everything below along, the deepest first (LDAP_SERVER_TREE_DELETE_OID). */
export function deleteEntry(directory: Directory, actor: Actor, dn: string, extent: 'leaf' | 'tree'): Refusal | null {
  const entry = findWritable(directory, actor, dn)
  if (isRefusal(entry)) return entry
  const below = descendantsOf(directory, entry)
  if (below.length > 0 && extent === 'leaf') return mayDelete(directory, actor, entry) ? nonLeaf() : accessDenied()
  const doomed = [...below, entry]
  const refusal = refusalAmong(doomed, (one) => checkDeletable(directory, actor, one))
  if (refusal !== null) return refusal
  const ids = new Set(doomed.map((one) => one.id))
  directory.store.commit({ entries: [...doomed.map((one) => makeTombstone(directory, one)), ...releaseReferences(directory, ids)] })
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

/**
 * Without the Recycle Bin an object keeps what makes it the same one, and loses the rest (MS-ADTS 3.1.1.5.5.1.1): attributes with
 * fPRESERVEONDELETE (8) and a fixed list stay, the name gets its GUID, and it moves to CN=Deleted Objects.
 */
function makeTombstone(directory: Directory, entry: Entry): Entry {
  const kept = [...entry.attributes].filter(([name]) => keptNames.has(name))
  const value = mangledName(entry)
  const parentId = deletedObjectsOf(directory, entry)?.id ?? entry.parentId
  const tombstone: Entry = { ...entry, parentId, rdn: { attribute: entry.rdn.attribute, value }, attributes: new Map(kept) }
  const marks: Record<string, readonly StoredValue[]> = { isDeleted: ['TRUE'], name: [value], [entry.rdn.attribute]: [value] }
  return withAttributes(tombstone, entry.parentId === null ? marks : { ...marks, lastKnownParent: [entry.parentId] })
}

/** At most 75 characters of the old name, a line feed, `DEL:` and the GUID (MS-ADTS 3.1.1.5.5). */
function mangledName(entry: Entry): string {
  const guid = octetsOf(entry, 'objectGUID')
  return `${entry.rdn.value.slice(0, 75)}\nDEL:${guid === null ? String(entry.id) : guidFromOctets(guid)}`
}

const alwaysKept = [
  'distinguishedName', 'dNSHostName', 'flatName', 'governsID', 'groupType', 'instanceType', 'lDAPDisplayName', 'legacyExchangeDN',
  'mS-DS-CreatorSID', 'mSMQOwnerID', 'name', 'nCName', 'objectClass', 'objectGUID', 'objectSid', 'oMSyntax', 'proxiedObjectName', 'replPropertyMetaData', 'sAMAccountName', 'securityIdentifier', 'sIDHistory',
  'subClassOf', 'systemFlags', 'trustPartner', 'userAccountControl', 'uSNChanged', 'uSNCreated', 'whenCreated', 'whenChanged', 'msDS-AdditionalSamAccountName',
]
const keptBySchema = attributeDefinitions.filter((attribute) => ((attribute.searchFlags ?? 0) & 8) !== 0 && !isForwardLink(attribute))
const keptNames: ReadonlySet<string> = new Set([...alwaysKept, ...keptBySchema.map((attribute) => attribute.name)].map((name) => name.toLowerCase()))

function deletedObjectsOf(directory: Directory, entry: Entry): Entry | undefined {
  const rdn = { attribute: 'CN', value: 'Deleted Objects' }
  return directory.store.childNamed(contextHeadOf(directory, entry).id, rdn) ?? directory.store.childNamed(domainHead(directory).id, rdn)
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
