import { readinessAreas, type ReadinessArea, type ReadinessFinding, type ReadinessState } from '../../../../shared/domain/readiness.ts'

const worstFirst: Readonly<Record<ReadinessState, number>> = { failed: 0, warning: 1, notChecked: 2, passed: 3 }

export type FindingGroup = { readonly area: ReadinessArea; readonly counts: Readonly<Record<ReadinessState, number>>; readonly findings: readonly ReadinessFinding[] }

/** By area, the worst first; among equals the order of the checks stays, because later ones go on from earlier ones. */
export function groupFindings(findings: readonly ReadinessFinding[]): readonly FindingGroup[] {
  return readinessAreas.flatMap((area) => {
    const own = findings.filter((finding) => finding.area === area)
    return own.length === 0 ? [] : [{ area, counts: countStates(own), findings: own.toSorted((left, right) => worstFirst[left.state] - worstFirst[right.state]) }]
  })
}

export function countStates(findings: readonly ReadinessFinding[]): FindingGroup['counts'] {
  const count = (state: ReadinessState): number => findings.filter((finding) => finding.state === state).length
  return { failed: count('failed'), warning: count('warning'), notChecked: count('notChecked'), passed: count('passed') }
}
