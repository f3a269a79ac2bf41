import { describe, expect, it } from 'vitest'
import type { FlowTrace } from '../../src/shared/domain/decision.ts'
import { decideOutbound } from '../../src/main/engine/decideOutbound.ts'
import type { CompiledRuleSet } from '../../src/main/rules/compiled.ts'
import type { OutboundFlow, OutboundRule, Rule } from '../../src/main/rules/ruleSet.ts'
import { applyChanges } from './applyChanges.ts'
import { check } from './check.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { changedRules, testRules } from './testRules.ts'
import { account, dnOf, guest, guestOu, guidOf, shadowAccount, testSettings, world, type World } from './world.ts'

/** The shipped set with its outbound rule changed. */
function withOutbound(change: (rule: OutboundRule) => readonly OutboundRule[]): CompiledRuleSet {
  return changedRules((set) => ({ ...set, rules: set.rules.flatMap((rule): readonly Rule[] => (rule.direction === 'outbound' ? change(rule) : [rule])) }))
}

function withFlow(flow: OutboundFlow): CompiledRuleSet {
  return withOutbound((rule) => [{ ...rule, flows: [...rule.flows.filter((other) => other.to !== flow.to || other.initialOnly !== flow.initialOnly), flow] }])
}

const worldWith = (rules: CompiledRuleSet, parts: Partial<World> = {}) => world({ guests: [guest('anna')], settings: testSettings({ rules }), ...parts })

describe('guards that hold in every rule set', () => {
  it('writes the account name only to new accounts, whatever the flow says (sync-semantics 2)', () => {
    const rules = withOutbound((rule) => [{ ...rule, flows: rule.flows.map((flow) => (flow.to === 'sAMAccountName' ? { to: 'sAMAccountName', from: { attribute: 'uid' } } : flow)) }])
    check(worldWith(rules, { accounts: [shadowAccount('anna')] }), {})
  })

  it('marks every account that it makes, where the rules do not know of the mark too (sync-semantics 10)', () => {
    const rules = withOutbound((rule) => [{ ...rule, flows: rule.flows.filter((flow) => flow.to !== 'adminDescription') }])
    const { changes } = check(worldWith(rules), { changes: ['create anna'] })
    expect(changes[0]?.attributes[0]).toEqual({ name: 'adminDescription', before: [], after: [`User_${guidOf('anna')}`], from: { rule: 'AD-B2B-OUT', source: 'ownership mark', connector: 'entra' } })
  })

  it('does not let a rule put another mark on an account', () => {
    const rules = withFlow({ to: 'adminDescription', from: { constant: 'User_somebody' } })
    check(worldWith(rules, { accounts: [shadowAccount('anna')] }), {})
  })

  it('refuses an account name that Windows would refuse', () => {
    const rules = withFlow({ to: 'sAMAccountName', from: { attribute: 'userPrincipalName' }, initialOnly: true })
    check(worldWith(rules), { skips: ['anna: accountNameInvalid sAMAccountName'] })
  })

  it.each([
    ['no DN at all', 'anna', 'nameInvalid dn'],
    ['a name that is too long', `CN=${'x'.repeat(65)},OU=AAD Guest Users,DC=contoso,DC=local`, 'valueTooLong dn'],
    ['a place outside of the managed OUs', 'CN=anna,CN=Users,DC=contoso,DC=local', 'outsideManagedOus'],
  ])('refuses %s for a new account', (_, dn, skip) => {
    check(worldWith(withFlow({ to: 'dn', from: { constant: dn }, initialOnly: true })), { skips: [`anna: ${skip}`] })
  })
})

