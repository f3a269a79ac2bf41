import { assertNever } from './assertNever.ts'
import type { Reason, UndoNote } from './change.ts'
import type { DisconnectorReason, SkipReason } from './decision.ts'

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
      return 'guest is blocked in Entra, so no account is made'
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
    default:
      return assertNever(reason)
  }
}

/** What undoing the change would do. */
export function describeUndo(undo: UndoNote): string {
  switch (undo.kind) {
    case 'disablesAccount':
      return 'disables the new account and keeps its SID'
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
