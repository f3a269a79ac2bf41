import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { DeltaStage } from '../store.ts'

/** What a round of a delta import has said about one object in the end. */
export type DeltaOutcome =
  | { readonly kind: 'present'; readonly object: ConnectorObject }
  | { readonly kind: 'removed'; readonly why: string }
  /** Some attributes of an object of which nothing else is known: no object can be made of them. */
  | { readonly kind: 'baseless' }

/**
 * All words about one object, in the order in which they came, over the object as it is stored. Named attributes replace
 * (no value clears), the others stay; a removed object that changes afterwards has come back with what is known of it.
 */
export function mergeDelta(stored: ConnectorObject | null, words: readonly DeltaStage[]): DeltaOutcome {
  let known = stored
  let outcome: DeltaOutcome = { kind: 'baseless' }
  for (const word of words) {
    if (word.kind === 'removed') {
      outcome = { kind: 'removed', why: word.why }
      continue
    }
    known = word.kind === 'replaced' ? word.object : known === null ? null : applyChange(known, word)
    outcome = known === null ? { kind: 'baseless' } : { kind: 'present', object: known }
  }
  return outcome
}

function applyChange(object: ConnectorObject, change: DeltaStage & { readonly kind: 'changed' }): ConnectorObject {
  const named = Object.entries(change.attributes)
  const kept = Object.entries(object.attributes).filter(([name]) => !Object.hasOwn(change.attributes, name))
  const given = named.filter(([, values]) => values.length > 0)
  return { ...object, dn: change.dn ?? object.dn, attributes: Object.fromEntries([...kept, ...given]) }
}
