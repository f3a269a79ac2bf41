import type { TenantStore } from '../../store/tenantStore.ts'
import type { LoggedChange } from '../../tenantChange.ts'

/** `changed`: soft-deleted, can be restored. `deleted`: gone for good. */
export function showRemoved(id: string, reason: 'changed' | 'deleted'): object {
  return { id, '@removed': { reason } }
}

/** The properties and the id. What was never set is left out; what was set once and has no value now is null (or an empty list). */
export function showProperties(store: TenantStore, object: object, id: string, names: readonly string[]): Record<string, unknown> {
  const values: Readonly<Record<string, unknown>> = { ...object }
  const shown = names.filter((name) => !isEmpty(values[name]) || store.changes.hasChanged(id, name))
  return { ...Object.fromEntries(shown.map((name) => [name, values[name]])), id }
}

export function listChangedProperties(lines: readonly LoggedChange[]): readonly string[] {
  return [...new Set(lines.flatMap(({ change }) => (change.kind === 'updated' ? change.properties : [])))]
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}
