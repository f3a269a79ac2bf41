import { nearestName } from '../../shared/domain/nearestName.ts'

export type RulesProblem = {
  /** JSON pointer (RFC 6901) into the rule file: `/rules/2/flows/0/from/expression`; empty for the whole file. */
  readonly path: string
  readonly message: string
  /** The character of an expression at which the problem begins, counted from 1. */
  readonly position?: number
}

/** Keys and positions from the root of the file. */
export type Place = readonly (string | number)[]

export function problemAt(place: Place, message: string): RulesProblem {
  return { path: place.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''), message }
}

/** `There is no … x.` with the nearest known name, or the known ones where none is near. */
export function unknownName(place: Place, what: string, name: string, known: readonly string[]): RulesProblem {
  const nearest = nearestName(name, known)
  const hint = nearest !== null ? `Did you mean ${nearest}?` : known.length > 0 ? `Known: ${known.join(', ')}.` : ''
  return problemAt(place, `There is no ${what} ${name}. ${hint}`.trim())
}
