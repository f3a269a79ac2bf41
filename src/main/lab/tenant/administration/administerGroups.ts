import { addMember, removeMember } from '../changes/membership.ts'
import { asGraphTime } from '../changes/userChanges.ts'
import type { TenantStore } from '../store/tenantStore.ts'
import type { MemberReference } from '../tenantGroup.ts'
import { findGroupByAnyName, findUserByAnyName } from './findByAnyName.ts'
import type { TenantCommand, TenantOutcome } from './tenantCommand.ts'

export function changeMembership({ store }: { readonly store: TenantStore }, command: Extract<TenantCommand, { kind: 'addGroupMember' | 'removeGroupMember' }>): TenantOutcome {
  const group = findGroupByAnyName(store, command.group)
  if (group?.deletedDateTime !== null) return refused(`There is no group "${command.group}"`)
  const member = findMember(store, command.member)
  if (member === null) return refused(`There is no user or group "${command.member}"`)
  if (member.id === group.id) return refused('A group cannot be its own member')
  const hasChanged = command.kind === 'addGroupMember' ? addMember(store, group, member) : removeMember(store, group, member)
  if (hasChanged) return { kind: 'done', id: group.id }
  return refused(`"${command.member}" is ${command.kind === 'addGroupMember' ? 'a member already' : 'no direct member'} of "${group.displayName}"`)
}

/** Into the recycle bin and back, with the members that it had. */
export function changeGroup({ store }: { readonly store: TenantStore }, command: Extract<TenantCommand, { kind: 'deleteGroup' | 'restoreGroup' }>, now: Date): TenantOutcome {
  const group = findGroupByAnyName(store, command.group)
  if (group === null) return refused(`There is no group "${command.group}"`)
  const isDeleted = group.deletedDateTime !== null
  if (isDeleted !== (command.kind === 'restoreGroup')) return refused(`"${command.group}" is ${isDeleted ? 'deleted already' : 'not deleted'}`)
  if (isDeleted) store.saveGroup({ ...group, deletedDateTime: null }, { kind: 'restored' })
  else store.saveGroup({ ...group, deletedDateTime: asGraphTime(now) }, { kind: 'deleted' })
  return { kind: 'done', id: group.id }
}

function findMember(store: TenantStore, name: string): MemberReference | null {
  const user = findUserByAnyName(store, name)
  if (user !== null) return { type: 'user', id: user.id }
  const group = findGroupByAnyName(store, name)
  return group?.deletedDateTime === null ? { type: 'group', id: group.id } : null
}

function refused(message: string): TenantOutcome {
  return { kind: 'refused', message }
}
