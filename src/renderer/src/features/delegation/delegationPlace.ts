import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import { refine, type Route } from '../../app/route.ts'

/** What is selected on the map. Everything of it stands in the address. */
export type DelegationPlace =
  | { readonly kind: 'pair'; readonly connector: string; readonly application: string }
  | { readonly kind: 'connector'; readonly connector: string }
  | { readonly kind: 'application'; readonly application: string }
  | { readonly kind: 'guests'; readonly application: string }

/** Null: nothing is selected, or what the address names is not there (any more). */
export function readPlace({ connector, application, of }: Route['parameters'], { facts, cells }: DelegationReport): DelegationPlace | null {
  const hasConnector = facts.connectors.some(({ name }) => name === connector)
  const hasApplication = facts.applications.some(({ id }) => id === application)
  if (connector !== undefined && application !== undefined) {
    return cells.some((cell) => cell.connector === connector && cell.application === application) ? { kind: 'pair', connector, application } : null
  }
  if (connector !== undefined) return hasConnector ? { kind: 'connector', connector } : null
  if (application === undefined || !hasApplication) return null
  return { kind: of === 'guests' ? 'guests' : 'application', application }
}

/** A plan or a draft that was looked at belongs to what was selected before. */
export function selectPlace(place: DelegationPlace): void {
  refine({ ...parametersOf(place), wish: null, planned: null, undo: null })
}

/** As `readPlace` reads it; null takes a parameter out of the address. */
export function parametersOf(place: DelegationPlace): { readonly connector: string | null; readonly application: string | null; readonly of: string | null } {
  return { connector: 'connector' in place ? place.connector : null, application: 'application' in place ? place.application : null, of: place.kind === 'guests' ? 'guests' : null }
}

export function isSamePlace(left: DelegationPlace | null, right: DelegationPlace): boolean {
  return left !== null && left.kind === right.kind && JSON.stringify(parametersOf(left)) === JSON.stringify(parametersOf(right))
}
