import type { SearchEntry } from 'ldapts'
import { AndFilter, EqualityFilter, OrFilter } from 'ldapts'
import { parseDn } from '../../../shared/domain/dn.ts'
import { guidFromBytes, guidToBytes } from '../../../shared/domain/ids.ts'
import type { Dn, ObjectGuid } from '../../../shared/domain/ids.ts'
import type { DeletedAccount } from '../../../shared/domain/lifecycle.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { Conversation } from './conversation.ts'
import { ShowDeleted } from './controls.ts'
import { anyObject, isAbsent } from './readObjects.ts'
import { textIn } from './rootDse.ts'
import { searchOnce } from './search.ts'

/** The container belongs to the system and keeps its name (MS-ADTS 6.1.1.4.2). */
export function deletedObjectsOf(domainDn: Dn): string {
  return `CN=Deleted Objects,${domainDn}`
}

/**
 * Whether the bound account may read CN=Deleted Objects: only administrators may by default, and without the right deletions are
 * left out of every answer without a word. Without it the container comes without attributes, or not at all.
 */
export async function readsDeletedObjects(conversation: Conversation, signal: AbortSignal): Promise<Result<boolean, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const search = { base: deletedObjectsOf(signedIn.value.root.domainDn), scope: 'base' as const, filter: anyObject, attributes: ['name'], controls: [new ShowDeleted()] }
  const found = await searchOnce(conversation, search, 'Looking whether deleted objects may be read', signal)
  if (found.ok) return succeed(textIn(found.value[0], 'name') !== '')
  return isAbsent(found.problem) || found.problem.kind === 'notPermitted' ? succeed(false) : found
}

/** By anchor; missing where nothing is left of an account or the bound account may not see it. `isRecycled`: its attributes are gone. */
export async function findDeletedAccounts(conversation: Conversation, anchors: readonly ObjectGuid[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, DeletedAccount>, Problem>> {
  const isBinOn = await readRecycleBin(conversation, signal)
  if (!isBinOn.ok) return isBinOn
  const accounts = new Map<string, DeletedAccount>()
  for (let start = 0; start < anchors.length; start += anchorsPerSearch) {
    const found = await findByAnchors(conversation, anchors.slice(start, start + anchorsPerSearch), signal)
    if (!found.ok) return found
    for (const account of found.value.map((entry) => describeDeleted(entry, isBinOn.value))) {
      if (account !== null) accounts.set(account.anchor, account)
    }
  }
  return succeed(accounts)
}

/** The DN that a deleted object has now; null where it is not (or not visibly) deleted. */
export async function findDeletedDn(conversation: Conversation, anchor: ObjectGuid, signal: AbortSignal): Promise<Result<Dn | null, Problem>> {
  const found = await findByAnchors(conversation, [anchor], signal)
  if (!found.ok) return found
  const [entry] = found.value
  if (entry === undefined) return succeed(null)
  const name = parseDn(entry.name)
  return name.ok ? name : fail(unreadableName(entry.name))
}

/**
 * MS-ADTS 3.1.1.9.1: the Recycle Bin is on when the crossRefContainer of the forest lists it among msDS-EnabledFeature. Every account may
 * read that; a directory without the attribute has no such feature.
 */
export async function readRecycleBin(conversation: Conversation, signal: AbortSignal): Promise<Result<boolean, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { configurationDn } = signedIn.value.root
  if (configurationDn === null) return succeed(false)
  const search = { base: `CN=Partitions,${configurationDn}`, scope: 'base' as const, filter: anyObject, attributes: ['msDS-EnabledFeature'] }
  const found = await searchOnce(conversation, search, 'Reading whether the Recycle Bin is on', signal)
  if (!found.ok) return isAbsent(found.problem) ? succeed(false) : found
  const features = found.value.flatMap(({ attributes }) => attributes.flatMap(({ parsedBuffers }) => parsedBuffers.map((bytes) => bytes.toString('utf8').toLowerCase())))
  return succeed(features.some((feature) => feature.startsWith('cn=recycle bin feature,')))
}

const anchorsPerSearch = 50

async function findByAnchors(conversation: Conversation, anchors: readonly ObjectGuid[], signal: AbortSignal): Promise<Result<readonly SearchEntry[], Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const named = new OrFilter({ filters: anchors.map((anchor) => new EqualityFilter({ attribute: 'objectGUID', value: Buffer.from(guidToBytes(anchor)) })) })
  const search = {
    base: deletedObjectsOf(signedIn.value.root.domainDn), scope: 'one' as const, controls: [new ShowDeleted()],
    filter: new AndFilter({ filters: [new EqualityFilter({ attribute: 'isDeleted', value: 'TRUE' }), named] }),
    attributes: ['objectGUID', 'lastKnownParent', 'sAMAccountName', 'isRecycled'],
  }
  const found = await searchOnce(conversation, search, 'Looking for deleted accounts', signal)
  return !found.ok && (isAbsent(found.problem) || found.problem.kind === 'notPermitted') ? succeed([]) : found
}

function describeDeleted(entry: SearchEntry, isBinOn: boolean): DeletedAccount | null {
  const guid = entry.attributes.find(({ type }) => type.toLowerCase() === 'objectguid')?.parsedBuffers[0]
  const anchor = guid === undefined ? null : guidFromBytes(guid)
  if (anchor === null || !anchor.ok) return null
  const [parent, accountName] = [parseDn(textIn(entry, 'lastKnownParent')), textIn(entry, 'sAMAccountName')]
  // Without the bin a deleted object is a tombstone, which can be reanimated with its SID, whatever the server calls it
  // (MS-ADTS 3.1.1.5.3.7); what the bin has recycled cannot.
  const isRecycled = isBinOn && textIn(entry, 'isRecycled') === 'TRUE'
  return { anchor: anchor.value, lastKnownParent: parent.ok ? parent.value : null, accountName: accountName === '' ? null : accountName, isRecycled }
}

function unreadableName(name: string): Problem {
  return { kind: 'nameInvalid', message: `Looking for deleted accounts failed: ${name} is not a distinguished name.`, remedy: 'Restore the account with the Active Directory Administrative Center.' }
}
