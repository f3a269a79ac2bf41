import type { TenantStore } from '../store/tenantStore.ts'
import type { TenantUser } from '../tenantUser.ts'

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A user who exists, by what stands in a path: the id or the userPrincipalName. */
export function findUser(store: TenantStore, name: string): TenantUser | null {
  const found = guid.test(name) ? store.findById(name) : store.findByUserPrincipalName(name)
  return found?.deletedDateTime === null ? found : null
}
