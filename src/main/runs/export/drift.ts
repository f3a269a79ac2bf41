import { sameValues, type Value } from '../../../shared/domain/attributes.ts'
import type { Change, ExistingChange } from '../../../shared/domain/change.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { sameDn } from '../../../shared/domain/dn.ts'
import { writeDriftVersions } from '../../../shared/domain/driftVersions.ts'
import type { Problem } from '../../../shared/domain/problem.ts'

export type Difference = { readonly what: string; readonly expected: readonly Value[]; readonly found: readonly Value[] }

/** What is no longer as it was when the change was planned and seen (invariant 3); nothing: it may be written. */
export function findDrift(change: ExistingChange, now: ConnectorObject): readonly Difference[] {
  const differences: Difference[] = []
  if (now.dn === null || !sameDn(now.dn, change.dn)) differences.push({ what: 'dn', expected: [change.dn], found: now.dn === null ? [] : [now.dn] })
  for (const [name, expected] of Object.entries(change.precondition.values)) {
    const found = valuesIgnoringCase(now, name)
    if (!sameValues(expected, found)) differences.push({ what: name, expected, found })
  }
  const control = change.precondition.userAccountControl
  if (control !== null) {
    const found = Number(valuesIgnoringCase(now, 'userAccountControl')[0] ?? 0)
    // Bit 31 is never set in userAccountControl, so 32-bit arithmetic is exact.
    if ((found & control.mask) !== (control.value & control.mask)) differences.push({ what: 'userAccountControl', expected: [control.value], found: [found] })
  }
  return differences
}

export function valuesIgnoringCase(object: ConnectorObject, name: string): readonly Value[] {
  const exact = object.attributes[name]
  if (exact !== undefined) return exact
  const wanted = name.toLowerCase()
  return Object.entries(object.attributes).find(([key]) => key.toLowerCase() === wanted)?.[1] ?? []
}

export function driftOf(change: Change, differences: readonly Difference[]): Problem {
  const text = (values: readonly Value[]) => (values.length === 0 ? 'no value' : values.map((value) => `"${String(value)}"`).join(', '))
  const first = differences.map(({ what, expected, found }) => `${what} was ${text(expected)} when this was planned and is ${text(found)} now`).join('; ')
  const versions = differences.map(({ what, expected, found }) => ({ name: what, planned: expected.map(String).join(' | '), found: found.map(String).join(' | ') }))
  return { ...driftProblem(change, null), message: `${change.dn} was not written: ${first}.`, detail: { dn: change.dn, ...writeDriftVersions(versions) } }
}

export function driftProblem(change: Change, versions: { readonly expected: string; readonly found: string } | null): Problem {
  return {
    kind: 'drift',
    message: versions === null
      ? `${change.dn} was not written: it changed after the plan was made.`
      : `${change.dn} was not written: the plan expected ${versions.expected}, the directory has ${versions.found}.`,
    remedy: 'Run the cycle again and review the new plan: it starts from what the directory has now.',
    detail: { dn: change.dn },
  }
}
