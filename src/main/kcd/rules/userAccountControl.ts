/** Bits of userAccountControl (MS-ADTS 2.2.16) that the checks ask for. */
export const accountDisabled = 0x2
export const passwordNotRequired = 0x20
export const domainController = 0x2000
export const smartCardRequired = 0x40000
export const trustedForDelegation = 0x80000
export const notDelegated = 0x100000
export const onlyDes = 0x200000
export const preAuthenticationNotRequired = 0x400000
export const trustedToAuthenticateForDelegation = 0x1000000
/** Of msDS-User-Account-Control-Computed. */
export const lockedOut = 0x10

export function hasBit(value: number, bit: number): boolean {
  return (value & bit) !== 0
}
