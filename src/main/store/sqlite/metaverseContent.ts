import type { Value } from '../../../shared/domain/attributes.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { Contribution, Link, LostContribution, MetaverseAttribute, MetaverseObject } from '../../../shared/domain/metaverse.ts'

/**
 * A person as stored. Each value says who contributed it, and mostly that is the same object by the same rule: those stand
 * once in `from`, and contributions name them by their place there. A third of the size of what it means.
 */
type StoredContent = {
  readonly from: readonly StoredOrigin[]
  readonly attributes: Readonly<Record<string, StoredAttribute>>
  readonly links: readonly Link[]
}
type StoredOrigin = readonly [connector: ConnectorName, anchor: string, rule: string]
/** Without values: those of the attribute. */
type StoredContribution = readonly [from: number, source: string, values?: readonly Value[]]
type StoredLoser = readonly [from: number, source: string, values: readonly Value[], why: LostContribution['why']]
type StoredAttribute = readonly [
  values: readonly Value[], winner: StoredContribution, losers?: readonly StoredLoser[], merged?: readonly StoredContribution[],
]

/** One text for equal persons. Links have no order of their own and are sorted. */
export function writeMetaverseContent({ attributes, links }: Pick<MetaverseObject, 'attributes' | 'links'>): string {
  const from: StoredOrigin[] = []
  // Searched from the front: there are two or three of them.
  const placeOf = ({ connector, anchor, rule }: Contribution): number => {
    const known = from.findIndex((origin) => origin[0] === connector && origin[1] === anchor && origin[2] === rule)
    return known >= 0 ? known : from.push([connector, anchor, rule]) - 1
  }
  const stored: Record<string, StoredAttribute> = Object.create(null) as Record<string, StoredAttribute>
  for (const name of Object.keys(attributes).sort()) {
    const attribute = attributes[name]
    if (attribute !== undefined) stored[name] = storeAttribute(attribute, placeOf)
  }
  const content: StoredContent = { attributes: stored, from, links: links.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1)) }
  return canonicalJson(content)
}

export function readMetaverseContent(text: string): Pick<MetaverseObject, 'attributes' | 'links'> {
  const { from, attributes, links } = JSON.parse(text) as StoredContent
  const entries = Object.entries(attributes).map(([name, stored]) => [name, readAttribute(stored, from)] as const)
  return { attributes: Object.fromEntries(entries), links }
}

function storeAttribute({ values, winner, losers, merged }: MetaverseAttribute, placeOf: (contribution: Contribution) => number): StoredAttribute {
  const short = (contribution: Contribution): StoredContribution => {
    const head = [placeOf(contribution), contribution.source] as const
    return isSameList(contribution.values, values) ? head : [...head, contribution.values]
  }
  const lost = losers.map((loser): StoredLoser => [placeOf(loser), loser.source, loser.values, loser.why])
  if (merged !== undefined) return [values, short(winner), lost, merged.map(short)]
  return lost.length > 0 ? [values, short(winner), lost] : [values, short(winner)]
}

function readAttribute([values, winner, losers = [], merged]: StoredAttribute, from: readonly StoredOrigin[]): MetaverseAttribute {
  const read = ([place, source, own = values]: StoredContribution): Contribution => contributionOf(from, place, source, own)
  const attribute = { values, winner: read(winner), losers: losers.map(([place, source, own, why]) => ({ ...contributionOf(from, place, source, own), why })) }
  return merged === undefined ? attribute : { ...attribute, merged: merged.map(read) }
}

function contributionOf(from: readonly StoredOrigin[], place: number, source: string, values: readonly Value[]): Contribution {
  const origin = from[place]
  if (origin === undefined) throw new TypeError(`A stored contribution names origin ${place} of ${from.length}`)
  const [connector, anchor, rule] = origin
  return { connector, anchor, rule, source, values }
}

function isSameList(left: readonly Value[], right: readonly Value[]): boolean {
  return left === right || (left.length === right.length && left.every((value, index) => value === right[index]))
}

function keyOf({ connector, anchor }: Link): string {
  return `${connector}:${anchor}`
}
