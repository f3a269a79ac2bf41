import type { Value } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { DeltaChange } from '../connector.ts'
import type { MergedChange } from './deltaRound.ts'
import type { FilterExpression } from './filterExpression.ts'
import { attributesOfFilter, judgeByFilter } from './filterExpression.ts'

/** Whether the connector space has the user. */
export type Standing = 'known' | 'stranger'

/** What a round means for one user; `read`: what came does not tell, the user has to be looked at. */
export type ChangeVerdict = { readonly kind: 'deliver'; readonly change: DeltaChange } | { readonly kind: 'ignore' } | { readonly kind: 'read' }

const ignore: ChangeVerdict = { kind: 'ignore' }
const mustRead: ChangeVerdict = { kind: 'read' }

/** Users cannot be filtered on the server in a delta query, so this decides what a full import's `$filter` would. */
export function judgeChange(merged: MergedChange, standing: Standing, filter: FilterExpression): ChangeVerdict {
  const { anchor, removed, attributes, isContradictory } = merged
  if (removed === 'deleted' || (removed === 'changed' && attributes === null)) {
    return standing === 'known' ? deliver({ kind: 'removed', anchor, why: removed === 'deleted' ? 'deleted' : 'softDeleted' }) : ignore
  }
  // Soft-deleted and restored in one round, in an order that nobody knows.
  if (removed !== null || isContradictory || attributes === null) return mustRead
  return standing === 'known' ? judgeKnown(anchor, attributes, filter) : judgeStranger(attributes, filter)
}

/** A user as a look at it showed it: everything that was asked for. */
export function judgeObject(object: ConnectorObject, standing: Standing, filter: FilterExpression): ChangeVerdict {
  const verdict = judgeByFilter(filter, (name) => valuesWithoutCase(object.attributes, name) ?? [])
  if (verdict === 'matches') return deliver({ kind: 'replaced', object })
  if (standing === 'stranger') return ignore
  return hasBecomeMember(object.attributes, filter) ? deliver({ kind: 'replaced', object }) : deliver({ kind: 'removed', anchor: object.anchor, why: 'leftFilter' })
}

function judgeKnown(anchor: string, attributes: Readonly<Record<string, readonly Value[]>>, filter: FilterExpression): ChangeVerdict {
  if (Object.keys(attributes).length === 0) return ignore
  const changed = deliver({ kind: 'changed', anchor, dn: null, attributes })
  // It was in the filter, and nothing that the filter looks at has changed.
  if (attributesOfFilter(filter).every((name) => valuesWithoutCase(attributes, name) === null)) return changed
  const verdict = judgeByFilter(filter, (name) => valuesWithoutCase(attributes, name))
  if (verdict === 'unknown') return mustRead
  // A guest who became a member is shown as one: the scope of the rules says what that means (sync-semantics 6).
  if (verdict === 'matches' || hasBecomeMember(attributes, filter)) return changed
  return deliver({ kind: 'removed', anchor, why: 'leftFilter' })
}

/**
 * What is not named may still have a value (a restored user comes with little), so a stranger in the filter is always looked
 * at. One that the filter does not decide on is looked at too: it may be a guest who was restored.
 */
function judgeStranger(attributes: Readonly<Record<string, readonly Value[]>>, filter: FilterExpression): ChangeVerdict {
  return judgeByFilter(filter, (name) => valuesWithoutCase(attributes, name)) === 'differs' ? ignore : mustRead
}

/** Only where userType takes part in the filter: otherwise members are in scope as anybody else. */
function hasBecomeMember(attributes: Readonly<Record<string, readonly Value[]>>, filter: FilterExpression): boolean {
  if (!attributesOfFilter(filter).some((name) => name.toLowerCase() === 'usertype')) return false
  return valuesWithoutCase(attributes, 'userType')?.some((value) => String(value).toLowerCase() === 'member') ?? false
}

/** Null: not named. Graph spells names in its own way, a filter in the administrator's. */
function valuesWithoutCase(attributes: Readonly<Record<string, readonly Value[]>>, name: string): readonly Value[] | null {
  const wanted = name.toLowerCase()
  return Object.entries(attributes).find(([each]) => each.toLowerCase() === wanted)?.[1] ?? null
}

function deliver(change: DeltaChange): ChangeVerdict {
  return { kind: 'deliver', change }
}