describe('outbound flows', () => {
  it('leave an account alone when an expression fails', () => {
    const rules = withFlow({ to: 'displayName', from: { expression: 'LeftPad(displayName, 5, "ab")' }, allowNull: true })
    check(worldWith(rules, { accounts: [shadowAccount('anna', { sn: 'other' })] }), { skips: ['anna: expressionFailed displayName'] })
    check(worldWith(rules), { skips: ['anna: expressionFailed displayName'] })
  })

  it('clear nothing because an inbound flow failed', () => {
    const rules = changedRules((set) => ({
      ...set,
      rules: set.rules.map((rule) => (rule.direction === 'inbound' && rule.connector === 'entra' ? { ...rule, flows: rule.flows.map((flow) => (flow.to === 'email' ? { to: 'email', from: { expression: 'LeftPad(mail, 5, "ab")' } } : flow)) } : rule)),
    }))
    check(worldWith(rules, { accounts: [shadowAccount('anna', { sn: 'old' })] }), { changes: ['update anna: sn'], problems: ['anna: expressionFailed email'] })
  })

  it('write several values only where the schema takes them', () => {
    const several: OutboundFlow['from'] = { expression: 'Split("a;b", ";")' }
    const { changes } = check(worldWith(withFlow({ to: 'otherMailbox', from: several })), { changes: ['create anna'] })
    expect(changes[0]?.attributes.find((attribute) => attribute.name === 'otherMailbox')?.after).toEqual(['a', 'b'])
    check(worldWith(withFlow({ to: 'company', from: several })), { skips: ['anna: attributeIsSingleValued company'] })
  })

  it('compare by the syntax of the attribute', () => {
    const rules = withFlow({ to: 'manager', from: { constant: 'cn=boss, dc=contoso, dc=local' } })
    check(worldWith(rules, { accounts: [shadowAccount('anna', { manager: 'CN=Boss,DC=contoso,DC=local' })] }), {})
  })

  it('write the attribute in the schema\'s spelling of its name', () => {
    const { changes } = synchronizeWorld(worldWith(withFlow({ to: 'COMPANY', from: { attribute: 'company' } })))
    expect(changes[0]?.attributes.map((attribute) => attribute.name)).toContain('company')
  })

  it('of several rules let the first in the set write an attribute', () => {
    const second = { name: 'Second', flows: [{ to: 'company', from: { attribute: 'company' } }, { to: 'sn', from: { constant: 'second' } }] } as const
    const rules = withOutbound((rule) => [rule, { ...rule, ...second, create: false }])
    const { changes } = check(worldWith(rules, { accounts: [shadowAccount('anna')] }), { changes: ['update anna: company'] })
    expect(changes[0]?.attributes[0]?.from).toEqual({ rule: 'Second', source: 'company', connector: 'entra' })
  })

  it('are those of rules in scope only', () => {
    const rules = withOutbound((rule) => [rule, { ...rule, name: 'Second', create: false, scope: [[{ attribute: 'company', operator: 'EQUAL', value: 'Contoso' }]], flows: [{ to: 'company', from: { constant: 'x' } }] }])
    check(worldWith(rules, { accounts: [shadowAccount('anna')] }), {})
  })
})

describe('provisioning', () => {
  const onlyContoso = (rule: OutboundRule) => [{ ...rule, scope: [[{ attribute: 'company', operator: 'EQUAL', value: 'Contoso' } as const]] }]

  it('gives nobody an account outside of the outbound scope, and leaves an account there as it is', () => {
    check(worldWith(withOutbound(onlyContoso)), { skips: ['anna: outOfScope'] })
    check(worldWith(withOutbound(onlyContoso), { accounts: [shadowAccount('anna', { sn: 'old' })] }), { skips: ['anna: outOfScope'] })
  })

  it('gives nobody an account where no rule creates one, and keeps those that are there right', () => {
    const rules = withOutbound((rule) => [{ ...rule, create: false }])
    check(worldWith(rules), { skips: ['anna: notCreatedByRules'] })
    check(worldWith(rules, { accounts: [shadowAccount('anna', { sn: 'old' })] }), { changes: ['update anna: sn'] })
  })
})

