import { firstValue } from '../../shared/domain/attributes.ts'
import type { AttributeChange } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'

/** The account is disabled (MS-ADTS 2.2.16, ADS_UF_ACCOUNTDISABLE). */
export const disabledBit = 0x2

/** userAccountControl as imported; null where it was not read, which is not the same as enabled. */
export function readControl(account: ConnectorObject): number | null {
  const value = firstValue(account.attributes, 'userAccountControl')
  return value === null || !Number.isSafeInteger(Number(value)) ? null : Number(value)
}

export function isDisabled(control: number): boolean {
  return (control & disabledBit) !== 0
}

/** Single bits only: whatever else is set stays (sync-semantics 3). */
export function disableBit(control: number, rule: string): AttributeChange {
  return controlChange(control, control | disabledBit, rule)
}

export function enableBit(control: number, rule: string): AttributeChange {
  return controlChange(control, control & ~disabledBit, rule)
}

function controlChange(before: number, after: number, rule: string): AttributeChange {
  return { name: 'userAccountControl', before: [before], after: [after], from: { rule, source: 'lifecycle', connector: null } }
}
