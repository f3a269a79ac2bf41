import type { Directory } from '../directory.ts'
import { domainHead } from '../directory.ts'
import type { Entry, EntryId } from '../entries/entry.ts'
import { integerOf, octetsOf } from '../entries/entry.ts'
import { ridOf, sidFromOctets, sidToOctets } from '../names/octets.ts'
import { knownAttribute } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import type { AccountRights } from '../seedEntry.ts'

/** Who asks: nobody yet, an account of the directory, or the directory itself while it is set up. */
export type Actor = { readonly kind: 'anonymous' } | { readonly kind: 'account'; readonly id: EntryId; readonly rights: AccountRights } | { readonly kind: 'system' }

/** Members of Domain Admins and Administrators are administrators, however they came there. */
export function actorOf(directory: Directory, account: Entry): Actor {
  const rights = directory.rights.get(account.id) ?? (isInAdministrators(directory, account) ? { kind: 'administrator' } : { kind: 'reader' })
  return { kind: 'account', id: account.id, rights }
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
  return (directory.store.findByKey('member', matchKey(knownAttribute('member'), entry.id)) ?? []).map((id) => directory.store.get(id))
}

function primaryGroupOf(directory: Directory, entry: Entry): Entry | null {
  const rid = integerOf(entry, 'primaryGroupID')
  const domainSid = octetsOf(domainHead(directory), 'objectSid')
  const sid = rid === null || domainSid === null ? null : sidToOctets(`${sidFromOctets(domainSid)}-${rid}`)
  const [id] = sid === null ? [] : (directory.store.findByKey('objectSid', matchKey(knownAttribute('objectSid'), sid)) ?? [])
  return id === undefined ? null : directory.store.get(id)
}

/** Domain Admins 512, Enterprise Admins 519, Administrators 544. */
function isInAdministrators(directory: Directory, account: Entry): boolean {
  const sids = groupsOf(directory, account).map((group) => octetsOf(group, 'objectSid'))
  return sids.some((sid) => sid !== null && [512, 519, 544].includes(ridOf(sid)))
}