describe('renames and moves', () => {
  const other = dnOf(`OU=Partners,${guestOu}`)
  const following = (rules: OutboundFlow['from']) => withOutbound((rule) => [{ ...rule, flows: [...rule.flows, { to: 'dn', from: rules }] }])
  const intoPartners = following({ expression: `"CN=" + EscapeDNComponent(uid) + ",${other}"` })
  const byName = following({ expression: '"CN=" + EscapeDNComponent(displayName) + "," + %GuestOu%' })

  it('moves to another OU on the same account, with what else differs', () => {
    const { changes } = check(worldWith(intoPartners, { accounts: [shadowAccount('anna', { sn: 'old' })] }), { changes: [`move anna to CN=${guidOf('anna')},${other}: sn`] })
    expect(changes[0]).toMatchObject({ anchor: guidOf('ad-anna'), dn: `CN=${guidOf('anna')},${guestOu}`, reason: { kind: 'nameDiffers', rule: 'AD-B2B-OUT' }, undo: { kind: 'movesBack' } })
  })

  it('renames within the OU', () => {
    check(worldWith(byName, { accounts: [shadowAccount('anna')] }), { changes: [`rename anna to CN=Guest anna,${guestOu}: `] })
  })

  it('makes new accounts at their first place and changes nothing that differs in case only', () => {
    check(worldWith(intoPartners), { changes: ['create anna'] })
    check(worldWith(byName, { accounts: [shadowAccount('anna', { dn: `CN=GUEST ANNA,${guestOu}` })] }), {})
  })

  it('asks for nothing of an account outside of the guest OU (sync-semantics 3)', () => {
    const elsewhere = dnOf('OU=Elsewhere,DC=contoso,DC=local')
    const settings = testSettings({ rules: byName, managedOus: [guestOu, elsewhere] })
    check(world({ guests: [guest('anna')], accounts: [shadowAccount('anna', { dn: `CN=x,${elsewhere}` })], settings }), {})
  })

  it('never moves an account out of the managed OUs', () => {
    const rules = following({ expression: '"CN=" + uid + ",CN=Users,DC=contoso,DC=local"' })
    check(worldWith(rules, { accounts: [shadowAccount('anna')] }), { skips: ['anna: outsideManagedOus'] })
  })

  it('adopts an account where it lies and moves it afterwards', () => {
    const before = worldWith(intoPartners, { accounts: [account('found', { userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com' })] })
    const first = synchronizeWorld(before)
    expect(first.changes).toMatchObject([{ kind: 'adopt', newDn: null }])
    check(applyChanges(before, first), { changes: [`move anna to CN=${guidOf('anna')},${other}: `] })
  })

  it('adopts an account although the place that the rules want is not allowed', () => {
    const rules = following({ expression: '"CN=" + uid + ",CN=Users,DC=contoso,DC=local"' })
    check(worldWith(rules, { accounts: [shadowAccount('anna', { adminDescription: null })] }), { changes: ['adopt anna by cn: adminDescription'] })
  })
})

describe('traces', () => {
  it('say of every flow what it did', () => {
    const accounts = [shadowAccount('anna', { sn: 'old' })]
    const given = world({ guests: [guest('anna', { userPrincipalName: null, mail: null })], accounts })
    const [person] = synchronizeWorld(given).persons
    if (person === undefined) throw new Error('Nobody was projected')
    const { traces } = decideOutbound(testSettings(), {
      person, guest: given.guests[0] ?? null, account: accounts[0] ?? null, hasCompleteDirectoryImport: true, awaitingConfirmation: null, undecidedAccount: null,
      hold: null, absence: null, ownDisable: null, deletedAccount: null, undoneByOthers: [],
    })
    const outcomes = new Map(traces.map((trace: FlowTrace) => [trace.target, trace.outcome]))
    expect(Object.fromEntries(outcomes)).toMatchObject({ sn: 'applied', displayName: 'unchanged', mail: 'applied', userPrincipalName: 'null', dn: 'initialOnly', unicodePwd: 'initialOnly', sAMAccountName: 'initialOnly' })
    expect(traces).toHaveLength(testRules.outbound[0]?.flows.length ?? 0)
  })
})
