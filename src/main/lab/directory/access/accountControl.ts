/** userAccountControl (MS-ADTS 2.2.16). */
export const accountBit = {
  disabled: 0x2, lockedOut: 0x10, passwordNotRequired: 0x20, cannotChangePassword: 0x40, normalAccount: 0x200, interdomainTrust: 0x800,
  workstationTrust: 0x1000, serverTrust: 0x2000, passwordNeverExpires: 0x10000, smartCardRequired: 0x40000, trustedForDelegation: 0x80000,
  passwordExpired: 0x800000, trustedToAuthenticateForDelegation: 0x1000000,
} as const

export const accountTypeBits = accountBit.normalAccount | accountBit.interdomainTrust | accountBit.workstationTrust | accountBit.serverTrust

export function hasBits(value: number, bits: number): boolean {
  return (value & bits) === bits
}
