import type { Directory } from '../directory.ts'
import { domainHead } from '../directory.ts'
import { badName, noSuchObject, referral } from '../errors.ts'
import type { Rdn } from '../names/dnOfLab.ts'
import { decodeUtf8, formatDn, parseDnOfLab, rdnKey } from '../names/dnOfLab.ts'
import { guidToOctets, sidToOctets } from '../names/octets.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import { knownAttribute } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import type { Entry } from './entry.ts'
import { isContextHead } from './entry.ts'

/** By DN, `<GUID=…>`, `<SID=…>` or `<WKGUID=…,DC=…>` (MS-ADTS 3.1.1.3.1.2.4). Refuses bad names, foreign ones and those of no entry. */
export function resolveName(directory: Directory, name: string): Entry | Refusal {
  const wellKnown = /^<WKGUID=([0-9a-f]{32}),(.+)>$/i.exec(name.trim())
  if (wellKnown !== null) return resolveWellKnown(directory, wellKnown[1] ?? '', wellKnown[2] ?? '')
  const byIdentity = /^<(GUID|SID)=([^>]+)>$/i.exec(name.trim())
  if (byIdentity !== null) return resolveIdentity(directory, byIdentity[1] ?? '', byIdentity[2] ?? '')
  const names = parseDnOfLab(name)
  if (names === null) return badName(name)
  return resolveNames(directory, names)
}

export function resolveNames(directory: Directory, names: readonly Rdn[]): Entry | Refusal {
  const path = pathBelowDomain(directory, names)
  if (path === null) return names.length === 0 || isAboveDomain(directory, names) ? noSuchObject('') : referral(names)
  let entry = domainHead(directory)
  for (const rdn of path.toReversed()) {
    const child = directory.store.childNamed(entry.id, rdn)
    if (child === undefined) return noSuchObject(dnOf(directory, entry))
    entry = child
  }
  return entry
}

/** Text of a DN-valued attribute's value; null where it names no entry. */
export function resolveReference(directory: Directory, octets: Uint8Array): Entry | null {
  const text = decodeUtf8(octets)
  const entry = text === null || text === '' ? null : resolveName(directory, text)
  return entry === null || isRefusal(entry) ? null : entry
}

export function namesOf(directory: Directory, entry: Entry): readonly Rdn[] {
  const names: Rdn[] = []
  for (let current = entry; ; current = directory.store.get(current.parentId)) {
    if (current.parentId === null) return [...names, ...directory.domainNames]
    names.push(current.rdn)
  }
}

export function dnOf(directory: Directory, entry: Entry): string {
  return formatDn(namesOf(directory, entry))
}

/** Whether the entry is the other one or lies below it, whatever the naming context. */
export function isAtOrBelow(directory: Directory, entry: Entry, ancestor: Entry): boolean {
  for (let current: Entry | undefined = entry; current !== undefined; current = current.parentId === null ? undefined : directory.store.find(current.parentId)) {
    if (current.id === ancestor.id) return true
  }
  return false
}

export function contextHeadOf(directory: Directory, entry: Entry): Entry {
  let current = entry
  while (!isContextHead(current) && current.parentId !== null) current = directory.store.get(current.parentId)
  return current
}

/** The names between the domain's head and the entry; null for a name outside of the domain. */
function pathBelowDomain(directory: Directory, names: readonly Rdn[]): readonly Rdn[] | null {
  const split = names.length - directory.domainNames.length
  const isBelow = split >= 0 && directory.domainNames.every((rdn, index) => isSameRdn(names[split + index], rdn))
  return isBelow ? names.slice(0, split) : null
}

/** `DC=lab` above `DC=contoso,DC=lab`. */
function isAboveDomain(directory: Directory, names: readonly Rdn[]): boolean {
  const above = directory.domainNames.slice(-names.length)
  return names.length < directory.domainNames.length && names.every((rdn, index) => isSameRdn(above[index], rdn))
}

function isSameRdn(left: Rdn | undefined, right: Rdn): boolean {
  return left !== undefined && rdnKey(left) === rdnKey(right)
}

/** Containers that keep their GUID wherever they are moved to (MS-ADTS 6.1.1.4, wellKnownObjects). */
const wellKnownContainers: Readonly<Record<string, Rdn>> = {
  '18E2EA80684F11D2B9AA00C04F79F805': { attribute: 'CN', value: 'Deleted Objects' }, A9D1CA15768811D1ADED00C04FD8D5CD: { attribute: 'CN', value: 'Users' },
  AA312825768811D1ADED00C04FD8D5CD: { attribute: 'CN', value: 'Computers' }, A361B2FFFFD211D1AA4B00C04FD7D83A: { attribute: 'OU', value: 'Domain Controllers' },
  AB1D30F3768811D1ADED00C04FD8D5CD: { attribute: 'CN', value: 'System' },
}

function resolveWellKnown(directory: Directory, guid: string, head: string): Entry | Refusal {
  const names = parseDnOfLab(head)
  if (names === null) return badName(head)
  const container = wellKnownContainers[guid.toUpperCase()]
  return container === undefined ? noSuchObject(head) : resolveNames(directory, [container, ...names])
}

function resolveIdentity(directory: Directory, kind: string, text: string): Entry | Refusal {
  const isGuid = kind.toUpperCase() === 'GUID'
  const octets = (isGuid ? guidToOctets(text) : sidToOctets(text)) ?? (/^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : null)
  if (octets === null) return badName(text)
  const attribute = isGuid ? 'objectGUID' : 'objectSid'
  const [id] = directory.store.findByKey(attribute, matchKey(knownAttribute(attribute), octets)) ?? []
  return id === undefined ? noSuchObject('') : directory.store.get(id)
}
