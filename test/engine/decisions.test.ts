import { describe, expect, it } from 'vitest'
import type { Dn } from '../../src/shared/domain/ids.ts'
import type { Hold, JoinDecision, OwnDisable } from '../../src/shared/domain/lifecycle.ts'
import type { LifecycleInput } from '../../src/main/engine/contract.ts'
import { applyChanges } from './applyChanges.ts'
import { check } from './check.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { account, dnOf, guest, guestOu, guidOf, personIdOf, shadowAccount, testSettings, world, type World } from './world.ts'

/** One test for each decision of the synchronisation semantics that the engine takes; tables of details stand elsewhere. */

const upn = (label: string) => `${label}_fabrikam.com#EXT#@contoso.onmicrosoft.com`
const settledWorld = world({ guests: [guest('anna')], accounts: [shadowAccount('anna')] })
const { persons } = synchronizeWorld(settledWorld)
const disabled = { userAccountControl: 262658 }
const own: OwnDisable = { metaverseId: personIdOf('anna'), anchor: guidOf('ad-anna'), run: 7, disabledAt: '2025-12-01T00:00:00Z', reason: 'blocked', movedFrom: null, deleteDue: null }
const about = (lifecycle: Partial<LifecycleInput>, parts: Partial<World> = {}) => world({ ...settledWorld, persons, lifecycle: { [personIdOf('anna')]: lifecycle }, ...parts })
const decide = (label: string, decision: JoinDecision['decision'], at = '2026-01-01T00:00:00Z'): JoinDecision => ({ anchor: guidOf(`ad-${label}`), decision, note: 'asked her', by: 'Eve', at })

describe('who contributes what', () => {
  it('decision 1: an old value of the account never wins where Entra has none', () => {
    check(world({ guests: [guest('anna', { mail: null })], accounts: [shadowAccount('anna')] }), { changes: ['update anna: mail'] })
    expect(persons[0]?.attributes['email']?.winner.connector).toBe('entra')
  })

  it('decision 2: the account name of an account that exists is its own and stays', () => {
    const result = check(world({ guests: [guest('anna')], accounts: [shadowAccount('anna', { sAMAccountName: 'kept' })] }), {})
    expect(result.persons[0]?.attributes['accountName']).toMatchObject({ values: ['kept'], winner: { connector: 'ad' } })
  })

  it('decision 3: of userAccountControl only single bits change, and only by the lifecycle', () => {
    check(world({ guests: [guest('anna')], accounts: [shadowAccount('anna', { userAccountControl: 66048 })] }), {})
    const [change] = synchronizeWorld(world({ guests: [guest('anna', { accountEnabled: false })], accounts: [shadowAccount('anna', { userAccountControl: 66048 })] })).changes
    expect(change?.attributes).toMatchObject([{ name: 'userAccountControl', before: [66048], after: [66050] }])
  })

  it('decision 4: what was not read is not taken for enabled', () => {
    check(about({ absence: { kind: 'gone' } }, { guests: [], accounts: [shadowAccount('anna', { userAccountControl: null })] }), { skips: ['anna: valueMissing userAccountControl'] })
  })
})

