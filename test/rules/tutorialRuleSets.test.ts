import { describe, expect, it } from 'vitest'
import type { CompiledRuleSet } from '../../src/main/rules/compiled.ts'
import { parametersOf } from '../../src/main/rules/parametersOf.ts'
import { parseRuleSet } from '../../src/main/rules/parseRuleSet.ts'
import { shippedRuleSets } from '../../src/main/rules/shippedRuleSets.ts'
import { check } from '../engine/check.ts'
import { synchronizeWorld } from '../engine/synchronizeWorld.ts'
import { account, dnOf, guest, guestOu, guidOf, personIdOf, shadowAccount, testSettings, world, type World } from '../engine/world.ts'

function readShipped(name: keyof typeof shippedRuleSets): CompiledRuleSet {
  const parsed = parseRuleSet(shippedRuleSets[name])
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem))
  return parsed.value
}

const sets = { tutorial: readShipped('tutorial'), 'tutorial-ou': readShipped('tutorial-ou') }
const both = [['tutorial', sets.tutorial], ['tutorial-ou', sets['tutorial-ou']]] as const
const mapped = (flows: readonly { readonly source: string; readonly to: string }[] | undefined) => (flows ?? []).map(({ source, to }) => `${source} → ${to}`)
const by = (rules: CompiledRuleSet, parts: Partial<World>) => world({ settings: testSettings({ rules }), ...parts })

describe.each(both)('the rule set %s maps what the tutorial maps', (name, rules) => {
  it('from guests', () => {
    expect(mapped(rules.inbound[0]?.flows).filter((flow) => flow !== '%GuestOu% → ou')).toEqual([
      'id → uid', 'id → cn', '"User_" + id → mark', 'Left(id, 20) → accountName', 'userPrincipalName → userPrincipalName', 'displayName → displayName', 'surname → sn', 'mail → email',
      'givenName → firstName', 'userType → employeeType',
    ])
  })

  it('from accounts of guests, found by their own criteria behind mark and name', () => {
    expect(rules.inbound[1]?.scope).toEqual([[{ attribute: 'employeeType', operator: 'EQUAL', value: 'Guest' }]])
    expect(rules.inbound[1]?.join.map((one) => one.connectorAttribute)).toEqual(['adminDescription', 'cn', ...(name === 'tutorial' ? ['objectSid'] : []), 'userPrincipalName'])
    expect(mapped(rules.inbound[1]?.flows)).toEqual([
      'userPrincipalName → userPrincipalName', 'displayName → displayName', 'sn → sn', 'mail → email', 'givenName → firstName', 'employeeType → employeeType', 'objectSid → objectSID', 'sAMAccountName → accountName',
    ])
  })

  it('to accounts', () => {
    expect(rules.outbound[0]?.flows.filter((flow) => flow.to !== 'dn').map(({ source, to, initialOnly, allowNull }) => `${source} → ${to}${initialOnly ? ', initial only' : ''}${allowNull ? ', may be empty' : ''}`)).toEqual([
      '"262656" → userAccountControl, initial only', 'generated password → unicodePwd, initial only', 'accountName → sAMAccountName', 'userPrincipalName → userPrincipalName',
      'displayName → displayName, may be empty', 'sn → sn, may be empty', 'firstName → givenName, may be empty', 'email → mail, may be empty', 'employeeType → employeeType', 'mark → adminDescription',
    ])
  })

  it('with the guest OU as only parameter', () => {
    expect(parametersOf(rules)).toEqual(['GuestOu'])
  })
})

