import { describe, expect, it } from 'vitest'
import type { AttributeChange } from '../../src/shared/domain/change.ts'
import { applyChanges } from './applyChanges.ts'
import { check, summarize } from './check.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { account, dnOf, guest, guestOu, guidOf, shadowAccount, testSettings, world } from './world.ts'

describe('guests without account', () => {
  it('plans an account for a guest in scope, all initial values included', () => {
    const { changes } = check(world({ guests: [guest('anna')] }), { changes: ['create anna'] })
    const [change] = changes
    expect(change).toMatchObject({ kind: 'create', dn: `CN=${guidOf('anna')},${guestOu}`, reason: { kind: 'guestWithoutAccount' }, undo: { kind: 'disablesAccount' }, rule: 'AD-B2B-OUT' })
    expect(change?.subject).toEqual({ displayName: 'Guest anna', company: 'Fabrikam', userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com', mail: 'anna@fabrikam.com', entraId: guidOf('anna') })
    expect(change?.attributes.map(inOneLine)).toEqual([
      `adminDescription = User_${guidOf('anna')} from mark of entra`,
      'displayName = Guest anna from displayName of entra',
      'employeeType = Guest from employeeType of entra',
      'givenName = Guest from firstName of entra',
      'mail = anna@fabrikam.com from email of entra',
      `sAMAccountName = ${guidOf('anna').slice(0, 20)} from accountName of entra`,
      'sn = anna from sn of entra',
      'unicodePwd generated from generated password of null',
      'userAccountControl = 262656 from "262656" of null',
      'userPrincipalName = anna_fabrikam.com#EXT#@contoso.onmicrosoft.com from userPrincipalName of entra',
    ])
  })

  it('leaves out what the guest has no value for', () => {
    const { changes } = check(world({ guests: [guest('anna', { surname: null, mail: '' })] }), { changes: ['create anna'] })
    expect(changes[0]?.attributes.map((attribute) => attribute.name)).not.toContain('sn')
    expect(changes[0]?.attributes.map((attribute) => attribute.name)).not.toContain('mail')
  })

  it('makes no account for a guest who is blocked', () => {
    check(world({ guests: [guest('anna', { accountEnabled: false })] }), { skips: ['anna: blockedInEntra'] })
  })

  it('makes accounts for pending invitations only where the settings say so', () => {
    const guests = [guest('anna', { externalUserState: 'PendingAcceptance' })]
    check(world({ guests }), { changes: ['create anna'] })
    check(world({ guests, settings: testSettings({ createForPendingInvitations: false }) }), { skips: ['anna: invitationPending'] })
  })

  it('provisions nothing without a complete import of the directory (sync-semantics 13)', () => {
    check(world({ guests: [guest('anna')], hasCompleteDirectoryImport: false }), { skips: ['anna: directoryImportIncomplete'] })
  })

  it('never adds again what awaits its confirmation (sync-semantics 16)', () => {
    check(world({ guests: [guest('anna')], awaiting: new Set([`entra:${guidOf('anna')}`]) }), { skips: ['anna: awaitingConfirmation'] })
  })

  it.each([
    ['a missing userPrincipalName', { userPrincipalName: null }, 'valueMissing userPrincipalName'],
    ['a userPrincipalName without suffix', { userPrincipalName: 'anna' }, 'syntaxInvalid userPrincipalName'],
    ['a userPrincipalName with a blank', { userPrincipalName: 'anna b@contoso.com' }, 'syntaxInvalid userPrincipalName'],
    ['a surname that is too long', { surname: 'x'.repeat(65) }, 'valueTooLong sn'],
  ])('says before any write that %s cannot be written', (_, row, problem) => {
    check(world({ guests: [guest('anna', row)] }), { skips: [`anna: ${problem}`] })
  })

  it('takes a surname that is just as long as the directory allows', () => {
    check(world({ guests: [guest('anna', { surname: 'x'.repeat(64) })] }), { changes: ['create anna'] })
  })

  it('never makes an account outside of the managed OUs', () => {
    const settings = testSettings({ managedOus: [dnOf('OU=Elsewhere,DC=contoso,DC=local')] })
    check(world({ guests: [guest('anna')], settings }), { skips: ['anna: outsideManagedOus'] })
  })
})

describe('guests that the filter leaves out', () => {
  it.each([
    ['a member', { userType: 'Member' }, 'outOfScope'],
    ['a guest that Entra Connect masters', { onPremisesSyncEnabled: true, onPremisesSecurityIdentifier: 'S-1-5-21-1-2-3-9' }, 'masteredInActiveDirectory'],
    ['a guest that Cloud Sync provisioned', { onPremisesSecurityIdentifier: 'S-1-5-21-1-2-3-9' }, 'provisionedByCloudSync'],
    ['a synchronised member', { userType: 'Member', onPremisesSyncEnabled: true }, 'outOfScope'],
  ])('tells %s apart', (_, row, reason) => {
    check(world({ guests: [guest('anna', row)] }), { disconnectors: [`anna: ${reason}`] })
  })

  it('takes onPremisesSyncEnabled false for not synchronised', () => {
    check(world({ guests: [guest('anna', { onPremisesSyncEnabled: false })] }), { changes: ['create anna'] })
  })
})

describe('accounts that exist', () => {
  it('changes nothing about an account that is right', () => {
    check(world({ guests: [guest('anna')], accounts: [shadowAccount('anna')] }), {})
  })

  it('corrects what differs, also in case only, and says what it was', () => {
    const accounts = [shadowAccount('anna', { displayName: 'guest ANNA', sn: 'other' })]
    const { changes } = check(world({ guests: [guest('anna')], accounts }), { changes: ['update anna: displayName, sn'] })
    expect(changes[0]?.attributes).toMatchObject([{ before: ['guest ANNA'], after: ['Guest anna'] }, { before: ['other'], after: ['anna'] }])
    expect(changes[0]).toMatchObject({ reason: { kind: 'attributesDiffer', attributes: ['displayName', 'sn'] }, undo: { kind: 'writesFormerValues' } })
  })

  it('follows a changed userPrincipalName on the same account, so that the SID stays', () => {
    const { changes } = check(world({ guests: [guest('anna', { userPrincipalName: 'new@contoso.com' })], accounts: [shadowAccount('anna')] }), { changes: ['update anna: userPrincipalName'] })
    expect(changes[0]).toMatchObject({ anchor: guidOf('ad-anna') })
  })

  it('clears what the guest has no more only where the flow allows null', () => {
    const guests = [guest('anna', { mail: null, userPrincipalName: null })]
    const { changes } = check(world({ guests, accounts: [shadowAccount('anna')] }), { changes: ['update anna: mail'] })
    expect(changes[0]?.attributes[0]).toMatchObject({ before: ['anna@fabrikam.com'], after: [] })
  })

  it('never touches account name and control bits of an account that exists (sync-semantics 2 and 3)', () => {
    check(world({ guests: [guest('anna')], accounts: [shadowAccount('anna', { sAMAccountName: 'other', userAccountControl: 66048 })] }), {})
  })

  it('disables the account of a blocked guest and keeps it right', () => {
    check(world({ guests: [guest('anna', { accountEnabled: false, surname: 'new' })], accounts: [shadowAccount('anna')] }), { changes: ['disable anna, blocked: sn, userAccountControl'] })
  })

  it('leaves an account alone whose value in the plan would be refused', () => {
    check(world({ guests: [guest('anna', { surname: 'x'.repeat(65), givenName: 'New' })], accounts: [shadowAccount('anna')] }), { skips: ['anna: valueTooLong sn'] })
  })

  it('goes on with updates while the import of the directory is incomplete', () => {
    check(world({ guests: [guest('anna', { surname: 'new' })], accounts: [shadowAccount('anna')], hasCompleteDirectoryImport: false }), { changes: ['update anna: sn'] })
  })

  it.each([
    ['msDS-ExternalDirectoryObjectId', { adminDescription: null, 'msDS-ExternalDirectoryObjectId': 'User_x' }, 'accountOfAnotherEngine msDS-ExternalDirectoryObjectId'],
    ['msDS-ObjectSoa', { adminDescription: null, 'msDS-ObjectSoa': 'AAD' }, 'accountOfAnotherEngine msDS-ObjectSoa'],
    ['adminCount', { adminCount: 1 }, 'privilegedAccount adminCount'],
    ['isCriticalSystemObject', { isCriticalSystemObject: true }, 'privilegedAccount isCriticalSystemObject'],
    ['the bits of a computer account', { userAccountControl: 0x1000 }, 'privilegedAccount userAccountControl'],
    ['a place outside of the managed OUs', { dn: 'CN=anna,CN=Users,DC=contoso,DC=local' }, 'outsideManagedOus'],
  ])('never writes an account with %s', (_, row, skip) => {
    const guests = [guest('anna', { surname: 'new' })]
    check(world({ guests, accounts: [shadowAccount('anna', row)] }), { skips: [`anna: ${skip}`] })
  })

  it('never writes over the mark of another guest, even on an account that is linked', () => {
    const { persons } = synchronizeWorld(world({ guests: [guest('anna')], accounts: [shadowAccount('anna')] }))
    const accounts = [shadowAccount('anna', { adminDescription: `User_${guidOf('bert')}`, sn: 'old' })]
    check(world({ guests: [guest('anna')], accounts, persons }), { skips: ['anna: joinNeedsDecision'] })
  })

  it('writes an account with its own mark although Cloud Sync left one too', () => {
    check(world({ guests: [guest('anna', { surname: 'new' })], accounts: [shadowAccount('anna', { 'msDS-ObjectSoa': 'AAD' })] }), { changes: ['update anna: sn'] })
  })

  it('binds a change to all that it was decided from', () => {
    const accounts = [shadowAccount('anna', { sn: 'old', userAccountControl: 262658, memberOf: ['CN=Group,DC=contoso,DC=local'] })]
    const [change] = synchronizeWorld(world({ guests: [guest('anna')], accounts })).changes
    expect(change).toMatchObject({ precondition: { userAccountControl: { mask: 0x3800, value: 0 } } })
    expect(change && 'precondition' in change ? Object.keys(change.precondition.values) : []).toEqual([
      'adminCount', 'adminDescription', 'displayName', 'employeeType', 'givenName', 'isCriticalSystemObject', 'mail', 'msDS-ExternalDirectoryObjectId', 'msDS-ObjectSoa', 'sn', 'userPrincipalName',
    ])
  })
})

describe('adoption (sync-semantics 11)', () => {
  const found = { userPrincipalName: 'ANNA_fabrikam.com#EXT#@contoso.onmicrosoft.com', memberOf: ['CN=B,DC=contoso,DC=local', 'CN=A,DC=contoso,DC=local'] }

  it('is a change of its own kind, with everything that it overwrites and the groups', () => {
    const { changes } = check(world({ guests: [guest('anna')], accounts: [account('found', found)] }), {
      changes: ['adopt anna by userPrincipalName: adminDescription, displayName, employeeType, givenName, mail, sn, userPrincipalName'],
    })
    expect(changes[0]).toMatchObject({
      dn: `CN=found,${guestOu}`, newDn: null,
      reason: { kind: 'accountAdopted', criterion: 'userPrincipalName', value: found.userPrincipalName, groups: ['CN=A,DC=contoso,DC=local', 'CN=B,DC=contoso,DC=local'] },
    })
  })

  it('is bound to the groups and to whether the account was enabled', () => {
    const [change] = synchronizeWorld(world({ guests: [guest('anna')], accounts: [account('found', { ...found, userAccountControl: 514 })] })).changes
    expect(change).toMatchObject({ precondition: { values: { memberOf: found.memberOf, userPrincipalName: [found.userPrincipalName] }, userAccountControl: { mask: 0x3802, value: 2 } } })
  })

  it('is never asked for an account that we made, even if somebody took off its mark', () => {
    const before = world({ guests: [guest('anna')] })
    const after = applyChanges(before, synchronizeWorld(before))
    const accounts = after.accounts.map((object) => ({ ...object, attributes: { ...object.attributes, adminDescription: [] } }))
    check({ ...after, accounts }, { changes: ['update anna: adminDescription'] })
  })

  it('takes an account that is named by the guest id but not marked', () => {
    check(world({ guests: [guest('anna')], accounts: [shadowAccount('anna', { adminDescription: null })] }), { changes: ['adopt anna by cn: adminDescription'] })
  })

  it('never takes a privileged account', () => {
    check(world({ guests: [guest('anna')], accounts: [account('found', { ...found, adminCount: 1 })] }), { skips: ['anna: privilegedAccount adminCount'] })
  })
})

describe('joins (sync-semantics 9 to 12)', () => {
  it('keeps accounts that match nobody as disconnectors and never writes them', () => {
    check(world({ guests: [guest('anna')], accounts: [shadowAccount('anna'), account('other', { employeeType: 'Guest' })] }), { disconnectors: ['ad-other: noMatch'] })
  })

  it('prefers the mark to the userPrincipalName, whatever the order of accounts', () => {
    const accounts = [account('byname', { userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com' }), shadowAccount('anna')]
    check(world({ guests: [guest('anna')], accounts }), { disconnectors: ['ad-byname: noMatch'] })
    check(world({ guests: [guest('anna')], accounts: accounts.toReversed() }), { disconnectors: ['ad-byname: noMatch'] })
  })

  it('joins none of two accounts that match one guest, and makes no third one', () => {
    const copies = [shadowAccount('anna'), account('copy', { adminDescription: `User_${guidOf('anna')}` })]
    check(world({ guests: [guest('anna')], accounts: copies }), {
      skips: ['anna: joinNeedsDecision'],
      disconnectors: ['ad-anna: ambiguous adminDescription of ad-anna and ad-copy', 'ad-copy: ambiguous adminDescription of ad-anna and ad-copy'],
    })
  })

  it('asks before a guest with another id gets the account of the same userPrincipalName', () => {
    const old = shadowAccount('old', { userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com' })
    check(world({ guests: [guest('anna')], accounts: [old] }), { skips: ['anna: joinNeedsDecision'], disconnectors: ['ad-old: needsDecision between old and anna'] })
  })

  it('asks also where only the cn says that the account was another guest\'s', () => {
    const old = shadowAccount('old', { adminDescription: null, userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com' })
    check(world({ guests: [guest('anna')], accounts: [old] }), { skips: ['anna: joinNeedsDecision'], disconnectors: ['ad-old: needsDecision between old and anna'] })
  })

  it('does not take an administrator\'s User_ text for a mark', () => {
    const accounts = [account('found', { adminDescription: 'User_NoSync', userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com' })]
    const { changes } = synchronizeWorld(world({ guests: [guest('anna')], accounts }))
    expect(changes).toMatchObject([{ kind: 'adopt' }])
  })

  it('asks where the userPrincipalName is held by the account of another person', () => {
    const first = synchronizeWorld(world({ guests: [guest('old')], accounts: [shadowAccount('old')] }))
    const guests = [guest('anna', { userPrincipalName: 'old_fabrikam.com#EXT#@contoso.onmicrosoft.com' })]
    check(world({ guests, accounts: [shadowAccount('old')], persons: first.persons }), { skips: ['anna: joinNeedsDecision', 'old: absenceUnclear'] })
  })

  it('never matches null with null', () => {
    const anonymous = (label: string) => account(label, { cn: label, objectSid: null })
    check(world({ guests: [guest('anna', { userPrincipalName: null })], accounts: [anonymous('x'), anonymous('y')] }), {
      skips: ['anna: valueMissing userPrincipalName'], disconnectors: ['ad-x: noMatch', 'ad-y: noMatch'],
    })
  })
})

describe('returners', () => {
  const settled = synchronizeWorld(world({ guests: [guest('anna')], accounts: [shadowAccount('anna')] })).persons

  it('gives a returner the same account', () => {
    const left = synchronizeWorld(world({ accounts: [shadowAccount('anna')], persons: settled })).persons
    const { persons } = check(world({ guests: [guest('anna')], accounts: [shadowAccount('anna')], persons: left }), {})
    expect(persons).toHaveLength(1)
    expect(persons[0]?.links.map((link) => link.anchor)).toEqual([guidOf('ad-anna'), guidOf('anna')])
  })
})

describe('names', () => {
  it('gives the same first 20 characters to nobody twice', () => {
    const { changes } = check(world({ guests: [guest('partners1'), guest('partners2'), guest('partners3')] }), { changes: ['create partners1', 'create partners2', 'create partners3'] })
    const names = changes.map((change) => accountNameOf(change.attributes))
    expect(names[0]).toBe(guidOf('partners1').slice(0, 20))
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(3)
    expect(names.every((name) => name.length <= 20)).toBe(true)
  })

  it('gives way to a name that a computer or group of the domain has', () => {
    const wish = guidOf('anna').slice(0, 20)
    const { changes } = check(world({ guests: [guest('anna')], otherNames: [wish.toUpperCase()] }), { changes: ['create anna'] })
    expect(accountNameOf(changes[0]?.attributes ?? [])).toMatch(new RegExp(`^${wish.slice(0, 18)}[0-9a-z]{2}$`))
  })

  it('changes no DN that somebody has', () => {
    const squatter = account('squatter', { cn: 'x', dn: `CN=${guidOf('anna')},${guestOu}` })
    check(world({ guests: [guest('anna')], accounts: [squatter] }), { skips: ['anna: nameUnavailable dn'], disconnectors: ['ad-squatter: noMatch'] })
  })
})

describe('after the export', () => {
  it('plans nothing more', () => {
    const before = world({
      guests: [guest('anna'), guest('bert', { surname: 'new' }), guest('carl'), guest('partners1'), guest('partners2')],
      accounts: [shadowAccount('bert'), account('found', { userPrincipalName: 'carl_fabrikam.com#EXT#@contoso.onmicrosoft.com' })],
    })
    const first = synchronizeWorld(before)
    expect(first.changes).toHaveLength(5)
    check(applyChanges(before, first), {})
  })

  it('plans the same again when nothing was exported', () => {
    const before = world({ guests: [guest('anna'), guest('bert', { surname: 'new' })], accounts: [shadowAccount('bert')] })
    const first = synchronizeWorld(before)
    const second = synchronizeWorld({ ...before, persons: first.persons })
    expect(second.changes).toEqual(first.changes)
    expect(second.persons).toEqual(first.persons)
    expect(summarize(second)).toEqual(summarize(first))
  })
})

function accountNameOf(attributes: readonly AttributeChange[]): string {
  return String(attributes.find((attribute) => attribute.name === 'sAMAccountName')?.after[0])
}

function inOneLine({ name, after, from, isGenerated }: AttributeChange): string {
  return `${name}${isGenerated === true ? ' generated' : ` = ${after.join(', ')}`} from ${from.source} of ${String(from.connector)}`
}
