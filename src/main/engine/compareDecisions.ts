import { sameValues, type Value } from '../../shared/domain/attributes.ts'
import type { Change } from '../../shared/domain/change.ts'
import type { OutboundDecision } from '../../shared/domain/decision.ts'

export type ValueDifference = { readonly attribute: string; readonly before: readonly Value[] | null; readonly after: readonly Value[] | null }

/** What another rule set would do with the same person on the same data. */
export type DecisionDifference =
  | { readonly kind: 'same' }
  /** Another kind of change, a change instead of none, or another reason for none. */
  | { readonly kind: 'otherDecision'; readonly before: OutboundDecision; readonly after: OutboundDecision }
  /** The same kind of change, with other values or another place; null: that side leaves the attribute as it is. */
  | { readonly kind: 'otherValues'; readonly differences: readonly ValueDifference[] }

/**
 * Compares the decisions of two rule sets about one person. Names of rules and provenance do not count: two sets that do
 * the same by rules of other names do the same.
 */
export function compareDecisions(before: OutboundDecision, after: OutboundDecision): DecisionDifference {
  if (before.kind === 'skip' || after.kind === 'skip') {
    const isSame = before.kind === 'skip' && after.kind === 'skip' && before.reason.kind === after.reason.kind
    return isSame ? { kind: 'same' } : { kind: 'otherDecision', before, after }
  }
  if (before.change.kind !== after.change.kind) return { kind: 'otherDecision', before, after }
  const differences = differencesOf(writtenBy(before.change), writtenBy(after.change))
  return differences.length === 0 ? { kind: 'same' } : { kind: 'otherValues', differences }
}

/** By lower-case name: what the account would have after the change. */
type Written = ReadonlyMap<string, { readonly name: string; readonly values: readonly Value[] }>

function writtenBy(change: Change): Written {
  const place = change.kind === 'create' ? change.dn : (change.newDn ?? change.dn)
  const entries = change.attributes.map(({ name, after }) => [name.toLowerCase(), { name, values: after }] as const)
  return new Map([['dn', { name: 'dn', values: [place] }], ...entries])
}

function differencesOf(before: Written, after: Written): readonly ValueDifference[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort()
  return keys.flatMap((key) => {
    const [left, right] = [before.get(key), after.get(key)]
    if (left !== undefined && right !== undefined && sameValues(left.values, right.values)) return []
    return [{ attribute: left?.name ?? right?.name ?? key, before: left?.values ?? null, after: right?.values ?? null }]
  })
}
