import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { isDeleted, textOf, textsOf } from '../entries/entry.ts'
import { accountNameInUse, spnNotUnique, upnNotUnique } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { knownAttribute } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'

/** sAMAccountName, over users, groups and computers of the domain alike (MS-SAMR 3.1.1.6). */
export function checkAccountName(directory: Directory, entry: Entry): Refusal | null {
  const name = textOf(entry, 'sAMAccountName')
  return name !== null && isHeldByAnother(directory, entry, 'sAMAccountName', name) ? accountNameInUse() : null
}

/** userPrincipalName in the forest, the name that another account has by its sAMAccountName included (MS-ADTS 3.1.1.5.1.3). */
export function checkPrincipalName(directory: Directory, entry: Entry): Refusal | null {
  const attribute = knownAttribute('userPrincipalName')
  const name = textOf(entry, 'userPrincipalName')
  if (name === null) return null
  if (isHeldByAnother(directory, entry, 'userPrincipalName', name)) return upnNotUnique(attribute)
  const at = name.lastIndexOf('@')
  const isOfDomain = name.slice(at + 1).toLowerCase() === directory.domain.dnsName.toLowerCase()
  return at > 0 && isOfDomain && isHeldByAnother(directory, entry, 'sAMAccountName', name.slice(0, at)) ? upnNotUnique(attribute) : null
}

export function checkServicePrincipalNames(directory: Directory, entry: Entry): Refusal | null {
  const isTaken = textsOf(entry, 'servicePrincipalName').some((name) => isHeldByAnother(directory, entry, 'servicePrincipalName', name))
  return isTaken ? spnNotUnique(knownAttribute('servicePrincipalName')) : null
}

export function isHeldByAnother(directory: Directory, entry: Entry, attribute: string, value: string): boolean {
  const holders = directory.store.findByKey(attribute, matchKey(knownAttribute(attribute), value)) ?? []
  return holders.some((id) => id !== entry.id && !isDeleted(directory.store.get(id)))
}
