import { assertNever } from '../../../../shared/domain/assertNever.ts'
import { decodeBase64 } from '../../../../shared/domain/base64.ts'
import type { DelegationChange } from '../../../../shared/domain/delegationPlan.ts'
import { readTrust } from '../../../../shared/domain/resourceTrust.ts'
import { trustedForDelegation, trustedToAuthenticateForDelegation } from '../userAccountControl.ts'

/**
 * Why a change is none that Guestbridge plans; null: it may be one. A file may come from anywhere, and its hash says only
 * that nobody edited it since: other bits of an account are not changed under the name of delegation.
 */
export function findMalformed({ attribute, before, after }: DelegationChange): string | null {
  switch (attribute) {
    case 'msDS-AllowedToDelegateTo': case 'servicePrincipalName': return after.some((value) => value === '') ? 'it has an empty value' : null
    case 'userAccountControl': return findForeignBits(before, after)
    case 'msDS-SupportedEncryptionTypes': return [before, after].every((values) => values.length <= 1 && values.every(isInteger)) ? null : 'encryption types are one number'
    case 'msDS-AllowedToActOnBehalfOfOtherIdentity': return after.length <= 1 && after.every(isTrust) ? null : 'its descriptor cannot be read'
    default: return assertNever(attribute)
  }
}

function findForeignBits(before: readonly string[], after: readonly string[]): string | null {
  const [was, becomes] = [before[0] ?? '', after[0] ?? '']
  if (before.length !== 1 || after.length !== 1 || !isInteger(was) || !isInteger(becomes)) return 'userAccountControl is one number'
  const foreign = (Number(was) ^ Number(becomes)) & ~(trustedForDelegation | trustedToAuthenticateForDelegation)
  return foreign === 0 ? null : `it changes bits of userAccountControl that are none of delegation (0x${(foreign >>> 0).toString(16)})`
}

function isInteger(text: string): boolean {
  return /^-?\d{1,10}$/.test(text)
}

function isTrust(text: string): boolean {
  const octets = decodeBase64(text)
  return octets !== null && readTrust(octets).content.kind === 'descriptor'
}
