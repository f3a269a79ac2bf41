import type { TenantUser } from '../tenantUser.ts'
import { defaultUserProperties } from './userProperties.ts'

/** A user as an answer shows it: exactly the selected properties, null where nothing was ever set. */
export function showUser(user: TenantUser, select: readonly (keyof TenantUser)[] | null): Record<string, unknown> {
  return Object.fromEntries((select ?? defaultUserProperties).map((name) => [name, user[name]]))
}

/** `@odata.context` of a list (`#users`) or of one entity (`#users/$entity`), with the selected properties where there are any. */
export function contextOf(graphUrl: string, set: 'users' | 'directoryObjects', select: readonly string[] | null, shape: 'list' | 'entity'): string {
  const selected = select === null ? '' : `(${select.join(',')})`
  return `${graphUrl}/v1.0/$metadata#${set}${selected}${shape === 'entity' ? '/$entity' : ''}`
}