describe('scope and leavers', () => {
  it('decision 5: guests who are mastered elsewhere are shown and left alone', () => {
    check(world({ guests: [guest('a', { onPremisesSyncEnabled: true }), guest('b', { onPremisesSecurityIdentifier: 'S-1-5-21-1' })] }), { disconnectors: ['a: masteredInActiveDirectory', 'b: provisionedByCloudSync'] })
  })

  it('decision 6: a leaver is disabled and not deleted, a member reported, a pending guest neither', () => {
    const gone = about({ absence: { kind: 'gone' } }, { guests: [] })
    const first = check(gone, { changes: ['disable anna, hardDeleted: userAccountControl'] })
    check({ ...applyChanges(gone, first), settings: testSettings({ now: '2036-01-01T00:00:00Z' }) }, { skips: ['anna: leaverDone'] })
    check(about({}, { guests: [guest('anna', { userType: 'Member' })] }), { skips: ['anna: becameMember'], disconnectors: ['anna: outOfScope'] })
    check(about({}, { guests: [guest('anna', { externalUserState: 'PendingAcceptance' })] }), {})
  })

  it('decision 7: absence alone changes nothing', () => {
    check(about({}, { guests: [] }), { skips: ['anna: absenceUnclear'] })
    check(about({ absence: { kind: 'unclear', why: 'Graph answered 503' } }, { guests: [] }), { skips: ['anna: absenceUnclear'] })
  })

  it('decision 8: only our own disable is reversed on return; another one stays, is reported, and values still flow', () => {
    check(about({ ownDisable: own }, { accounts: [shadowAccount('anna', disabled)] }), { changes: ['enable anna: userAccountControl'] })
    check(about({}, { accounts: [shadowAccount('anna', disabled)] }), { skips: ['anna: disabledByOthers'] })
    check(about({}, { accounts: [shadowAccount('anna', { ...disabled, sn: 'old' })] }), { changes: ['update anna: sn'] })
    check(about({ ownDisable: { ...own, anchor: guidOf('another') } }, { accounts: [shadowAccount('anna', disabled)] }), { skips: ['anna: disabledByOthers'] })
  })
})

describe('joins and adoption', () => {
  it('decision 9: accounts that match nobody are never written, and hold their names', () => {
    check(world({ guests: [guest('anna')], accounts: [account('other', { sAMAccountName: guidOf('anna').slice(0, 20) })] }), { changes: ['create anna'], disconnectors: ['ad-other: noMatch'] })
    const [change] = synchronizeWorld(world({ guests: [guest('anna')], accounts: [account('other', { sAMAccountName: guidOf('anna').slice(0, 20) })] })).changes
    expect(change?.attributes.find(({ name }) => name === 'sAMAccountName')?.after).not.toEqual([guidOf('anna').slice(0, 20)])
  })

  it('decision 10: the mark joins before every other criterion, and every account of ours gets it', () => {
    check(world({ guests: [guest('anna')], accounts: [account('named', { userPrincipalName: upn('anna') }), shadowAccount('anna')] }), { disconnectors: ['ad-named: noMatch'] })
    const [change] = synchronizeWorld(world({ guests: [guest('anna')] })).changes
    expect(change?.attributes.find(({ name }) => name === 'adminDescription')?.after).toEqual([`User_${guidOf('anna')}`])
  })

  it('decision 11: an account that we did not make is adopted, with its groups shown; a blocked guest\'s is disabled once it is ours', () => {
    const accounts = [account('found', { userPrincipalName: upn('anna'), memberOf: ['CN=A,DC=contoso,DC=local'] })]
    const { changes } = check(world({ guests: [guest('anna')], accounts }), { changes: ['adopt anna by userPrincipalName: adminDescription, displayName, employeeType, givenName, mail, sn'] })
    expect(changes[0]?.reason).toMatchObject({ groups: ['CN=A,DC=contoso,DC=local'] })
    const blocked = world({ guests: [guest('anna', { accountEnabled: false })], accounts })
    const adopted = applyChanges(blocked, check(blocked, { changes: ['adopt anna by userPrincipalName: adminDescription, displayName, employeeType, givenName, mail, sn'] }))
    check(adopted, { changes: ['disable anna, blocked: userAccountControl'] })
  })

  it('decision 12: the same name with another id is joined by a person\'s decision alone', () => {
    const accounts = [shadowAccount('old', { userPrincipalName: upn('anna') })]
    const given = world({ guests: [guest('anna')], accounts })
    check(given, { skips: ['anna: joinNeedsDecision'], disconnectors: ['ad-old: needsDecision between old and anna'] })
    const decided = { ...given, decisions: [decide('old', { kind: 'join', metaverseId: personIdOf('anna') })] }
    const result = check(decided, { changes: ['adopt anna by decision: adminDescription, displayName, mail, sn'] })
    check(applyChanges(decided, result), {})
  })

  it('decision 12: an account whose guest was invited anew with another address waits for a decision', () => {
    const reset = guest('anna', { externalUserState: 'PendingAcceptance', mail: 'eve@fabrikam.com' })
    check(about({}, { guests: [reset] }), { skips: ['anna: identityChanged'] })
    check(about({}, { guests: [guest('anna', { mail: 'new@fabrikam.com' })] }), { changes: ['update anna: mail'] })
    const dated = (changed: string) => guest('anna', { mail: 'eve@fabrikam.com', externalUserStateChangeDateTime: changed })
    const accounts = [shadowAccount('anna', { whenCreated: '20250601000000.0Z' })]
    check(about({}, { guests: [dated('2025-05-31T00:00:00Z')], accounts }), { changes: ['update anna: mail'] })
    check(about({}, { guests: [dated('2025-06-02T00:00:00Z')], accounts }), { skips: ['anna: identityChanged'] })
    const decisions = [decide('anna', { kind: 'join', metaverseId: personIdOf('anna') }, '2025-06-03T00:00:00Z')]
    check(about({}, { guests: [dated('2025-06-02T00:00:00Z')], accounts, decisions }), { changes: ['update anna: mail'] })
    check(about({}, { guests: [dated('2025-06-04T00:00:00Z')], accounts, decisions }), { skips: ['anna: identityChanged'] })
  })

  it('decision 12: a flagged account is not enabled on return, and disabled all the same', () => {
    const reset = { externalUserState: 'PendingAcceptance', mail: 'eve@fabrikam.com' }
    check(about({ ownDisable: own }, { guests: [guest('anna', reset)], accounts: [shadowAccount('anna', disabled)] }), { skips: ['anna: identityChanged'] })
    check(about({}, { guests: [guest('anna', { ...reset, accountEnabled: false })] }), { changes: ['disable anna, blocked: userAccountControl'] })
  })

  it('decision 13: without a complete import of the directory nothing is provisioned, and a join withdraws the new account', () => {
    check(world({ guests: [guest('anna')], hasCompleteDirectoryImport: false }), { skips: ['anna: directoryImportIncomplete'] })
    const planned = check(world({ guests: [guest('anna')] }), { changes: ['create anna'] })
    check(world({ guests: [guest('anna')], accounts: [shadowAccount('anna')], persons: planned.persons }), {})
  })
})

