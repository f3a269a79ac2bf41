import { findByAddress } from '../changes/inviteGuest.ts'
import type { TenantStore } from '../store/tenantStore.ts'
import type { TenantGroup } from '../tenantGroup.ts'
import type { TenantUser } from '../tenantUser.ts'

/** By id, userPrincipalName or mail address. A deleted user still has the address, and the name with the id before it. */
export function findUserByAnyName(store: TenantStore, name: string): TenantUser | null {
  const known = store.findById(name) ?? store.findByUserPrincipalName(name) ?? findByAddress(store, name)
  if (known !== null) return known
  const wanted = name.toLowerCase()
  const namesOf = ({ id, mail, userPrincipalName }: TenantUser) => [mail ?? '', userPrincipalName, userPrincipalName.slice(id.replaceAll('-', '').length)]
  return store.listDeletedUsers().find((user) => namesOf(user).some((one) => one.toLowerCase() === wanted)) ?? null
}

/** By id or display name; one that exists before one that is deleted. */
export function findGroupByAnyName(store: TenantStore, name: string): TenantGroup | null {
  const wanted = name.toLowerCase()
  return store.findGroup(name) ?? [...store.listGroups(), ...store.listDeletedGroups()].find(({ displayName }) => displayName.toLowerCase() === wanted) ?? null
}
