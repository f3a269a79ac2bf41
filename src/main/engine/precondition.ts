import { firstValue, valuesOf, type Value } from '../../shared/domain/attributes.ts'
import type { ExistingChange, Precondition } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import { disabledBit } from './accountControl.ts'
import { fenceAttributes, machineAccountBits } from './ownership.ts'

export type PreconditionInput = {
  readonly account: ConnectorObject
  /** Values as imported of the attributes that flows were compared with. */
  readonly compared: Readonly<Record<string, readonly Value[]>>
  /** More attributes that the decision read, by their names in the directory's schema. */
  readonly alsoRead: readonly string[]
  /** An adopted account is approved as it is shown, enabled or disabled; the lifecycle's changes are about that very bit. */
  readonly kind: ExistingChange['kind']
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
  return { values, userAccountControl: controlUnderMask(account, kindsBoundToDisabledBit.has(kind) ? machineAccountBits | disabledBit : machineAccountBits) }
}

const kindsBoundToDisabledBit: ReadonlySet<ExistingChange['kind']> = new Set(['adopt', 'disable', 'enable', 'delete'])

function controlUnderMask(account: ConnectorObject, mask: number): Precondition['userAccountControl'] {
  const control = firstValue(account.attributes, 'userAccountControl')
  return control === null ? null : { mask, value: Number(control) & mask }
}
