import { expect } from 'vitest'
import type { LdifEntry } from '../fixtures/ldapSearch.ts'

export type PlannedChange = {
  readonly kind: string
  readonly dn: string
  readonly hash: string
  readonly sid: string
  readonly reason: { readonly kind: string; readonly why?: string }
  readonly subject: { readonly entraId: string | null; readonly userPrincipalName: string | null }
  readonly attributes: readonly { readonly name: string; readonly before: readonly unknown[]; readonly after: readonly unknown[]; readonly generated?: true }[]
}
export type PlanDocument = { readonly hash: string; readonly counts: Readonly<Record<string, number>>; readonly blocked: readonly unknown[]; readonly holds: readonly unknown[]; readonly changes: readonly PlannedChange[] }

/** Every change of the plan is in the directory, value by value, as another client reads it. */
export function expectAsPlanned(plan: PlanDocument, entries: readonly LdifEntry[]): void {
  const byDn = new Map(entries.map((entry) => [entry.dn.toLowerCase(), entry]))
  for (const change of plan.changes) {
    const entry = byDn.get(change.dn.toLowerCase())
    expect(entry, change.dn).toBeDefined()
    for (const { name, after, generated } of change.attributes) {
      if (generated === true) continue
      const found = Object.entries(entry?.attributes ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? []
      expect([...found].sort(), `${change.dn} ${name}`).toEqual(after.map(String).sort())
    }
  }
}
