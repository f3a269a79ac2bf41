import { describe, expect, it } from 'vitest'
import type { Reason, UndoNote } from '../../../src/shared/domain/change.ts'
import type { DisconnectorReason, SkipReason } from '../../../src/shared/domain/decision.ts'
import { describeDisconnector, describeReason, describeSkip, describeUndo } from '../../../src/shared/domain/describeReason.ts'
import { parseDn } from '../../../src/shared/domain/dn.ts'

const parsed = parseDn('CN=x,DC=y')
if (!parsed.ok) throw new Error('Not a DN')
const dn = parsed.value
const scope = { isInScope: false, groups: [] }
const problem = { kind: 'valueMissing', message: 'There is no value for x.', remedy: '', connector: 'metaverse', object: 'x' } as const

describe('sentences for people', () => {
  it.each<[Reason, string]>([
    [{ kind: 'guestWithoutAccount' }, 'guest is in scope and has no account'],
    [{ kind: 'accountAdopted', criterion: 'cn', value: 'x', groups: [] }, 'account found by cn "x" was not made by Guestbridge; it is a member of no group'],
    [{ kind: 'accountAdopted', criterion: 'cn', value: 'x', groups: ['CN=A'] }, 'account found by cn "x" was not made by Guestbridge; it is a member of the group CN=A'],
    [{ kind: 'accountAdopted', criterion: 'cn', value: 'x', groups: ['CN=A,DC=y', 'CN=B'] }, 'account found by cn "x" was not made by Guestbridge; it is a member of 2 groups: CN=A,DC=y; CN=B'],
    [{ kind: 'attributesDiffer', attributes: ['sn'] }, 'sn differs from what the rules say'],
    [{ kind: 'attributesDiffer', attributes: ['a', 'b', 'c'] }, 'a, b and c differ from what the rules say'],
    [{ kind: 'nameDiffers', rule: 'R' }, 'name or place of the account differs from what rule "R" says'],
    [{ kind: 'guestLeft', why: 'blocked' }, 'guest is blocked in Entra'],
    [{ kind: 'guestLeft', why: 'softDeleted' }, 'guest was deleted in Entra and can still be restored there'],
    [{ kind: 'guestLeft', why: 'hardDeleted' }, 'guest was deleted in Entra for good'],
    [{ kind: 'guestLeft', why: 'outOfGroup' }, 'guest is not a member of the group in scope any more'],
    [{ kind: 'guestLeft', why: 'outOfScope' }, 'guest is not in scope any more'],
    [{ kind: 'graceIsOver', disabledAt: '2026-01-01T10:00:00Z', days: 30 }, 'guest left, Guestbridge disabled the account on 2026-01-01, and the grace of 30 days is over'],
    [{ kind: 'guestReturned', disabledBy: 7 }, 'guest is back, and it was run 7 of Guestbridge that disabled the account'],
    [{ kind: 'accountRestored', comesBack: ['SID', 'groups'], lost: [] }, 'account of this very guest was deleted; SID and groups would come back, nothing would be lost'],
    [{ kind: 'undone', run: 7, of: 'create' }, 'what run 7 wrote (create) is undone'],
  ])('say why a change is planned: %j', (reason, sentence) => {
    expect(describeReason(reason)).toBe(sentence)
  })

  it.each<[SkipReason, string]>([
    [{ kind: 'unchanged' }, 'account is as the rules want it'],
    [{ kind: 'outOfScope', rule: 'R', scope }, 'person is not in the scope of rule "R"'],
    [{ kind: 'leaver', why: 'guestMissing', account: dn }, 'guest is not in Entra any more; the account CN=x,DC=y is left as it is'],
    [{ kind: 'leaver', why: 'guestOutOfScope', account: dn }, 'guest is not in scope any more; the account CN=x,DC=y is left as it is'],
    [{ kind: 'notCreatedByRules', rule: 'R' }, 'rule "R" creates no accounts, and there is none to join'],
    [{ kind: 'blockedInEntra' }, 'guest is blocked in Entra, so no account is made or adopted'],
    [{ kind: 'onHold', cause: 'excluded', note: 'moves soon', by: 'Eve', since: '2026-01-01T10:00:00Z' }, 'person was excluded by Eve on 2026-01-01 and is on hold until somebody releases it (moves soon)'],
    [{ kind: 'onHold', cause: 'undone', note: 'wrong', by: 'Eve', since: '2026-01-01T10:00:00Z' }, 'what was written was undone by Eve on 2026-01-01 and is on hold until somebody releases it (wrong)'],
    [{ kind: 'becameMember', account: dn }, 'guest became a member of the tenant; the account CN=x,DC=y is left as it is'],
    [{ kind: 'absenceUnclear', why: 'Graph did not answer.', account: dn }, 'whether the guest left is not proved (Graph did not answer); the account CN=x,DC=y is left as it is'],
    [{ kind: 'leaverDone', account: dn, disabledAt: null, deleteDue: null }, 'guest left or is blocked; the lifecycle leaves the account CN=x,DC=y as it is'],
    [{ kind: 'leaverDone', account: dn, disabledAt: '2026-01-01T10:00:00Z', deleteDue: null }, 'guest left or is blocked; the account CN=x,DC=y was disabled on 2026-01-01 and stays'],
    [{ kind: 'leaverDone', account: dn, disabledAt: '2026-01-01T10:00:00Z', deleteDue: '2026-02-01T10:00:00Z' }, 'guest left or is blocked; the account CN=x,DC=y was disabled on 2026-01-01 and is to be deleted on 2026-02-01'],
    [{ kind: 'disabledByOthers', account: dn }, 'account CN=x,DC=y was disabled by somebody else and stays so'],
    [{ kind: 'identityChanged', account: dn, was: 'a@b', is: 'c@d' }, 'guest was invited anew and has another address (a@b became c@d): decide whether the account CN=x,DC=y still belongs to this person'],
    [{ kind: 'secondEngine', dn, attributes: ['mail', 'sn'] }, 'somebody else takes back what Guestbridge writes to mail and sn of CN=x,DC=y: stop the other engine, or confirm the join of the account to have it written again'],
    [{ kind: 'invitationPending' }, 'guest has not accepted the invitation yet'],
    [{ kind: 'directoryImportIncomplete' }, 'the last import of Active Directory did not complete, so nobody knows whether there is an account'],
    [{ kind: 'awaitingConfirmation', run: 7 }, 'account was written by run 7 and has not been seen by an import yet'],
    [{ kind: 'accountOfAnotherEngine', mark: 'm', dn }, 'account CN=x,DC=y belongs to another engine (m is set)'],
    [{ kind: 'privilegedAccount', mark: 'adminCount', dn }, 'account CN=x,DC=y is privileged, protected or a computer\'s (adminCount)'],
    [{ kind: 'outsideManagedOus', dn }, 'CN=x,DC=y is outside the managed organisational units'],
    [{ kind: 'joinNeedsDecision', dn }, 'account CN=x,DC=y may be this guest\'s or somebody else\'s: decide whether to adopt or to replace it'],
    [{ kind: 'problem', problem }, 'There is no value for x'],
  ])('say why nothing is planned: %j', (reason, sentence) => {
    expect(describeSkip(reason)).toBe(sentence)
  })

  it.each<[DisconnectorReason, string]>([
    [{ kind: 'outOfScope', scope }, 'not in the scope of any rule'],
    [{ kind: 'masteredInActiveDirectory' }, 'mastered in Active Directory: Entra Connect synchronises this guest from there'],
    [{ kind: 'provisionedByCloudSync' }, 'has an account in Active Directory by Cloud Sync'],
    [{ kind: 'noMatch' }, 'no person in the metaverse matches'],
    [{ kind: 'ambiguous', criterion: 'mail', value: 'x', candidates: ['a', 'b'] }, 'mail "x" matches several: a and b'],
    [{ kind: 'needsDecision', markedFor: 'a', candidate: 'b' }, 'is marked for the guest a, but matches b: somebody has to decide'],
    [{ kind: 'leftAlone', by: 'Eve', note: 'a test' }, 'left alone because Eve said so (a test)'],
    [{ kind: 'notJoinedByRules' }, 'no rule joins objects of this kind'],
  ])('say why an object stands for nobody: %j', (reason, sentence) => {
    expect(describeDisconnector(reason)).toBe(sentence)
  })

  it.each<[UndoNote, string]>([
    [{ kind: 'disablesAccount' }, 'disables the account, which keeps its SID'],
    [{ kind: 'restoresAccount' }, 'restores the deleted account with its SID'],
    [{ kind: 'writesFormerValues' }, 'writes the former values'],
    [{ kind: 'movesBack' }, 'moves the account back and writes the former values'],
    [{ kind: 'enablesAccount' }, 'enables the account again'],
    [{ kind: 'impossible', why: 'the SID is lost' }, 'cannot be undone: the SID is lost'],
  ])('say what undoing would do: %j', (undo, sentence) => {
    expect(describeUndo(undo)).toBe(sentence)
  })
})
