import { firstValue, valuesOf, type Value } from '../../shared/domain/attributes.ts'
import type { Precondition } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import { fenceAttributes, machineAccountBits } from './ownership.ts'

/** The account is disabled (MS-ADTS 2.2.16, ADS_UF_ACCOUNTDISABLE). */
const disabledBit = 0x2

export type PreconditionInput = {
  readonly account: ConnectorObject
  /** Values as imported of the attributes that flows were compared with. */
  readonly compared: Readonly<Record<string, readonly Value[]>>
  /** More attributes that the decision read, by their names in the directory's schema. */
  readonly alsoRead: readonly string[]
  /** An adopted account is approved as it is shown, enabled or disabled. */
  readonly kind: 'adopt' | 'update' | 'rename' | 'move'
}

/**
 * What must still be true when the change is written (invariant 3): everything that was compared, written, or kept the
 * fence open. Nothing in it changes by the server's own doing; of userAccountControl only the bits that mattered count.
 */
export function preconditionOf({ account, compared, alsoRead, kind }: PreconditionInput): Precondition {
  const names = new Set([...Object.keys(compared), ...alsoRead, ...fenceAttributes])
  names.delete('userAccountControl')
  const values: Record<string, readonly Value[]> = {}
  for (const name of [...names].sort()) values[name] = compared[name] ?? valuesOf(account.attributes, name)
  return { values, userAccountControl: controlUnderMask(account, kind === 'adopt' ? machineAccountBits | disabledBit : machineAccountBits) }
}

function controlUnderMask(account: ConnectorObject, mask: number): Precondition['userAccountControl'] {
  const control = firstValue(account.attributes, 'userAccountControl')
  return control === null ? null : { mask, value: Number(control) & mask }
}
