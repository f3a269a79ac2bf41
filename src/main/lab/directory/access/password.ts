import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import type { Directory } from '../directory.ts'
import { domainHead } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { integerOf, textOf } from '../entries/entry.ts'
import type { Secret } from '../entries/entryTable.ts'

/** The password between the quotes of a unicodePwd value (MS-ADTS 3.1.1.3.1.5.1); null where the value is not quoted UTF-16LE. */
export function passwordIn(value: Uint8Array): string | null {
  const text = Buffer.from(value).toString('utf16le')
  return value.length % 2 === 0 && text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : null
}

/** Length and complexity as the head of the domain says (minPwdLength, pwdProperties; MS-SAMR 3.1.1.7.1 and the default password filter). */
export function meetsPolicy(directory: Directory, account: Entry, password: string): boolean {
  const head = domainHead(directory)
  if (password.length < (integerOf(head, 'minPwdLength') ?? 0) || password.length > 256) return false
  const mustBeComplex = ((integerOf(head, 'pwdProperties') ?? 0) & 1) !== 0
  return !mustBeComplex || (characterClasses(password) >= 3 && !holdsNameOf(account, password))
}

export function hashPassword(password: string): Secret {
  const salt = randomBytes(16)
  return { salt: salt.toString('base64'), hash: derive(password, salt).toString('base64') }
}

export function isPassword(secret: Secret, password: string): boolean {
  return timingSafeEqual(derive(password, Buffer.from(secret.salt, 'base64')), Buffer.from(secret.hash, 'base64'))
}

/** What setting the smart card bit leaves behind: a password that nobody knows. */
export function unknownPassword(): Secret {
  return hashPassword(randomBytes(32).toString('base64'))
}

/** A domain controller keeps a fast hash; a cost of 1,024 keeps adding accounts fast here too. */
function derive(password: string, salt: Buffer): Buffer {
  return scryptSync(password.normalize('NFC'), salt, 32, { N: 1024, r: 8, p: 1 })
}

function characterClasses(password: string): number {
  return [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u, /[\p{Lo}\p{Lt}\p{Lm}]/u].filter((kind) => kind.test(password)).length
}

/** The account's name as a whole, or a part of its display name, of three characters and more. */
function holdsNameOf(account: Entry, password: string): boolean {
  const lower = password.toLowerCase()
  const parts = (textOf(account, 'displayName') ?? '').split(/[,.\-_ #\t]+/)
  return [textOf(account, 'sAMAccountName') ?? '', ...parts].some((name) => name.length >= 3 && lower.includes(name.toLowerCase()))
}
