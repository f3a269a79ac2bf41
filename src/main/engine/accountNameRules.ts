import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { ValueRefusal } from './directoryValues.ts'

export const accountNameLength = 20

/**
 * What a sAMAccountName must not be, before any write (MS-SAMR 3.1.1.6 and facts of the product: Samba accepts more than
 * Windows does): longer than 20, with one of the forbidden characters or a control character, ending in a dot, blank.
 */
export function checkAccountName(name: string): Result<null, ValueRefusal> {
  const refuse = (what: string) => fail({ kind: 'accountNameInvalid' as const, what })
  if (name.length > accountNameLength) return refuse(`takes at most ${accountNameLength} characters, "${name}" has ${name.length}`)
  const forbidden = Array.from(name).find((character) => character < ' ' || forbiddenInAccountName.has(character))
  if (forbidden !== undefined) return refuse(`must not hold ${nameCharacter(forbidden)}, as "${name}" does`)
  if (name.endsWith('.')) return refuse(`must not end in a dot, as "${name}" does`)
  if (name.trim() === '') return refuse('must not be blank')
  return succeed(null)
}

/**
 * What a userPrincipalName must not be: anything but one name and one suffix around an at sign, or with characters that a
 * Kerberos principal or a sign-in form cannot carry. `#` is allowed: guests have `#EXT#`; so are accents.
 */
export function checkUserPrincipalName(name: string): Result<null, ValueRefusal> {
  const refuse = (what: string) => fail({ kind: 'syntaxInvalid' as const, what })
  const [prefix, suffix, ...more] = name.split('@')
  if (!prefix || !suffix || more.length > 0) return refuse(`needs a name and a suffix around one at sign, "${name}" has not`)
  const forbidden = Array.from(name).find((character) => character <= ' ' || forbiddenInUserPrincipalName.has(character))
  if (forbidden !== undefined) return refuse(`must not hold ${nameCharacter(forbidden)}, as "${name}" does`)
  return succeed(null)
}

const forbiddenInAccountName = new Set('"/\\[]:;|=,+*?<>')
const forbiddenInUserPrincipalName = new Set('"(),/:;<>[\\]|\u007f\u00a0')

function nameCharacter(character: string): string {
  const code = character.charCodeAt(0)
  return code <= 32 || code === 127 || code === 160 ? `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}` : `"${character}"`
}
