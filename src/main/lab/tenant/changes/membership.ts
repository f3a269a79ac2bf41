import type { TenantStore } from '../store/tenantStore.ts'
import type { MemberReference, TenantGroup } from '../tenantGroup.ts'
import type { TenantUser } from '../tenantUser.ts'

export type Member = { readonly type: 'user'; readonly user: TenantUser } | { readonly type: 'group'; readonly group: TenantGroup }

/** Members by themselves; deleted ones are passed over. */
export function directMembersOf(store: TenantStore, group: TenantGroup): readonly Member[] {
  return group.members.flatMap((reference) => {
    const member = resolveMember(store, reference)
    return member === null ? [] : [member]
  })
}

/** Members and members of nested groups, each once; groups that hold each other are no endless way. */
export function transitiveMembersOf(store: TenantStore, group: TenantGroup): readonly Member[] {
  const found = new Map<string, Member>()
  const waiting: TenantGroup[] = [group]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const member of directMembersOf(store, next)) {
      const id = idOf(member)
      if (found.has(id)) continue
      found.set(id, member)
      if (member.type === 'group') waiting.push(member.group)
    }
  }
  return [...found.values()]
}

/** Ids of the groups that hold the user, by themselves or by nesting. */
export function groupsHolding(store: TenantStore, user: TenantUser): ReadonlySet<string> {
  const holding = store.listGroups().filter((group) => transitiveMembersOf(store, group).some((member) => idOf(member) === user.id))
  return new Set(holding.map(({ id }) => id))
}

/** Returns whether anything changed: who is a member already is not added again. */
export function addMember(store: TenantStore, group: TenantGroup, member: MemberReference): boolean {
  if (group.members.some(({ id }) => id === member.id)) return false
  store.saveGroup({ ...group, members: [...group.members, member] }, { kind: 'memberAdded', member })
  return true
}

/** Returns whether anything changed. */
export function removeMember(store: TenantStore, group: TenantGroup, member: MemberReference): boolean {
  const members = group.members.filter(({ id }) => id !== member.id)
  if (members.length === group.members.length) return false
  store.saveGroup({ ...group, members }, { kind: 'memberRemoved', member })
  return true
}

export function idOf(member: Member): string {
  return member.type === 'user' ? member.user.id : member.group.id
}

function resolveMember(store: TenantStore, reference: MemberReference): Member | null {
  if (reference.type === 'group') {
    const group = store.findGroup(reference.id)
    return group?.deletedDateTime === null ? { type: 'group', group } : null
  }
  const user = store.findById(reference.id)
  return user?.deletedDateTime === null ? { type: 'user', user } : null
}
