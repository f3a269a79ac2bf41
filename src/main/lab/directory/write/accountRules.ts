import { randomBytes } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { accountBit, accountTypeBits, hasBits } from '../access/accountControl.ts'
import { mayEnableDelegation } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { integerOf, isOfClass, textOf, textsOf, withAttributes } from '../entries/entry.ts'
import { invalidAccountName, passwordRestriction, privilegeNotHeld } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { firstRefusal } from '../refusal.ts'
import { isHeldByAnother } from './uniqueness.ts'

/** MS-SAMR 3.1.1.6 and the 20 characters that Windows allows users and computers; a group may have 256. */
export function checkAccountNameForm(entry: Entry): Refusal | null {
  const name = textOf(entry, 'sAMAccountName')
  if (name === null) return null
  const isTooLong = isOfClass(entry, 'user') && name.length > 20
  const isInvalid = isTooLong || /["/\\[\]:;|=,+*?<>\0-\x1f]/.test(name) || name.endsWith('.') || name.trim() === ''
  return isInvalid ? invalidAccountName() : null
}

/** `before` is null for an entry that is being made (MS-SAMR 3.1.1.8.10). */
export function checkAccountControl(actor: Actor, before: Entry | null, after: Entry, hasPassword: boolean): Refusal | null {
  return firstRefusal(
    () => (needsPrivilege(before, after) && !mayEnableDelegation(actor) ? privilegeNotHeld() : null),
    () => (actor.kind !== 'system' && becomesEnabled(before, after) && lacksPassword(after, hasPassword) ? passwordRestriction() : null),
  )
}

/** What a user gets that names no account of its own: `$` and two random parts (MS-SAMR 3.1.1.8.3). */
export function makeAccountName(directory: Directory, entry: Entry): string {
  for (;;) {
    const letters = randomBytes(18).toString('base64').toUpperCase().replace(/[^A-Z0-9]/g, '0')
    const name = `$${letters.slice(0, 6)}-${letters.slice(6, 18)}`
    if (!isHeldByAnother(directory, entry, 'sAMAccountName', name)) return name
  }
}

/** Bits that only the controller sets are dropped, and an account without type is an ordinary one (MS-SAMR 3.1.1.8.10). */
export function settleAccountControl(entry: Entry): Entry {
  const control = integerOf(entry, 'userAccountControl')
  if (control === null) return entry
  const kept = control & ~(accountBit.lockedOut | accountBit.passwordExpired | accountBit.cannotChangePassword)
  const settled = (kept & accountTypeBits) === 0 ? kept | accountBit.normalAccount : kept
  return withAttributes(entry, { userAccountControl: [String(settled)], sAMAccountType: [accountTypeOf(settled)] })
}

export function setsSmartCard(before: Entry | null, after: Entry): boolean {
  return hasControl(after, accountBit.smartCardRequired) && (before === null || !hasControl(before, accountBit.smartCardRequired))
}

/** sAMAccountType (MS-ADTS 2.2.12): SAM_USER_OBJECT, SAM_MACHINE_ACCOUNT, SAM_TRUST_ACCOUNT. */
function accountTypeOf(control: number): string {
  if (hasBits(control, accountBit.interdomainTrust)) return '805306370'
  return (control & (accountBit.workstationTrust | accountBit.serverTrust)) === 0 ? '805306368' : '805306369'
}

function becomesEnabled(before: Entry | null, after: Entry): boolean {
  const isEnabled = integerOf(after, 'userAccountControl') !== null && !hasControl(after, accountBit.disabled)
  const neededPassword = before === null || hasControl(before, accountBit.disabled) || hasControl(before, accountBit.passwordNotRequired)
  return isEnabled && neededPassword
}

function lacksPassword(after: Entry, hasPassword: boolean): boolean {
  return !hasPassword && !hasControl(after, accountBit.passwordNotRequired)
}

/** The two bits of delegation and the list alike (MS-ADTS 3.1.1.5.3.2, MS-SAMR 3.1.1.8.10). */
function needsPrivilege(before: Entry | null, after: Entry): boolean {
  const bits = accountBit.trustedForDelegation | accountBit.trustedToAuthenticateForDelegation
  const controlOf = (entry: Entry | null) => (entry === null ? 0 : (integerOf(entry, 'userAccountControl') ?? 0) & bits)
  const listOf = (entry: Entry | null) => (entry === null ? [] : textsOf(entry, 'msDS-AllowedToDelegateTo')).join('\n')
  return controlOf(before) !== controlOf(after) || listOf(before) !== listOf(after)
}

function hasControl(entry: Entry, bits: number): boolean {
  return hasBits(integerOf(entry, 'userAccountControl') ?? 0, bits)
}
