import type { Actor } from '../access/actor.ts'
import { isTooYoung } from '../access/logon.ts'
import { hashPassword, isPassword, meetsPolicy, passwordIn } from '../access/password.ts'
import { mayResetPassword } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import type { Secret } from '../entries/entryTable.ts'
import { accessDenied, badPassword, badSyntax, notEncrypted, notInQuotes, passwordRestriction, unwilling, wrongOldPassword } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import { knownAttribute } from '../schema/schema.ts'
import type { AttributeInput, Modification, WriteOptions } from './request.ts'

const attribute = knownAttribute('unicodePwd')

export function isPasswordInput(input: AttributeInput): boolean {
  return input.name.toLowerCase() === 'unicodepwd'
}

/** The password that an add brings along; null where it brings none. `account` is the entry as it will be. */
export function readFirstPassword(directory: Directory, account: Entry, inputs: readonly AttributeInput[], options: WriteOptions): Secret | Refusal | null {
  const values = inputs.filter(isPasswordInput).flatMap((input) => input.values)
  if (values.length === 0) return null
  const password = readPassword(values, options)
  if (isRefusal(password)) return password
  return meetsPolicy(directory, account, password) ? hashPassword(password) : passwordRestriction()
}

/** `replace` is a reset and needs the right; `delete` with `add` is a change and needs the old password (MS-ADTS 3.1.1.3.1.5.1). */
export function readPasswordChange(directory: Directory, actor: Actor, account: Entry, changes: readonly Modification[], options: WriteOptions): Secret | Refusal | null {
  const [first, second] = changes
  if (first === undefined) return null
  if (first.operation === 'replace' && second === undefined) return resetPassword(directory, actor, account, first, options)
  const isChange = first.operation === 'delete' && second?.operation === 'add' && changes.length === 2
  return isChange ? changePassword(directory, account, first, second, options) : unwilling()
}

function resetPassword(directory: Directory, actor: Actor, account: Entry, change: Modification, options: WriteOptions): Secret | Refusal {
  const password = readPassword(change.values, options)
  if (isRefusal(password)) return password
  if (!mayResetPassword(directory, actor, account)) return accessDenied()
  return meetsPolicy(directory, account, password) ? hashPassword(password) : passwordRestriction()
}

function changePassword(directory: Directory, account: Entry, oldValue: Modification, newValue: Modification, options: WriteOptions): Secret | Refusal {
  const before = readPassword(oldValue.values, options)
  if (isRefusal(before)) return before
  const after = readPassword(newValue.values, options)
  if (isRefusal(after)) return after
  const secret = directory.store.secretOf(account.id)
  if (secret === undefined || !isPassword(secret, before)) return wrongOldPassword(attribute)
  const isAllowed = before !== after && !isTooYoung(directory, account) && meetsPolicy(directory, account, after)
  return isAllowed ? hashPassword(after) : badPassword(attribute)
}

function readPassword(values: readonly Uint8Array[], options: WriteOptions): string | Refusal {
  if (options.transport === 'plain') return notEncrypted()
  const [value, ...more] = values
  if (value === undefined || more.length > 0) return badSyntax(attribute)
  return passwordIn(value) ?? notInQuotes()
}
