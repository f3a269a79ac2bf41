import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { DelegationAttribute } from '../../../../shared/domain/delegationPlan.ts'

/** Equal as the directory compares: names without case and order, numbers as numbers, descriptors by their octets. */
export function sameDelegationValues(attribute: DelegationAttribute, left: readonly string[], right: readonly string[]): boolean {
  const keysOf = (values: readonly string[]) => new Set(values.map((value) => delegationValueKey(attribute, value)))
  const [leftKeys, rightKeys] = [keysOf(left), keysOf(right)]
  return leftKeys.size === rightKeys.size && [...leftKeys].every((key) => rightKeys.has(key))
}

/** Equal for two values that the attribute's syntax takes for the same. */
export function delegationValueKey(attribute: DelegationAttribute, value: string): string {
  switch (attribute) {
    case 'msDS-AllowedToDelegateTo': case 'servicePrincipalName': return value.toLowerCase()
    case 'userAccountControl': case 'msDS-SupportedEncryptionTypes': return /^-?\d+$/.test(value) ? String(Number(value)) : value
    case 'msDS-AllowedToActOnBehalfOfOtherIdentity': return value
    default: return assertNever(attribute)
  }
}