describe.each(both)('the rule set %s is guarded by the same decisions', (_, rules) => {
  const settled = by(rules, { guests: [guest('anna')], accounts: [shadowAccount('anna')] })

  it('leaves guests alone who are mastered elsewhere (5)', () => {
    check(by(rules, { guests: [guest('anna', { onPremisesSyncEnabled: true })] }), { disconnectors: ['anna: masteredInActiveDirectory'] })
  })

  it('never writes account name, bits or password of an account that exists (2, 3)', () => {
    check(by(rules, { guests: [guest('anna')], accounts: [shadowAccount('anna', { sAMAccountName: 'other', userAccountControl: 512 })] }), {})
  })

  it('finds a leaver although the account says employeeType Guest (6)', () => {
    const { persons } = synchronizeWorld(settled)
    check({ ...settled, persons, guests: [] }, { skips: ['anna: absenceUnclear'] })
    check({ ...settled, persons, guests: [], lifecycle: { [personIdOf('anna')]: { absence: { kind: 'gone' } } } }, { changes: ['disable anna, hardDeleted: userAccountControl'] })
  })

  it('asks about the same name with another id (12) and joins by the mark (10)', () => {
    const upn = 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com'
    check(by(rules, { guests: [guest('anna')], accounts: [shadowAccount('old', { userPrincipalName: upn })] }), { skips: ['anna: joinNeedsDecision'], disconnectors: ['ad-old: needsDecision between old and anna'] })
    check(by(rules, { guests: [guest('anna')], accounts: [shadowAccount('anna', { userPrincipalName: 'former@contoso.com' })] }), { changes: ['update anna: userPrincipalName'] })
  })

  it('adopts before it writes anything to an account of another tool (11)', () => {
    const accounts = [account('found', { userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com', employeeType: 'Guest' })]
    expect(synchronizeWorld(by(rules, { guests: [guest('anna')], accounts })).changes).toMatchObject([{ kind: 'adopt', newDn: null }])
  })

  it('plans nothing more for an account that is as it should be', () => {
    check({ ...settled, persons: synchronizeWorld(settled).persons }, {})
  })
})

describe('what sets them apart', () => {
  it('a value that Entra clears comes back from the account, as in the tutorial', () => {
    check(by(sets.tutorial, { guests: [guest('anna', { mail: null })], accounts: [shadowAccount('anna')] }), {})
  })

  it('tutorial-ou renames and moves accounts of the guest OU alone (3)', () => {
    const elsewhere = dnOf('OU=Elsewhere,DC=contoso,DC=local')
    const inSub = shadowAccount('anna', { dn: `CN=x,OU=Sub,${guestOu}` })
    check(by(sets['tutorial-ou'], { guests: [guest('anna')], accounts: [inSub] }), { changes: [`move anna to CN=${guidOf('anna')},${guestOu}: `] })
    check(by(sets.tutorial, { guests: [guest('anna')], accounts: [inSub] }), {})
    const settings = testSettings({ rules: sets['tutorial-ou'], managedOus: [guestOu, elsewhere] })
    check(world({ settings, guests: [guest('anna')], accounts: [shadowAccount('anna', { dn: `CN=x,${elsewhere}` })] }), {})
  })

  it('tutorial-ou leaves the account of a leaver in the OU of leavers, and takes a returner home', () => {
    const ou = dnOf(`OU=Left,${guestOu}`)
    const settings = testSettings({ rules: sets['tutorial-ou'], leavers: { action: 'disableAndMove', ou, deleteAfterDays: null } })
    const home = dnOf(`CN=${guidOf('anna')},${guestOu}`)
    const accounts = [shadowAccount('anna', { dn: `CN=${guidOf('anna')},${ou}`, userAccountControl: 262658 })]
    const { persons } = synchronizeWorld(by(sets['tutorial-ou'], { guests: [guest('anna')], accounts }))
    const ownDisable = { metaverseId: personIdOf('anna'), anchor: guidOf('ad-anna'), run: 7, disabledAt: '2025-12-01T00:00:00Z', reason: 'blocked', movedFrom: home, deleteDue: null } as const
    const given = world({ settings, accounts, persons, lifecycle: { [personIdOf('anna')]: { ownDisable } } })
    check({ ...given, guests: [guest('anna', { accountEnabled: false })] }, { skips: ['anna: leaverDone'] })
    check({ ...given, guests: [guest('anna')] }, { changes: [`enable anna to ${home}: userAccountControl`] })
  })
})
