import type { Directory } from '../directory.ts'
import { domainHead } from '../directory.ts'
import { nowAsFileTime } from '../clock.ts'
import type { Entry } from '../entries/entry.ts'
import { integerOf, isDeleted, isOfClass, textOf, withAttributes } from '../entries/entry.ts'
import { resolveName } from '../entries/resolve.ts'
import { logonFailed } from '../errors.ts'
import { parseDnOfLab } from '../names/dnOfLab.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import { knownAttribute } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import { accountBit, hasBits } from './accountControl.ts'
import { isPassword } from './password.ts'

/** Win32 errors of a failed logon, as `data` in the answer (MS-ERREF 2.2). */
const logonError = {
  noSuchUser: '525', wrongPassword: '52e', restriction: '52f', passwordExpired: '532', disabled: '533', accountExpired: '701',
  mustChangePassword: '773', locked: '775',
} as const

/** A simple bind: by DN, userPrincipalName, name@domain or DOMAIN\name (MS-ADTS 5.1.1.1.1). */
export function logOn(directory: Directory, name: string, password: string): Entry | Refusal {
  const account = findAccount(directory, name)
  if (account === null) return logonFailed(logonError.noSuchUser)
  if (isLockedOut(directory, account)) return logonFailed(logonError.locked)
  const secret = directory.store.secretOf(account.id)
  if (secret === undefined || !isPassword(secret, password)) return countBadPassword(directory, account)
  const error = restrictionOf(directory, account)
  if (error !== null) return logonFailed(error)
  recordLogon(directory, account)
  return directory.store.get(account.id)
}

/** msDS-User-Account-Control-Computed (MS-ADTS 3.1.1.4.5.17): what the stored bits do not tell. */
export function computedAccountControl(directory: Directory, account: Entry): number {
  const locked = isLockedOut(directory, account) ? accountBit.lockedOut : 0
  return locked | (isPasswordExpired(directory, account) ? accountBit.passwordExpired : 0)
}

/** msDS-UserPasswordExpiryTimeComputed (MS-ADTS 3.1.1.4.5.34): 0 where it must be changed first, the largest number where it never ends. */
export function passwordExpiry(directory: Directory, account: Entry): bigint {
  const control = integerOf(account, 'userAccountControl') ?? 0
  const maximum = -largeInteger(domainHead(directory), 'maxPwdAge')
  if ((control & (accountBit.passwordNeverExpires | accountBit.smartCardRequired)) !== 0 || maximum <= 0n || maximum >= never) return never
  const set = largeInteger(account, 'pwdLastSet')
  return set === 0n ? 0n : set + maximum
}

/** Whether a password may be changed yet (minPwdAge of the domain). */
export function isTooYoung(directory: Directory, account: Entry): boolean {
  return nowAsFileTime() < largeInteger(account, 'pwdLastSet') - largeInteger(domainHead(directory), 'minPwdAge')
}

function findAccount(directory: Directory, name: string): Entry | null {
  const [, domain, account] = /^([^\\]+)\\(.+)$/s.exec(name) ?? []
  if (domain !== undefined && account !== undefined) return domain.toLowerCase() === directory.domain.netBiosName.toLowerCase() ? byName(directory, account) : null
  if (name.startsWith('<') || (parseDnOfLab(name)?.length ?? 0) > 1) {
    const entry = resolveName(directory, name)
    return isRefusal(entry) || !isUsable(entry) ? null : entry
  }
  const byUpn = accountWith(directory, 'userPrincipalName', name)
  const suffix = `@${directory.domain.dnsName}`
  return byUpn ?? (name.toLowerCase().endsWith(suffix.toLowerCase()) ? byName(directory, name.slice(0, -suffix.length)) : null)
}

function byName(directory: Directory, name: string): Entry | null {
  return accountWith(directory, 'sAMAccountName', name)
}

function accountWith(directory: Directory, attribute: string, value: string): Entry | null {
  const ids = directory.store.findByKey(attribute, matchKey(knownAttribute(attribute), value)) ?? []
  return ids.map((id) => directory.store.get(id)).find(isUsable) ?? null
}

function isUsable(entry: Entry): boolean {
  return isOfClass(entry, 'user') && !isDeleted(entry)
}

/** In the order in which Windows looks; the password was right. */
function restrictionOf(directory: Directory, account: Entry): string | null {
  const control = integerOf(account, 'userAccountControl') ?? 0
  if (hasBits(control, accountBit.disabled)) return logonError.disabled
  const expires = largeInteger(account, 'accountExpires')
  if (expires > 0n && expires < never && expires < nowAsFileTime()) return logonError.accountExpired
  if (hasBits(control, accountBit.smartCardRequired)) return logonError.restriction
  if (largeInteger(account, 'pwdLastSet') === 0n && !hasBits(control, accountBit.passwordNeverExpires)) return logonError.mustChangePassword
  return isPasswordExpired(directory, account) ? logonError.passwordExpired : null
}

const never = 0x7fff_ffff_ffff_ffffn

/** MS-SAMR 3.1.5.14.4: passwords of computers and trusts change by themselves. */
const neverExpires = accountBit.passwordNeverExpires | accountBit.smartCardRequired | accountBit.workstationTrust | accountBit.serverTrust | accountBit.interdomainTrust

function isPasswordExpired(directory: Directory, account: Entry): boolean {
  const control = integerOf(account, 'userAccountControl') ?? 0
  if ((control & neverExpires) !== 0) return false
  const maximum = -largeInteger(domainHead(directory), 'maxPwdAge')
  return maximum > 0n && maximum < never && nowAsFileTime() > largeInteger(account, 'pwdLastSet') + maximum
}

function isLockedOut(directory: Directory, account: Entry): boolean {
  const since = largeInteger(account, 'lockoutTime')
  if (since === 0n) return false
  const duration = -largeInteger(domainHead(directory), 'lockoutDuration')
  return duration === 0n || duration >= never || nowAsFileTime() < since + duration
}

/** lockoutThreshold 0, the default of a new domain, never locks. */
function countBadPassword(directory: Directory, account: Entry): Refusal {
  const count = (integerOf(account, 'badPwdCount') ?? 0) + 1
  const threshold = integerOf(domainHead(directory), 'lockoutThreshold') ?? 0
  const now = String(nowAsFileTime())
  const counted = withAttributes(account, { badPwdCount: [String(count)], badPasswordTime: [now] })
  if (threshold > 0 && count >= threshold) directory.store.commit({ entries: [withAttributes(counted, { lockoutTime: [now] })] })
  else directory.store.commit({ entries: [counted], stamps: 'local' })
  return logonFailed(logonError.wrongPassword)
}

/** lastLogon is each controller's own; lastLogonTimestamp is replicated, at most every nine days (msDS-LogonTimeSyncInterval). */
function recordLogon(directory: Directory, account: Entry): void {
  const now = nowAsFileTime()
  const count = (integerOf(account, 'logonCount') ?? 0) + 1
  const local = withAttributes(account, { badPwdCount: ['0'], lastLogon: [String(now)], logonCount: [String(count)] })
  const isDue = now - largeInteger(account, 'lastLogonTimestamp') > nineDays
  if (isDue) directory.store.commit({ entries: [withAttributes(local, { lastLogonTimestamp: [String(now)] })] })
  else directory.store.commit({ entries: [local], stamps: 'local' })
}

const nineDays = 9n * 86_400n * 10_000_000n

function largeInteger(entry: Entry, name: string): bigint {
  return BigInt(textOf(entry, name) ?? '0')
}
