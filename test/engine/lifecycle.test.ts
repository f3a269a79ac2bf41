import { describe, expect, it } from 'vitest'
import type { AbsenceAnswer, OwnDisable } from '../../src/shared/domain/lifecycle.ts'
import type { LifecycleInput } from '../../src/main/engine/contract.ts'
import { applyChanges, daysAfter } from './applyChanges.ts'
import { check } from './check.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { changedRules } from './testRules.ts'
import { account, dnOf, guest, guestOu, guidOf, personIdOf, shadowAccount, testSettings, world, type World } from './world.ts'

const persons = synchronizeWorld(world({ guests: [guest('anna')], accounts: [shadowAccount('anna')] })).persons
const leaversOu = dnOf('OU=Left,DC=contoso,DC=local')
const annaDn = dnOf(`CN=${guidOf('anna')},${guestOu}`)
const leftDn = dnOf(`CN=${guidOf('anna')},${leaversOu}`)
const disabled = { userAccountControl: 262658 }

const onlyContoso = changedRules((set) => ({
  ...set, rules: set.rules.map((rule) => (rule.direction === 'outbound' ? { ...rule, scope: [[{ attribute: 'company', operator: 'EQUAL', value: 'Contoso' } as const]] } : rule)),
}))

/** Anna had an account; whatever is not said is as after her guest vanished from the import. */
function left(parts: Partial<World> = {}, about: Partial<LifecycleInput> = {}): World {
  return world({ accounts: [shadowAccount('anna')], persons, lifecycle: { [personIdOf('anna')]: about }, ...parts })
}

const present = (row: Partial<Extract<AbsenceAnswer, { kind: 'present' }>>): AbsenceAnswer => ({ kind: 'present', userType: 'Guest', accountEnabled: true, isInGroup: null, ...row })

function ownDisable(row: Partial<OwnDisable> = {}): OwnDisable {
  return { metaverseId: personIdOf('anna'), anchor: guidOf('ad-anna'), run: 7, disabledAt: '2025-12-01T00:00:00Z', reason: 'hardDeleted', movedFrom: null, deleteDue: null, ...row }
}

