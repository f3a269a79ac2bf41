import { compareFindings } from './compareFindings.ts'
import type { DelegationCheck, Finding, FindingState, LoginIdentity } from './delegation.ts'

/** Whether sign-on will work for one guest, application by application, as one check found it. */
export type GuestSignOn = {
  /** ISO 8601 in UTC: when it was read. */
  readonly readAt: string
  readonly applications: readonly { readonly id: string; readonly name: string; readonly state: FindingState; /** What does not pass, the guest's own first, then the worst. */ readonly findings: readonly Finding[] }[]
  /** What each mapping would delegate; the same for every application. */
  readonly identities: readonly LoginIdentity[]
}

/** Null: the check did not look at this guest. */
export function signOnOfGuest({ facts, findings, readiness }: DelegationCheck, guest: string): GuestSignOn | null {
  const own = readiness.filter((row) => row.guest === guest)
  if (own.length === 0 && !facts.guests.some(({ entraId }) => entraId === guest)) return null
  const isOthers = ({ about }: Finding): number => Number(about.guest === null)
  const applications = facts.applications.flatMap(({ id, name }) => own.filter(({ application }) => application === id).map((row) => ({
    id, name, state: row.state,
    findings: row.findings.flatMap((position) => findings[position] ?? []).filter(({ state }) => state !== 'passed').sort((left, right) => isOthers(left) - isOthers(right) || compareFindings(left, right)),
  })))
  return { readAt: facts.readAt, applications, identities: own[0]?.identities ?? [] }
}
