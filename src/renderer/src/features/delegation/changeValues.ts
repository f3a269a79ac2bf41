import { assertNever } from '../../../../shared/domain/assertNever.ts'
import { decodeBase64 } from '../../../../shared/domain/base64.ts'
import type { DelegationAttribute, DelegationChange } from '../../../../shared/domain/delegationPlan.ts'
import { readTrust } from '../../../../shared/domain/resourceTrust.ts'
import { delegationTexts } from '../../texts/delegation.ts'

/** userAccountControl, MS-ADTS 2.2.16: what of it concerns delegation. */
const controlBits = [[0x2, 'ACCOUNTDISABLE'], [0x80000, 'TRUSTED_FOR_DELEGATION'], [0x100000, 'NOT_DELEGATED'], [0x200000, 'USE_DES_KEY_ONLY'], [0x1000000, 'TRUSTED_TO_AUTH_FOR_DELEGATION']] as const

/** What comes and what goes, as a person reads it: entries of a list, or names of bits. */
export function wordsOfValues(attribute: DelegationAttribute, values: readonly string[], names: ReadonlyMap<string, string>): readonly string[] {
  switch (attribute) {
    case 'userAccountControl': return values.flatMap((value) => namesOfControl(Number(value)))
    case 'msDS-SupportedEncryptionTypes': return values.flatMap((value) => namesOfEncryption(Number(value)))
    case 'msDS-AllowedToActOnBehalfOfOtherIdentity': return values.flatMap((value) => wordsOfTrust(value, names))
    case 'msDS-AllowedToDelegateTo': case 'servicePrincipalName': return values
    default: return assertNever(attribute)
  }
}

/** Of values whose bits mean something the number before and after; empty for lists. */
export function numbersOf({ attribute, before, after }: DelegationChange): readonly string[] {
  if (attribute !== 'userAccountControl' && attribute !== 'msDS-SupportedEncryptionTypes') return []
  return [before, after].map(([value]) => (value === undefined ? '∅' : asHex(value)))
}

/** MS-KILE 2.2.7. */
export function namesOfEncryption(types: number): readonly string[] {
  const { des, rc4, aes128, aes256 } = delegationTexts.plan.encryption
  const known = [[0x3, des], [0x4, rc4], [0x8, aes128], [0x10, aes256]] as const
  return known.flatMap(([bits, name]) => ((types & bits) === 0 ? [] : [name]))
}

export function namesOfControl(control: number): readonly string[] {
  return controlBits.flatMap(([bit, name]) => ((control & bit) === 0 ? [] : [name]))
}

export function asHex(value: string | number): string {
  return `0x${(Number(value) >>> 0).toString(16)}`
}

function wordsOfTrust(base64: string, names: ReadonlyMap<string, string>): readonly string[] {
  const octets = decodeBase64(base64)
  const content = octets === null ? null : readTrust(octets).content
  if (content?.kind !== 'descriptor') return [delegationTexts.plan.malformed]
  const words = delegationTexts.application.entries
  return content.entries.map(({ kind, sid }) => `${words[kind]} ${sid === null ? '?' : [names.get(sid), sid].filter((part) => part !== undefined).join(' ')}`)
}
