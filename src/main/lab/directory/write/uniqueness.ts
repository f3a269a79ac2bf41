import type { Directory } from '../directory.ts'
import { configurationNamesOf } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { isDeleted, textOf, textsOf } from '../entries/entry.ts'
import { resolveName } from '../entries/resolve.ts'
import { accountNameInUse, spnNotUnique, upnNotUnique } from '../errors.ts'
import { formatDn } from '../names/dnOfLab.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
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
  if (name === null || isUnverified(directory, heuristic.principalNames)) return null
  if (isHeldByAnother(directory, entry, 'userPrincipalName', name)) return upnNotUnique(attribute)
  const at = name.lastIndexOf('@')
  const isOfDomain = name.slice(at + 1).toLowerCase() === directory.domain.dnsName.toLowerCase()
  return at > 0 && isOfDomain && isHeldByAnother(directory, entry, 'sAMAccountName', name.slice(0, at)) ? upnNotUnique(attribute) : null
}

export function checkServicePrincipalNames(directory: Directory, entry: Entry): Refusal | null {
  if (isUnverified(directory, heuristic.servicePrincipalNames)) return null
  const isTaken = textsOf(entry, 'servicePrincipalName').some((name) => isHeldByAnother(directory, entry, 'servicePrincipalName', name))
  return isTaken ? spnNotUnique(knownAttribute('servicePrincipalName')) : null
}

/** fDoNotVerifyUPNAndOrSPNUniqueness, character 21 of dSHeuristics (MS-ADTS 6.1.1.2.4.1.2): 1 for UPNs, 2 for SPNs, 3 for both. */
const heuristic = { position: 20, principalNames: 1, servicePrincipalNames: 2 } as const

function isUnverified(directory: Directory, bit: number): boolean {
  const service = resolveName(directory, `CN=Directory Service,CN=Windows NT,CN=Services,${formatDn(configurationNamesOf(directory))}`)
  const digit = isRefusal(service) ? 0 : Number((textOf(service, 'dSHeuristics') ?? '')[heuristic.position] ?? 0)
  return (digit & bit) !== 0
}

export function isHeldByAnother(directory: Directory, entry: Entry, attribute: string, value: string): boolean {
  const holders = directory.store.findByKey(attribute, matchKey(knownAttribute(attribute), value)) ?? []
  return holders.some((id) => id !== entry.id && !isDeleted(directory.store.get(id)))
}
