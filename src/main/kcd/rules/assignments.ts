import type { ApplicationFacts, DelegationFacts, Reading } from '../../../shared/domain/delegation.ts'

/** Who is assigned to each application, by Entra id, for quick questions: there may be thousands of guests. Null: everybody. */
export type Assignments = ReadonlyMap<ApplicationFacts, Reading<ReadonlySet<string> | null>>

export function assignmentsOf(facts: DelegationFacts): Assignments {
  return new Map(facts.applications.map((application) => {
    const { assignedTo } = application
    return [application, assignedTo.kind === 'notRead' ? assignedTo : { kind: 'read', value: assignedTo.value === null ? null : new Set(assignedTo.value) }]
  }))
}
