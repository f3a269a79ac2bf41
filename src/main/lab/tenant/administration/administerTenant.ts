import { acceptInvitation, findByAddress, inviteGuest } from '../changes/inviteGuest.ts'
import { deleteUser, eraseUser, restoreUser, updateUser } from '../changes/userChanges.ts'
import type { TenantContext } from '../tenantContext.ts'
import type { TenantPolicies } from '../tenantPolicies.ts'
import type { TenantUser } from '../tenantUser.ts'
import { changeGroup, changeMembership } from './administerGroups.ts'
import { findUserByAnyName } from './findByAnyName.ts'
import type { TenantCommand, TenantOutcome } from './tenantCommand.ts'

type Context = Pick<TenantContext, 'store' | 'faults' | 'identity'>

/** Does one command, whole or not at all. What does not fit the tenant's state is refused in a sentence; nothing is thrown for it. */
export function administerTenant(context: Context, command: TenantCommand, now: Date): TenantOutcome {
  switch (command.kind) {
    case 'changeUser':
      return withUser(context, command.user, 'existing', (user) => update(context, user, definedValues(command.values)))
    case 'renameUser':
      return withUser(context, command.user, 'existing', (user) => update(context, user, { userPrincipalName: command.userPrincipalName }))
    case 'deleteUser':
      return withUser(context, command.user, 'existing', (user) => done(deleteUser(context.store, user, now).id))
    case 'restoreUser':
      return withUser(context, command.user, 'deleted', (user) => restore(context, user))
    case 'eraseUser':
      return withUser(context, command.user, 'any', (user) => erase(context, user, now))
    case 'makeMember':
    case 'makeGuest':
      return withUser(context, command.user, 'existing', (user) => update(context, user, { userType: command.kind === 'makeMember' ? 'Member' : 'Guest' }))
    case 'blockUser':
    case 'unblockUser':
      return withUser(context, command.user, 'existing', (user) => update(context, user, { accountEnabled: command.kind === 'unblockUser' }))
    case 'inviteGuest':
      return invite(context, command, now)
    case 'acceptInvitation':
      return withUser(context, command.user, 'existing', (user) => accept(context, user, now))
    case 'addGroupMember':
    case 'removeGroupMember':
      return changeMembership(context, command)
    case 'deleteGroup':
    case 'restoreGroup':
      return changeGroup(context, command, now)
    default:
      return administerService(context, command)
  }
}

type ServiceCommand = Extract<TenantCommand, { kind: 'expireDeltaTokens' | 'resetDelta' | 'restrictInvitations' | 'allowInvitations' | 'limitResourceUnits' | 'unlimitResourceUnits' | 'planFault' | 'clearFaults' }>

function administerService({ store, faults }: Context, command: ServiceCommand): TenantOutcome {
  const save = (changes: Partial<TenantPolicies>): TenantOutcome => {
    store.savePolicies({ ...store.policies(), ...changes })
    return done(null)
  }
  switch (command.kind) {
    case 'expireDeltaTokens':
      return save({ deltaGeneration: store.policies().deltaGeneration + 1 })
    case 'resetDelta':
      return save({ deltaEpoch: store.policies().deltaEpoch + 1 })
    case 'restrictInvitations':
      return save({ invitations: 'restricted' })
    case 'allowInvitations':
      return save({ invitations: 'allowed' })
    case 'limitResourceUnits':
      return save({ resourceUnits: command.units })
    case 'unlimitResourceUnits':
      return save({ resourceUnits: null })
    case 'planFault':
      faults.add({ path: command.path, method: command.method ?? null, after: command.after, times: command.times, effect: command.effect })
      return done(null)
    case 'clearFaults':
      faults.clear()
      return done(null)
  }
}

function update({ store }: Context, user: TenantUser, values: Partial<TenantUser>): TenantOutcome {
  const outcome = updateUser(store, user, values)
  return outcome.kind === 'done' ? done(user.id) : refused(`${outcome.userPrincipalName} is the name of another user`)
}

function restore({ store }: Context, user: TenantUser): TenantOutcome {
  const outcome = restoreUser(store, user)
  return outcome.kind === 'done' ? done(user.id) : refused(`${outcome.userPrincipalName} has become the name of another user`)
}

/** A user who exists goes through the recycle bin, as in Entra. */
function erase({ store }: Context, user: TenantUser, now: Date): TenantOutcome {
  eraseUser(store, user.deletedDateTime === null ? deleteUser(store, user, now) : user)
  return done(user.id)
}

function invite({ store, identity }: Context, command: Extract<TenantCommand, { kind: 'inviteGuest' }>, now: Date): TenantOutcome {
  const known = findByAddress(store, command.mail)
  if (known !== null) return refused(`${command.mail} belongs to ${known.userPrincipalName} already`)
  const [initialDomain = ''] = identity.verifiedDomains
  return done(inviteGuest(store, { mail: command.mail, displayName: command.displayName ?? null, userType: 'Guest', initialDomain, now }).id)
}

function accept({ store }: Context, user: TenantUser, now: Date): TenantOutcome {
  if (user.externalUserState !== 'PendingAcceptance') return refused(`${user.userPrincipalName} has no pending invitation`)
  acceptInvitation(store, user, now)
  return done(user.id)
}

function withUser(context: Context, name: string, state: 'existing' | 'deleted' | 'any', act: (user: TenantUser) => TenantOutcome): TenantOutcome {
  const user = findUserByAnyName(context.store, name)
  if (user === null) return refused(`There is no user "${name}"`)
  const isDeleted = user.deletedDateTime !== null
  if (state === 'existing' && isDeleted) return refused(`"${name}" was deleted on ${user.deletedDateTime ?? ''}`)
  return state === 'deleted' && !isDeleted ? refused(`"${name}" is not deleted`) : act(user)
}

function definedValues(values: object): Partial<TenantUser> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function done(id: string | null): TenantOutcome {
  return { kind: 'done', id }
}

function refused(message: string): TenantOutcome {
  return { kind: 'refused', message }
}