describe('a guest who is missing from the import', () => {
  it.each<[string, AbsenceAnswer | null, string]>([
    ['is deleted and can be restored', { kind: 'softDeleted', deletedAt: null }, 'softDeleted'],
    ['is gone for good', { kind: 'gone' }, 'hardDeleted'],
    ['is there, outside of the group', present({ isInGroup: false }), 'outOfGroup'],
    ['is there and blocked', present({ accountEnabled: false }), 'blocked'],
  ])('has left when a look-up shows that the guest %s', (_, absence, why) => {
    const { changes } = check(left({}, { absence }), { changes: [`disable anna, ${why}: userAccountControl`] })
    expect(changes[0]).toMatchObject({ dn: annaDn, newDn: null, undo: { kind: 'enablesAccount' }, attributes: [{ before: [262656], after: [262658] }], precondition: { userAccountControl: { mask: 0x3802, value: 0 } } })
  })

  it.each<[string, AbsenceAnswer | null, string]>([
    ['nobody looked', null, 'absenceUnclear'],
    ['the look-up has no clear answer', { kind: 'unclear', why: 'throttled' }, 'absenceUnclear'],
    ['the guest is there and in the group', present({ isInGroup: true }), 'absenceUnclear'],
    ['the guest is there, and only the filter of the import differs', present({}), 'absenceUnclear'],
    ['what is there may be a member', present({ userType: null, isInGroup: false }), 'absenceUnclear'],
    ['the guest became a member', present({ userType: 'Member', isInGroup: false, accountEnabled: false }), 'becameMember'],
  ])('is reported and nothing more where %s', (_, absence, skip) => {
    check(left({}, { absence }), { skips: [`anna: ${skip}`] })
  })

  it('is named in the change by what the account remembers', () => {
    const [change] = synchronizeWorld(left({}, { absence: { kind: 'gone' } })).changes
    expect(change?.subject).toEqual({ displayName: 'Guest anna', company: null, userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com', mail: 'anna@fabrikam.com', entraId: guidOf('anna') })
  })
})

describe('a guest who is there but not in scope any more', () => {
  const moved = (row: Parameters<typeof guest>[1]) => left({ guests: [guest('anna', row)] })

  it('is reported as member and keeps the account', () => {
    check(moved({ userType: 'Member' }), { skips: ['anna: becameMember'], disconnectors: ['anna: outOfScope'] })
  })

  it('is left alone where another directory masters it now (sync-semantics 5)', () => {
    check(moved({ onPremisesSyncEnabled: true }), { skips: ['anna: leaver, guestOutOfScope'], disconnectors: ['anna: masteredInActiveDirectory'] })
    check(moved({ onPremisesSecurityIdentifier: 'S-1-5-21-1' }), { skips: ['anna: leaver, guestOutOfScope'], disconnectors: ['anna: provisionedByCloudSync'] })
  })

  it('has left: the import read it', () => {
    check(moved({ userType: null }), { changes: ['disable anna, outOfScope: userAccountControl'], disconnectors: ['anna: outOfScope'] })
  })
})

describe('the lifecycle of leavers', () => {
  const gone = { absence: { kind: 'gone' } } as const

  it.each([
    ['another tool made it', account('anna', { userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com' }), 'leaver, guestMissing'],
    ['it is privileged now', shadowAccount('anna', { adminCount: 1 }), 'privilegedAccount adminCount'],
    ['it lies outside of the managed OUs', shadowAccount('anna', { dn: 'CN=x,CN=Users,DC=contoso,DC=local' }), 'outsideManagedOus'],
    ['whether it is enabled was not read', shadowAccount('anna', { userAccountControl: null }), 'valueMissing userAccountControl'],
  ])('leaves an account alone where %s', (_, found, skip) => {
    const adopted = synchronizeWorld(world({ guests: [guest('anna')], accounts: [account('anna', { userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com' })] })).persons
    check(left({ accounts: [found], persons: adopted }, gone), { skips: [`anna: ${skip}`] })
  })

  it('does nothing where it is to leave them', () => {
    check(left({ settings: testSettings({ leavers: { action: 'leave' } }) }, gone), { skips: ['anna: leaverDone'] })
  })

  it('keeps every other bit of userAccountControl', () => {
    const [change] = synchronizeWorld(left({ accounts: [shadowAccount('anna', { userAccountControl: 66048 })] }, gone)).changes
    expect(change?.attributes).toMatchObject([{ before: [66048], after: [66050] }])
  })

  it('disables and moves in one change, is done then, and takes both back on return', () => {
    const settings = testSettings({ leavers: { action: 'disableAndMove', ou: leaversOu, deleteAfterDays: null } })
    const before = left({ settings }, gone)
    const first = check(before, { changes: [`disable anna, hardDeleted to ${leftDn}: userAccountControl`] })
    const after = applyChanges(before, first)
    check(after, { skips: ['anna: leaverDone'] })
    const back = { ...after, guests: [guest('anna', { surname: 'new' })] }
    const returned = check(back, { changes: [`enable anna to ${annaDn}: sn, userAccountControl`] })
    expect(returned.changes[0]).toMatchObject({ reason: { kind: 'guestReturned', disabledBy: 7 }, undo: { kind: 'disablesAccount' } })
    check(applyChanges(back, returned), {})
  })

  it('moves a returner back also where somebody enabled the account meanwhile', () => {
    const settings = testSettings({ leavers: { action: 'disableAndMove', ou: leaversOu, deleteAfterDays: null } })
    const given = left({ settings, guests: [guest('anna')], accounts: [shadowAccount('anna', { dn: leftDn })] }, { ownDisable: ownDisable({ movedFrom: annaDn }) })
    check(given, { changes: [`move anna to ${annaDn}: `] })
  })

  it('disables again what somebody enabled while the guest stayed away', () => {
    check(left({}, { ...gone, ownDisable: ownDisable() }), { changes: ['disable anna, hardDeleted: userAccountControl'] })
  })

  it('disables a blocked guest\'s account although its values cannot be written', () => {
    const blocked = guest('anna', { accountEnabled: false, surname: 'x'.repeat(65) })
    check(left({ guests: [blocked] }), { changes: ['disable anna, blocked: userAccountControl'] })
  })

  it('disables a blocked guest\'s account although no outbound rule has it in scope', () => {
    check(left({ guests: [guest('anna', { accountEnabled: false })], settings: testSettings({ rules: onlyContoso }) }), { changes: ['disable anna, blocked: userAccountControl'] })
  })

  it('says where a pending invitation is no reason to disable', () => {
    const settings = testSettings({ createForPendingInvitations: false })
    check(left({ settings, guests: [guest('anna', { externalUserState: 'PendingAcceptance' })] }), {})
  })
})

describe('deletion after the grace', () => {
  const grace = (now: string, days: number) => testSettings({ now, leavers: { action: 'disable', deleteAfterDays: days } })
  const disabledAt = '2026-01-01T12:00:00Z'
  const due = (days: number, row: Partial<OwnDisable> = {}) => ({ absence: { kind: 'gone' }, ownDisable: ownDisable({ disabledAt, deleteDue: daysAfter(disabledAt, days), ...row }) } as const)
  const accounts = [shadowAccount('anna', disabled)]

  it('comes when it is due and not a second before', () => {
    check(left({ accounts, settings: grace('2026-01-31T11:59:59Z', 30) }, due(30)), { skips: ['anna: leaverDone'] })
    const { changes } = check(left({ accounts, settings: grace('2026-01-31T12:00:00Z', 30) }, due(30)), { changes: ['delete anna: '] })
    expect(changes[0]).toMatchObject({ reason: { kind: 'graceIsOver', disabledAt, days: 30 }, undo: { kind: 'restoresAccount' }, precondition: { userAccountControl: { mask: 0x3802, value: 2 } } })
  })

  it.each<[string, World]>([
    ['before 30 days, whatever store and settings say', left({ accounts, settings: grace('2026-01-15T00:00:00Z', 1) }, due(1))],
    ['before a grace that was made longer since', left({ accounts, settings: grace('2026-02-15T00:00:00Z', 90) }, due(30))],
    ['before the day that was promised, although the grace was made shorter since', left({ accounts, settings: grace('2026-02-15T00:00:00Z', 30) }, due(90))],
    ['where the lifecycle does not delete any more', left({ accounts }, due(30))],
    ['where nobody promised it', left({ accounts, settings: grace('2027-01-01T00:00:00Z', 30) }, due(30, { deleteDue: null }))],
    ['of the account of a blocked guest', left({ accounts, guests: [guest('anna', { accountEnabled: false })], settings: grace('2027-01-01T00:00:00Z', 30) }, due(30))],
  ])('never comes %s', (_, given) => {
    check(given, { skips: ['anna: leaverDone'] })
  })

  it('never comes without proof, nor to an account that somebody else disabled', () => {
    const settings = grace('2027-01-01T00:00:00Z', 30)
    check(left({ accounts, settings }, { ...due(30), absence: { kind: 'unclear', why: 'x' } }), { skips: ['anna: absenceUnclear'] })
    check(left({ accounts, settings }, { absence: { kind: 'gone' } }), { skips: ['anna: disabledByOthers'] })
    check(left({ accounts, settings }, due(30, { anchor: guidOf('another') })), { skips: ['anna: disabledByOthers'] })
  })

  it('says that it cannot be undone where the Recycle Bin is off', () => {
    const settings = { ...grace('2026-03-01T00:00:00Z', 30), isRecycleBinOn: false }
    expect(synchronizeWorld(left({ accounts, settings }, due(30))).changes[0]?.undo.kind).toBe('impossible')
  })
})
