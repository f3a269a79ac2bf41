import { assertNever } from './assertNever.ts'
import type { Reason, UndoNote } from './change.ts'
import type { DisconnectorReason, SkipReason } from './decision.ts'
import type { Hold, LeaverReason } from './lifecycle.ts'

/** Why a change is planned, as the rest of a sentence that names the person: lower case, no full stop. */
export function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case 'guestWithoutAccount':
      return 'guest is in scope and has no account'
    case 'accountAdopted':
      return `account found by ${reason.criterion} "${reason.value}" was not made by Guestbridge; ${describeGroups(reason.groups)}`
    case 'attributesDiffer':
      return `${listOf(reason.attributes)} ${reason.attributes.length === 1 ? 'differs' : 'differ'} from what the rules say`
    case 'nameDiffers':
      return `name or place of the account differs from what rule "${reason.rule}" says`
    case 'guestLeft':
      return describeLeaver(reason.why)
    case 'graceIsOver':
      return `guest left, Guestbridge disabled the account on ${dayOf(reason.disabledAt)}, and the grace of ${reason.days} days is over`
    case 'guestReturned':
      return `guest is back, and it was run ${reason.disabledBy} of Guestbridge that disabled the account`
    case 'accountRestored':
      return `account of this very guest was deleted; ${reason.comesBack.length === 0 ? 'nothing' : listOf(reason.comesBack)} would come back, ${reason.lost.length === 0 ? 'nothing' : listOf(reason.lost)} would be lost`
    case 'undone':
      return `what run ${reason.run} wrote (${reason.of}) is undone`
    default:
      return assertNever(reason)
  }
}

/** Why nothing is planned. */
export function describeSkip(reason: SkipReason): string {
  switch (reason.kind) {
    case 'unchanged':
      return 'account is as the rules want it'
    case 'outOfScope':
      return `person is not in the scope of rule "${reason.rule}"`
    case 'leaver':
      return `${reason.why === 'guestMissing' ? 'guest is not in Entra any more' : 'guest is not in scope any more'}; the account ${reason.account} is left as it is`
    case 'notCreatedByRules':
      return `rule "${reason.rule}" creates no accounts, and there is none to join`
    case 'blockedInEntra':
      return 'guest is blocked in Entra, so no account is made or adopted'
    case 'onHold':
      return `${describeCause(reason.cause)} by ${reason.by} on ${dayOf(reason.since)} and is on hold until somebody releases it (${reason.note})`
    case 'becameMember':
      return `guest became a member of the tenant; the account ${reason.account} is left as it is`
    case 'absenceUnclear':
      return `whether the guest left is not proved (${withoutFullStop(reason.why)}); the account ${reason.account} is left as it is`
    case 'leaverDone':
      return describeLeaverDone(reason)
    case 'disabledByOthers':
      return `account ${reason.account} was disabled by somebody else and stays so`
    case 'identityChanged':
      return `guest was invited anew and has another address (${reason.was} became ${reason.is}): decide whether the account ${reason.account} still belongs to this person`
    case 'secondEngine':
      return `somebody else takes back what Guestbridge writes to ${listOf(reason.attributes)} of ${reason.dn}: stop the other engine, or confirm the join of the account to have it written again`
    case 'invitationPending':
      return 'guest has not accepted the invitation yet'
    case 'directoryImportIncomplete':
      return 'the last import of Active Directory did not complete, so nobody knows whether there is an account'
    case 'awaitingConfirmation':
      return `account was written by run ${reason.run} and has not been seen by an import yet`
    case 'accountOfAnotherEngine':
      return `account ${reason.dn} belongs to another engine (${reason.mark} is set)`
    case 'privilegedAccount':
      return `account ${reason.dn} is privileged, protected or a computer's (${reason.mark})`
    case 'outsideManagedOus':
      return `${reason.dn} is outside the managed organisational units`
    case 'joinNeedsDecision':
      return `account ${reason.dn} may be this guest's or somebody else's: decide whether to adopt or to replace it`
    case 'problem':
      return withoutFullStop(reason.problem.message)
    default:
      return assertNever(reason)
  }
}

/** Why an object of a connector space stands for nobody. */
export function describeDisconnector(reason: DisconnectorReason): string {
  switch (reason.kind) {
    case 'outOfScope':
      return 'not in the scope of any rule'
    case 'masteredInActiveDirectory':
      return 'mastered in Active Directory: Entra Connect synchronises this guest from there'
    case 'provisionedByCloudSync':
      return 'has an account in Active Directory by Cloud Sync'
    case 'noMatch':
      return 'no person in the metaverse matches'
    case 'ambiguous':
      return `${reason.criterion} "${reason.value}" matches several: ${listOf(reason.candidates)}`
    case 'needsDecision':
      return `is marked for the guest ${reason.markedFor}, but matches ${reason.candidate}: somebody has to decide`
    case 'notJoinedByRules':
      return 'no rule joins objects of this kind'
    case 'leftAlone':
      return `left alone because ${reason.by} said so (${reason.note})`
    default:
      return assertNever(reason)
  }
}

/** What undoing the change would do. */
export function describeUndo(undo: UndoNote): string {
  switch (undo.kind) {
    case 'disablesAccount':
      return 'disables the account, which keeps its SID'
    case 'restoresAccount':
      return 'restores the deleted account with its SID'
    case 'writesFormerValues':
      return 'writes the former values'
    case 'movesBack':
      return 'moves the account back and writes the former values'
    case 'enablesAccount':
      return 'enables the account again'
    case 'impossible':
      return `cannot be undone: ${undo.why}`
    default:
      return assertNever(undo)
  }
}

function describeLeaver(why: LeaverReason): string {
  switch (why) {
    case 'blocked':
      return 'guest is blocked in Entra'
    case 'softDeleted':
      return 'guest was deleted in Entra and can still be restored there'
    case 'hardDeleted':
      return 'guest was deleted in Entra for good'
    case 'outOfGroup':
      return 'guest is not a member of the group in scope any more'
    case 'outOfScope':
      return 'guest is not in scope any more'
    default:
      return assertNever(why)
  }
}

function describeLeaverDone({ account, disabledAt, deleteDue }: Extract<SkipReason, { readonly kind: 'leaverDone' }>): string {
  if (disabledAt === null) return `guest left or is blocked; the lifecycle leaves the account ${account} as it is`
  const end = deleteDue === null ? 'and stays' : `and is to be deleted on ${dayOf(deleteDue)}`
  return `guest left or is blocked; the account ${account} was disabled on ${dayOf(disabledAt)} ${end}`
}

function describeCause(cause: Hold['cause']): string {
  return cause === 'excluded' ? 'person was excluded' : 'what was written was undone'
}

/** Of an instant in ISO 8601: reviewers think in days. */
function dayOf(instant: string): string {
  return instant.slice(0, 10)
}

function describeGroups(groups: readonly string[]): string {
  if (groups.length === 0) return 'it is a member of no group'
  return `it is a member of ${groups.length === 1 ? 'the group' : `${groups.length} groups:`} ${groups.join('; ')}`
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function withoutFullStop(message: string): string {
  return message.endsWith('.') ? message.slice(0, -1) : message
}
