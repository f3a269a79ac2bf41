import type { TenantStore } from '../store/tenantStore.ts'
import type { TenantUser } from '../tenantUser.ts'

/** `nameTaken`: another user who exists has the userPrincipalName. */
export type UserOutcome = { readonly kind: 'done'; readonly user: TenantUser } | { readonly kind: 'nameTaken'; readonly userPrincipalName: string }

export function createUser(store: TenantStore, user: TenantUser): UserOutcome {
  if (isTaken(store, user)) return { kind: 'nameTaken', userPrincipalName: user.userPrincipalName }
  store.saveUser(user, { kind: 'created' })
  return { kind: 'done', user }
}

/** Nothing is written, and nothing is told to delta queries, where every value is what it was. */
export function updateUser(store: TenantStore, user: TenantUser, values: Partial<TenantUser>): UserOutcome {
  const changed: TenantUser = { ...user, ...values }
  const properties = Object.keys(values).filter((name) => JSON.stringify(user[name as keyof TenantUser]) !== JSON.stringify(changed[name as keyof TenantUser]))
  if (properties.length === 0) return { kind: 'done', user }
  if (isTaken(store, changed)) return { kind: 'nameTaken', userPrincipalName: changed.userPrincipalName }
  store.saveUser(changed, { kind: 'updated', properties })
  return { kind: 'done', user: changed }
}

/** Soft: the user can be restored. Graph puts the id before the name, so that the name is free again. */
export function deleteUser(store: TenantStore, user: TenantUser, now: Date): TenantUser {
  const deleted = { ...user, userPrincipalName: `${idInName(user)}${user.userPrincipalName}`, deletedDateTime: asGraphTime(now) }
  store.saveUser(deleted, { kind: 'deleted' })
  return deleted
}

/** Brings a soft-deleted user back under the former name, with the same id and memberships. */
export function restoreUser(store: TenantStore, user: TenantUser): UserOutcome {
  const prefix = idInName(user)
  const userPrincipalName = user.userPrincipalName.startsWith(prefix) ? user.userPrincipalName.slice(prefix.length) : user.userPrincipalName
  const restored = { ...user, userPrincipalName, deletedDateTime: null }
  if (isTaken(store, restored)) return { kind: 'nameTaken', userPrincipalName }
  store.saveUser(restored, { kind: 'restored' })
  return { kind: 'done', user: restored }
}

/** For good, out of the recycle bin and out of every group. */
export function eraseUser(store: TenantStore, user: TenantUser): void {
  for (const group of store.listGroups()) {
    const members = group.members.filter(({ id }) => id !== user.id)
    if (members.length < group.members.length) store.saveGroup({ ...group, members }, { kind: 'memberRemoved', member: { type: 'user', id: user.id } })
  }
  store.eraseUser(user.id)
}

/** Whole seconds in UTC, as Graph writes times. */
export function asGraphTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`
}

function isTaken(store: TenantStore, user: TenantUser): boolean {
  const holder = store.findByUserPrincipalName(user.userPrincipalName)
  return holder !== null && holder.id !== user.id
}

function idInName(user: TenantUser): string {
  return user.id.replaceAll('-', '')
}
