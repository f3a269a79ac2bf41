import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/shared/domain/change.ts'
import type { OwnDisable } from '../../src/shared/domain/lifecycle.ts'
import type { OutboundFlow } from '../../src/main/rules/ruleSet.ts'
import { applyChanges } from './applyChanges.ts'
import { check } from './check.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { changedRules } from './testRules.ts'
import { account, dnOf, guest, guestOu, guidOf, personIdOf, shadowAccount, testSettings, world, type World } from './world.ts'

const upn = (label: string) => `${label}_fabrikam.com#EXT#@contoso.onmicrosoft.com`
const named = (label: string, name: string) => guest(label, { userPrincipalName: upn(name) })
const leaversOu = dnOf('OU=Left,DC=contoso,DC=local')
const moving = testSettings({ leavers: { action: 'disableAndMove', ou: leaversOu, deleteAfterDays: null } })

/** Anna and Bert as they were settled once; then the guests became `guests`. */
function settledThen(parts: Partial<World>): World {
  const accounts = [shadowAccount('anna'), shadowAccount('bert')]
  const { persons } = synchronizeWorld(world({ guests: [guest('anna'), guest('bert')], accounts }))
  return world({ accounts, persons, ...parts })
}

function takenBy({ skips }: ReturnType<typeof synchronizeWorld>): readonly unknown[] {
  return skips.flatMap(({ reason }) => (reason.kind === 'problem' ? [reason.problem.detail?.['takenBy']] : []))
}

describe('names of accounts that exist', () => {
  it('follow the guest to a free userPrincipalName, also where only its case differs', () => {
    check(settledThen({ guests: [named('anna', 'carl'), named('bert', 'BERT')] }), { changes: ['update anna: userPrincipalName', 'update bert: userPrincipalName'] })
  })

  it('are not taken from somebody who has them, and the plan says who', () => {
    const result = check(settledThen({ guests: [named('anna', 'bert'), guest('bert')] }), { skips: ['anna: nameUnavailable userPrincipalName'] })
    expect(takenBy(result)).toEqual([`CN=${guidOf('bert')},${guestOu}`])
  })

  it('become free by one synchronisation and are given by the next', () => {
    const given = settledThen({ guests: [named('anna', 'bert'), named('bert', 'carl')] })
    const first = check(given, { changes: ['update bert: userPrincipalName'], skips: ['anna: nameUnavailable userPrincipalName'] })
    check(applyChanges(given, first), { changes: ['update anna: userPrincipalName'] })
  })

  it('are not swapped: both are told by whom the other name is taken', () => {
    const result = check(settledThen({ guests: [named('anna', 'bert'), named('bert', 'anna')] }), { skips: ['anna: nameUnavailable userPrincipalName', 'bert: nameUnavailable userPrincipalName'] })
    expect(takenBy(result)).toEqual([`CN=${guidOf('bert')},${guestOu}`, `CN=${guidOf('anna')},${guestOu}`])
  })

  it('go before those of new accounts, and in order of metaverse id', () => {
    const given = settledThen({ guests: [named('bert', 'carl'), named('anna', 'carl'), named('aaron', 'carl')] })
    check(given, { changes: ['update anna: userPrincipalName'], skips: ['aaron: nameUnavailable userPrincipalName', 'bert: nameUnavailable userPrincipalName'] })
  })

  it('are not given where another object of the OU has the DN', () => {
    const dn: OutboundFlow = { to: 'dn', from: { expression: '"CN=" + EscapeDNComponent(displayName) + "," + %GuestOu%' } }
    const rules = changedRules((set) => ({ ...set, rules: set.rules.map((rule) => (rule.direction === 'outbound' ? { ...rule, flows: [...rule.flows, dn] } : rule)) }))
    const given = world({ settings: testSettings({ rules }), guests: [guest('anna')], accounts: [shadowAccount('anna'), account('other', { cn: 'guest ANNA' })] })
    check(given, { skips: ['anna: nameUnavailable dn'], disconnectors: ['ad-other: noMatch'] })
  })

  it('wait for nothing where a leaver is disabled: the account stays in its OU then', () => {
    const accounts = [shadowAccount('anna'), account('other', { dn: `CN=${guidOf('anna')},${leaversOu}`, cn: 'x' })]
    const given = settledThen({ settings: moving, accounts, guests: [], lifecycle: { [personIdOf('anna')]: { absence: { kind: 'gone' } } } })
    check(given, { changes: ['disable anna, hardDeleted: userAccountControl'], disconnectors: ['ad-other: noMatch'] })
  })

  it('of a blocked guest are left out where they are taken, the disable is not', () => {
    check(settledThen({ guests: [guest('anna', { accountEnabled: false, userPrincipalName: upn('bert'), surname: 'new' }), guest('bert')] }), { changes: ['disable anna, blocked: userAccountControl'] })
  })

  it('keep a returner where it is if the former place is taken, but never enable it under a name that is', () => {
    const ownDisable: OwnDisable = { metaverseId: personIdOf('anna'), anchor: guidOf('ad-anna'), run: 7, disabledAt: '2025-12-01T00:00:00Z', reason: 'hardDeleted', movedFrom: dnOf(`CN=x,${guestOu}`), deleteDue: null }
    const accounts = [shadowAccount('anna', { dn: `CN=${guidOf('anna')},${leaversOu}`, userAccountControl: 262658 }), shadowAccount('bert')]
    const lifecycle = { [personIdOf('anna')]: { ownDisable } }
    check(settledThen({ settings: moving, accounts: [...accounts, account('x')], lifecycle, guests: [guest('anna'), guest('bert')] }), { changes: ['enable anna: userAccountControl'], disconnectors: ['ad-x: noMatch'] })
    check(settledThen({ settings: moving, accounts, lifecycle, guests: [named('anna', 'bert'), guest('bert')] }), { skips: ['anna: nameUnavailable userPrincipalName'] })
  })

  it('of a restored account are not those of somebody who has the place now', () => {
    const deletedAccount = { anchor: guidOf('ad-anna'), lastKnownParent: guestOu, accountName: null, isRecycled: false }
    const accounts = [shadowAccount('bert'), account('thief', { dn: `CN=${guidOf('anna')},${guestOu}`, cn: 'thief' })]
    const lifecycle = { [personIdOf('anna')]: { deletedAccount, formerAccount: shadowAccount('anna') } }
    check(settledThen({ accounts, lifecycle, guests: [guest('anna'), guest('bert')] }), { skips: ['anna: nameUnavailable dn'], disconnectors: ['ad-thief: noMatch'] })
  })
})

describe('changes without a new name', () => {
  it('are not held up by names', () => {
    const [change] = synchronizeWorld(settledThen({ guests: [guest('anna', { surname: 'new' }), guest('bert')] })).changes satisfies readonly Change[]
    expect(change).toMatchObject({ kind: 'update', newDn: null })
  })
})