describe('writing', () => {
  it('decision 15: nobody writes a person who is on hold, and the plan says why', () => {
    const hold: Hold = { metaverseId: personIdOf('anna'), cause: 'undone', note: 'wrong person', by: 'Eve', since: '2026-01-01T00:00:00Z' }
    const { skips } = check(about({ hold, absence: { kind: 'gone' } }, { guests: [] }), { skips: ['anna: onHold'] })
    expect(skips[0]?.reason).toEqual({ kind: 'onHold', cause: 'undone', note: 'wrong person', by: 'Eve', since: '2026-01-01T00:00:00Z' })
    check(about({ hold }, { accounts: [shadowAccount('anna', { sn: 'old' })] }), { skips: ['anna: onHold'] })
    check(world({ guests: [guest('anna')], lifecycle: { [personIdOf('anna')]: { hold } } }), { skips: ['anna: onHold'] })
  })

  it('decision 16: an account that awaits confirmation is never added again', () => {
    check(world({ guests: [guest('anna')], awaiting: new Set([personIdOf('anna')]) }), { skips: ['anna: awaitingConfirmation'] })
  })

  it('decision 17: the same guest gets the deleted account back, with initial values written again and losses named', () => {
    const deletedAccount = { anchor: guidOf('ad-anna'), lastKnownParent: guestOu, accountName: 'kept', isRecycled: false }
    const formerAccount = shadowAccount('anna', { memberOf: ['CN=B,DC=contoso,DC=local', 'CN=A,DC=contoso,DC=local'] })
    const given = about({ deletedAccount, formerAccount }, { accounts: [] })
    const dn = dnOf(`CN=${guidOf('anna')},${guestOu}`)
    const { changes } = check(given, { changes: [`restore anna to ${dn}: adminDescription, displayName, employeeType, givenName, mail, sn, unicodePwd, userAccountControl, userPrincipalName`] })
    expect(changes[0]).toMatchObject({ anchor: guidOf('ad-anna'), dn, reason: { kind: 'accountRestored', comesBack: ['objectGUID and SID', 'account name kept', 'all attributes', 'membership of CN=A,DC=contoso,DC=local', 'membership of CN=B,DC=contoso,DC=local'], lost: ['the password'] } })
    const [withoutBin] = synchronizeWorld({ ...given, settings: testSettings({ isRecycleBinOn: false }) }).changes
    expect(withoutBin?.reason).toMatchObject({ comesBack: ['objectGUID and SID', 'account name kept'], lost: ['the password', 'attributes that no rule writes', 'membership of CN=A,DC=contoso,DC=local', 'membership of CN=B,DC=contoso,DC=local'] })
  })

  it('decision 17: what cannot come back, or was another guest\'s, is made anew', () => {
    const deletedAccount = { anchor: guidOf('ad-anna'), lastKnownParent: null, accountName: null, isRecycled: false }
    check(about({ deletedAccount: { ...deletedAccount, isRecycled: true } }, { accounts: [] }), { changes: ['create anna'] })
    check(about({ deletedAccount, formerAccount: shadowAccount('old') }, { accounts: [] }), { changes: ['create anna'] })
    check(about({ deletedAccount, formerAccount: shadowAccount('anna', { adminCount: 1 }) }, { accounts: [] }), { skips: ['anna: privilegedAccount adminCount'] })
    check(about({ deletedAccount }, { accounts: [], guests: [guest('anna', { accountEnabled: false })] }), { skips: ['anna: blockedInEntra'] })
  })

  it('decision 17: an account that was deleted where leavers lie comes back to the guest OU, any other to where it lay', () => {
    const [left, sub] = [dnOf('OU=Left,DC=contoso,DC=local'), dnOf(`OU=Sub,${guestOu}`)]
    const settings = testSettings({ leavers: { action: 'disableAndMove', ou: left, deleteAfterDays: 30 } })
    const placeFrom = (lastKnownParent: Dn | null) => {
      const deletedAccount = { anchor: guidOf('ad-anna'), lastKnownParent, accountName: null, isRecycled: false }
      const [change] = synchronizeWorld(about({ deletedAccount }, { settings, accounts: [] })).changes
      return change?.kind === 'restore' ? change.newDn : null
    }
    const name = `CN=${guidOf('anna')}`
    expect([left, sub, dnOf('OU=Elsewhere,DC=contoso,DC=local'), null].map(placeFrom)).toEqual([`${name},${guestOu}`, `${name},${sub}`, `${name},${guestOu}`, `${name},${guestOu}`])
  })

  it('decision 18: names are taken whatever their case, by anybody in the domain', () => {
    const [change] = synchronizeWorld(world({ guests: [guest('anna')], otherNames: [guidOf('anna').slice(0, 20).toUpperCase()] })).changes
    expect(String(change?.attributes.find(({ name }) => name === 'sAMAccountName')?.after[0])).toMatch(new RegExp(`^${guidOf('anna').slice(0, 18)}..$`))
  })

  it('decision 19: what a second engine takes back is reported and not written again until a person says so', () => {
    const accounts = [shadowAccount('anna', { sn: 'theirs', mail: 'old@fabrikam.com' })]
    check(about({ undoneByOthers: ['SN'] }, { accounts }), { changes: ['update anna: mail'] })
    check(about({ undoneByOthers: ['sn', 'mail'] }, { accounts }), { skips: ['anna: secondEngine'] })
    check(about({ undoneByOthers: ['sn', 'mail'] }, { accounts, decisions: [decide('anna', { kind: 'join', metaverseId: personIdOf('anna') })] }), { changes: ['update anna: mail, sn'] })
    const adoptable = world({ guests: [guest('anna')], accounts: [account('found', { userPrincipalName: upn('anna') })] })
    check({ ...adoptable, lifecycle: { [personIdOf('anna')]: { undoneByOthers: ['adminDescription'] } } }, { skips: ['anna: secondEngine'] })
    check(about({ undoneByOthers: ['userAccountControl'], absence: { kind: 'gone' } }, { guests: [] }), { changes: ['disable anna, hardDeleted: userAccountControl'] })
  })
})
