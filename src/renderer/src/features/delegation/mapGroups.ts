import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import type { ApplicationFacts, ConnectorFacts, DelegationCell, FindingState } from '../../../../shared/domain/delegation.ts'
import type { DelegationPlace } from './delegationPlace.ts'

export type GuestCounts = Readonly<Record<FindingState, number>>
export type MapRow = { readonly application: ApplicationFacts; readonly cells: readonly (DelegationCell | null)[]; readonly guests: GuestCounts }
/** Applications of one connector group with the connectors that serve them. A connector without group is in every one. */
export type MapGroup = { readonly name: string | null; readonly connectors: readonly ConnectorFacts[]; readonly rows: readonly MapRow[] }

/** The map in its parts: a pair that is never served would only be an empty cell. */
export function groupsOfMap({ facts, cells, readiness }: DelegationReport): readonly MapGroup[] {
  const names = [...new Set(facts.applications.map(({ group }) => group))]
  return names.map((name) => {
    const applications = facts.applications.filter(({ group }) => group === name)
    const own = cells.filter((cell) => applications.some(({ id }) => id === cell.application))
    const connectors = facts.connectors.filter((connector) => own.some((cell) => cell.connector === connector.name))
    const rows = applications.map((application) => ({
      application,
      cells: connectors.map((connector) => own.find((cell) => cell.connector === connector.name && cell.application === application.id) ?? null),
      guests: countGuests(readiness.filter((row) => row.application === application.id).map(({ state }) => state)),
    }))
    return { name, connectors, rows }
  })
}

function countGuests(states: readonly FindingState[]): GuestCounts {
  const count = (wanted: FindingState): number => states.filter((state) => state === wanted).length
  return { passed: count('passed'), warning: count('warning'), failed: count('failed'), notChecked: count('notChecked') }
}

/**
 * Where the keys lead: rows of the map from top to bottom, the connectors' heading first in each group. A pair that is not
 * served is no stop, so the next place in the direction is taken.
 */
export function placesOfMap(groups: readonly MapGroup[]): readonly (readonly DelegationPlace[])[] {
  return groups.flatMap(({ connectors, rows }) => [
    ...(connectors.length === 0 ? [] : [connectors.map(({ name }): DelegationPlace => ({ kind: 'connector', connector: name }))]),
    ...rows.map(({ application: { id }, cells }): readonly DelegationPlace[] => [
      { kind: 'application', application: id },
      ...cells.flatMap((cell): readonly DelegationPlace[] => (cell === null ? [] : [{ kind: 'pair', connector: cell.connector, application: cell.application }])),
      { kind: 'guests', application: id },
    ]),
  ])
}
