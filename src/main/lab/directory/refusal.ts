/**
 * Why an operation was refused: an LDAP result code (RFC 4511 appendix A), and the diagnostic message of a Windows domain controller, whose
 * first eight digits are a Win32 error (MS-ADTS 3.1.1.3.1.9, MS-ERREF 2.2).
 */
export type Refusal = {
  readonly refused: true
  readonly code: number
  readonly message: string
  readonly matchedDn: string
  readonly referrals: readonly string[]
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && value.refused === true
}

/** The first check that refuses, in the order given; null where all agree. */
export function firstRefusal(...checks: readonly (() => Refusal | null)[]): Refusal | null {
  for (const check of checks) {
    const refusal = check()
    if (refusal !== null) return refusal
  }
  return null
}

/** The first item that is refused; null where none is. */
export function refusalAmong<Item>(items: Iterable<Item>, check: (item: Item) => Refusal | null): Refusal | null {
  for (const item of items) {
    const refusal = check(item)
    if (refusal !== null) return refusal
  }
  return null
}

export function refuse(code: number, message: string, rest: { matchedDn?: string; referrals?: readonly string[] } = {}): Refusal {
  return { refused: true, code, message, matchedDn: rest.matchedDn ?? '', referrals: rest.referrals ?? [] }
}

/** RFC 4511 appendix A. */
export const resultCode = {
  success: 0, operationsError: 1, protocolError: 2, timeLimitExceeded: 3, sizeLimitExceeded: 4, compareFalse: 5, compareTrue: 6,
  authMethodNotSupported: 7, strongerAuthRequired: 8, referral: 10, unavailableCriticalExtension: 12, noSuchAttribute: 16,
  inappropriateMatching: 18, constraintViolation: 19, attributeOrValueExists: 20, invalidAttributeSyntax: 21, noSuchObject: 32,
  invalidDnSyntax: 34, invalidCredentials: 49, insufficientAccessRights: 50, busy: 51, unavailable: 52, unwillingToPerform: 53, namingViolation: 64,
  objectClassViolation: 65, notAllowedOnNonLeaf: 66, notAllowedOnRdn: 67, entryAlreadyExists: 68, objectClassModsProhibited: 69,
  affectsMultipleDsas: 71, other: 80,
} as const
