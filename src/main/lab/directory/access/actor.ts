import type { Directory } from '../directory.ts'
import { domainHead } from '../directory.ts'
import type { Entry, EntryId } from '../entries/entry.ts'
import { integerOf, isDeleted, octetsOf } from '../entries/entry.ts'
import { sidFromOctets, sidToOctets } from '../names/octets.ts'
import { knownAttribute } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import type { View } from '../search/view.ts'
import type { Privilege } from './privilege.ts'

/** Who asks: nobody yet, an account of the directory with the token of its sign-in, or the directory itself while it is set up. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'account'; readonly id: EntryId; readonly sids: ReadonlySet<string>; readonly privileges: ReadonlySet<Privilege>; readonly view: View }
  | { readonly kind: 'system' }

/** Groups that were joined later count from the next sign-in on. */
export function actorOf(directory: Directory, account: Entry, view: View): Actor {
  return {
    kind: 'account', id: account.id, view, sids: new Set(tokenOf(directory, account)), privileges: directory.privileges.get(account.id) ?? new Set(),
  }
}

/**
 * The SIDs of a sign-in (MS-ADTS 5.1.3.3, MS-DTYP 2.4.2.4): the account's own, its groups', and those that every sign-in over the network has: Everyone,
 * Network, Authenticated Users, This Organization, and Pre-Windows 2000 Compatible Access, of which Authenticated Users are a member in a new domain.
 */
export function tokenOf(directory: Directory, account: Entry): readonly string[] {
  const own = [account, ...groupsOf(directory, account)].flatMap((entry) => octetsOf(entry, 'objectSid') ?? []).map(sidFromOctets)
  return [...new Set([...own, 'S-1-1-0', 'S-1-5-2', 'S-1-5-11', 'S-1-5-15', 'S-1-5-32-554'])]
}

/** Every group that the entry is in, directly, through other groups, or by its primary group (MS-ADTS 3.1.1.4.5.19). */
export function groupsOf(directory: Directory, entry: Entry): readonly Entry[] {
  const found = new Map<EntryId, Entry>()
  const primary = primaryGroupOf(directory, entry)
  const waiting = [...directGroupsOf(directory, entry), ...(primary === null ? [] : [primary])]
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    if (found.has(group.id)) continue
    found.set(group.id, group)
    waiting.push(...directGroupsOf(directory, group))
  }
  return [...found.values()]
}

function directGroupsOf(directory: Directory, entry: Entry): readonly Entry[] {
  return (directory.store.findByKey('member', matchKey(knownAttribute('member'), entry.id)) ?? []).map((id) => directory.store.get(id)).filter((group) => !isDeleted(group))
}

function primaryGroupOf(directory: Directory, entry: Entry): Entry | null {
  const rid = integerOf(entry, 'primaryGroupID')
  const domainSid = octetsOf(domainHead(directory), 'objectSid')
  const sid = rid === null || domainSid === null ? null : sidToOctets(`${sidFromOctets(domainSid)}-${rid}`)
  const [id] = sid === null ? [] : (directory.store.findByKey('objectSid', matchKey(knownAttribute('objectSid'), sid)) ?? [])
  return id === undefined ? null : directory.store.get(id)
}
