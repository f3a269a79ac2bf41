import { describe, expect, it } from 'vitest'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import { flowInbound } from '../../src/main/engine/inboundFlow.ts'
import type { CompiledRuleSet } from '../../src/main/rules/compiled.ts'
import { check } from './check.ts'
import { changedRules } from './testRules.ts'
import { account, guest, guidOf, shadowAccount, testSettings, world } from './world.ts'

/** Addresses come from both connectors: from Entra as merged, or as strongest alone. */
function addressRules(merge: readonly string[]): CompiledRuleSet {
  return changedRules((set) => ({
    ...set, merge,
    metaverse: { person: { attributes: { ...set.metaverse['person']?.attributes, addresses: { type: 'text', isMultiValued: true } } } },
    rules: set.rules.map((rule) => (rule.direction === 'inbound'
      ? { ...rule, flows: [...rule.flows, { to: 'addresses', from: { attribute: rule.connector === 'entra' ? 'otherMails' : 'otherMailbox' } }] }
      : { ...rule, flows: [...rule.flows, { to: 'otherMailbox', from: { attribute: 'addresses' }, allowNull: true }] })),
    precedence: { ...set.precedence, addresses: ['Entra-B2B-IN', 'AD-B2B-IN'] },
  }))
}

const merged = addressRules(['addresses'])
const mails = (...otherMails: readonly string[]) => guest('anna', { otherMails })
const mailboxes = (...otherMailbox: readonly string[]) => account('found', { otherMailbox })

function addresses(rules: CompiledRuleSet, connectors: readonly ConnectorObject[]) {
  const links = connectors.map(({ connector, anchor }) => ({ connector, anchor, origin: { kind: 'projected', rule: 'r' } } as const))
  const { object, traces } = flowInbound(testSettings({ rules }), { id: 'entra:x', objectType: 'person', links, connectors })
  return { attribute: object.attributes['addresses'], outcomes: traces.filter(({ target }) => target === 'addresses').map(({ rule, outcome }) => `${rule} ${outcome}`).toSorted() }
}

describe('an attribute that the rule set merges', () => {
  it('has the values of all who contribute, each once, the strongest first', () => {
    const { attribute, outcomes } = addresses(merged, [mailboxes('C@x', 'B@x'), mails('a@x', 'b@x')])
    expect(attribute).toMatchObject({
      values: ['a@x', 'b@x', 'C@x'], losers: [],
      winner: { connector: 'entra', values: ['a@x', 'b@x'] }, merged: [{ connector: 'ad', anchor: guidOf('ad-found'), rule: 'AD-B2B-IN', source: 'otherMailbox', values: ['C@x', 'B@x'] }],
    })
    expect(outcomes).toEqual(['AD-B2B-IN applied', 'Entra-B2B-IN applied'])
  })

  it('has nothing of who contributes null, and is null where all do', () => {
    const { attribute, outcomes } = addresses(merged, [mailboxes('c@x'), mails()])
    expect(attribute).toMatchObject({ values: ['c@x'], winner: { connector: 'ad' }, losers: [{ connector: 'entra', why: 'null' }] })
    expect(attribute?.merged).toBeUndefined()
    expect(outcomes).toEqual(['AD-B2B-IN applied', 'Entra-B2B-IN null'])
    expect(addresses(merged, [mailboxes(), mails()]).attribute).toBeUndefined()
  })

  it('does not depend on the order of the connectors', () => {
    const connectors = [mailboxes('c@x'), mails('a@x')]
    expect(addresses(merged, connectors)).toEqual(addresses(merged, connectors.toReversed()))
  })

  it('goes to the strongest alone where the rule set does not merge it', () => {
    const { attribute, outcomes } = addresses(addressRules([]), [mailboxes('c@x'), mails('a@x')])
    expect(attribute).toMatchObject({ values: ['a@x'], losers: [{ connector: 'ad', why: 'lowerPrecedence' }] })
    expect(outcomes).toEqual(['AD-B2B-IN lost', 'Entra-B2B-IN applied'])
  })

  it('is written with all its values and then left alone', () => {
    const settings = testSettings({ rules: merged })
    check(world({ settings, guests: [mails('a@x')], accounts: [shadowAccount('anna', { otherMailbox: ['c@x'] })] }), { changes: ['update anna: otherMailbox'] })
    check(world({ settings, guests: [mails('a@x')], accounts: [shadowAccount('anna', { otherMailbox: ['c@x', 'a@x'] })] }), {})
  })
})
