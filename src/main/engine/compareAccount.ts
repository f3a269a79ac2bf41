import { valuesOf, type Value } from '../../shared/domain/attributes.ts'
import type { AttributeChange } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { FlowTrace } from '../../shared/domain/decision.ts'
import { sameDirectoryValues } from './directoryValues.ts'
import { traceOf, type WantedAttribute } from './outboundFlow.ts'
import { byName } from './provision.ts'

export type Comparison = {
  /** Sorted by name. */
  readonly changes: readonly AttributeChange[]
  /** Every attribute that was looked at, with the values as imported. */
  readonly compared: Readonly<Record<string, readonly Value[]>>
  readonly traces: readonly FlowTrace[]
}

/**
 * What differs between an account as imported and as the rules want it. The DN is compared elsewhere. `failedAttributes`
 * of the metaverse are not known: no value is no reason to clear anything then.
 */
export function compareAccount(account: ConnectorObject, flows: readonly WantedAttribute[], failedAttributes: readonly string[]): Comparison {
  const changes: AttributeChange[] = []
  const compared: Record<string, readonly Value[]> = {}
  const traces: FlowTrace[] = []
  for (const flow of flows) {
    const { attribute, from } = flow
    if (attribute.name.toLowerCase() === 'dn') continue
    const after = wantedValues(flow, failedAttributes)
    if (after === null) {
      traces.push(traceOf(flow, flow.wanted.kind === 'values' ? 'null' : outcomeWithoutValues(flow)))
      continue
    }
    const before = valuesOf(account.attributes, attribute.name)
    compared[attribute.name] = before
    const isSame = sameDirectoryValues(attribute.syntax, before, after)
    traces.push(traceOf(flow, isSame ? 'unchanged' : 'applied'))
    if (!isSame) changes.push({ after, before, from, name: attribute.name })
  }
  return { changes: changes.sort(byName), compared, traces }
}

/** Null: the flow leaves the attribute as it is. An empty list clears it, which only a flow that allows null does. */
function wantedValues({ wanted, allowNull, trace }: WantedAttribute, failedAttributes: readonly string[]): readonly Value[] | null {
  if (wanted.kind !== 'values') return null
  if (wanted.values.length > 0) return wanted.values
  const isKnown = failedAttributes.every((name) => trace.inputs[name] === undefined)
  return allowNull && isKnown ? wanted.values : null
}

function outcomeWithoutValues({ wanted }: WantedAttribute): FlowTrace['outcome'] {
  return wanted.kind === 'failed' ? 'failed' : 'initialOnly'
}
