import { randomUUID } from 'node:crypto'
import type { Directory } from '../directory.ts'
import { domainHead } from '../directory.ts'
import { accountBit, hasBits } from '../access/accountControl.ts'
import type { Entry, StoredValue } from '../entries/entry.ts'
import { integerOf, isOfClass, octetsOf, referencesOf, withAttributes } from '../entries/entry.ts'
import { guidToOctets, sidFromOctets, sidToOctets } from '../names/octets.ts'
import { knownAttribute } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import { makeAccountName, settleAccountControl } from './accountRules.ts'

/** What the server adds to a new entry (MS-ADTS 3.1.1.5.2.4, MS-SAMR 3.1.1.8); what was given stays. */
export function completeEntry(directory: Directory, entry: Entry, className: string): Entry {
  const named = addAbsent(entry, {
    objectGUID: [newGuid()],
    instanceType: ['4'],
    objectCategory: categoryOf(directory, className),
  })
  if (isOfClass(named, 'group')) return completeGroup(directory, named)
  if (isOfClass(named, 'user')) return completeAccount(directory, named)
  return named
}

/** Added without userAccountControl, a user is disabled and needs no password (546), a computer likewise (4130). */
function completeAccount(directory: Directory, entry: Entry): Entry {
  const isComputer = isOfClass(entry, 'computer')
  const account = addAbsent(completePrincipal(directory, entry), {
    userAccountControl: [isComputer ? '4130' : '546'], accountExpires: ['9223372036854775807'], badPwdCount: ['0'], badPasswordTime: ['0'],
    codePage: ['0'], countryCode: ['0'], lastLogoff: ['0'], lastLogon: ['0'], logonCount: ['0'],
  })
  const settled = settleAccountControl(account)
  return addAbsent(settled, { primaryGroupID: [primaryGroupOf(settled)] })
}

function primaryGroupOf(account: Entry): string {
  const control = integerOf(account, 'userAccountControl') ?? 0
  if (hasBits(control, accountBit.serverTrust)) return '516'
  return hasBits(control, accountBit.workstationTrust) ? '515' : '513'
}

/** Without groupType a global security group. */
function completeGroup(directory: Directory, entry: Entry): Entry {
  const group = addAbsent(completePrincipal(directory, entry), { groupType: ['-2147483646'] })
  const type = integerOf(group, 'groupType') ?? 0
  const [isSecurity, isLocal] = [type < 0, (type & 4) !== 0]
  const accountType = (isLocal ? 0x20000000 : 0x10000000) + (isSecurity ? 0 : 1)
  return addAbsent(group, { sAMAccountType: [String(accountType)] })
}

function completePrincipal(directory: Directory, entry: Entry): Entry {
  const named = entry.attributes.has('samaccountname') ? entry : withAttributes(entry, { sAMAccountName: [makeAccountName(directory, entry)] })
  return named.attributes.has('objectsid') ? named : withAttributes(named, { objectSid: [newSid(directory)] })
}

function newSid(directory: Directory): Uint8Array {
  const domainSid = octetsOf(domainHead(directory), 'objectSid')
  const sid = domainSid === null ? null : sidToOctets(`${sidFromOctets(domainSid)}-${directory.store.takeRid()}`)
  if (sid === null) throw new Error('The head of the domain has no objectSid')
  return sid
}

export function newGuid(): Uint8Array {
  const guid = guidToOctets(randomUUID())
  if (guid === null) throw new Error('randomUUID gave no GUID')
  return guid
}

function categoryOf(directory: Directory, className: string): readonly StoredValue[] {
  const [id] = directory.store.findByKey('lDAPDisplayName', matchKey(knownAttribute('lDAPDisplayName'), className)) ?? []
  return id === undefined ? [] : referencesOf(directory.store.get(id), 'defaultObjectCategory')
}

function addAbsent(entry: Entry, defaults: Readonly<Record<string, readonly StoredValue[]>>): Entry {
  const absent = Object.entries(defaults).filter(([name]) => !entry.attributes.has(name.toLowerCase()))
  return withAttributes(entry, Object.fromEntries(absent))
}
