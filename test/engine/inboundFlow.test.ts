import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import type { Link } from '../../src/shared/domain/metaverse.ts'
import { flowInbound } from '../../src/main/engine/inboundFlow.ts'
import type { InboundFlow, RuleSet } from '../../src/main/rules/ruleSet.ts'
import { changedRules, testRules } from './testRules.ts'
import { account, guest, guidOf, shadowAccount, testSettings } from './world.ts'

function linkTo(object: ConnectorObject): Link {
  return { connector: object.connector, anchor: object.anchor, origin: { kind: 'projected', rule: 'r' } }
}

function flow(connectors: readonly ConnectorObject[], rules = testRules) {
  return flowInbound(testSettings({ rules }), { id: 'entra:x', objectType: 'person', links: connectors.map(linkTo), connectors })
}

/** The shipped set with more flows in the inbound rule of a connector. */
function withFlows(connector: 'entra' | 'ad', ...flows: readonly InboundFlow[]) {
  return changedRules((set) => ({ ...set, rules: set.rules.map((rule) => (rule.direction === 'inbound' && rule.connector === connector ? { ...rule, flows: [...rule.flows, ...flows] } : rule)) }))
}

function withPrecedence(precedence: NonNullable<RuleSet['precedence']>, flows: readonly InboundFlow[]) {
  return changedRules((set) => ({ ...withFlows('ad', ...flows).source, precedence: { ...set.precedence, ...precedence } }))
}

describe('flowInbound', () => {
  it('takes from the directory only SID and account name (sync-semantics 1)', () => {
    const { object, problems } = flow([guest('anna'), account('anna', { displayName: 'Other', employeeType: 'Other', objectSid: 'S-1-5-21-1-2-3-9' })])
    expect(problems).toEqual([])
    const winners = Object.entries(object.attributes).map(([name, { winner }]) => `${name} ${winner.connector}`)
    expect(winners).toEqual([
      'accountEnabled entra', 'accountName ad', 'cn entra', 'company entra', 'displayName entra', 'email entra', 'employeeType entra', 'externalUserState entra',
      'firstName entra', 'mark entra', 'objectSID ad', 'sn entra', 'uid entra', 'userPrincipalName entra',
    ])
  })

  it('says of each value who contributed it and who lost, and why', () => {
    const { object } = flow([guest('anna'), account('found')])
    expect(object.attributes['accountName']).toEqual({
      values: ['found'],
      winner: { connector: 'ad', anchor: guidOf('ad-found'), rule: 'AD-B2B-IN', source: 'sAMAccountName', values: ['found'] },
      losers: [{ connector: 'entra', anchor: guidOf('anna'), rule: 'Entra-B2B-IN', source: 'Left(id, 20)', values: [guidOf('anna').slice(0, 20)], why: 'lowerPrecedence' }],
    })
  })

  it('goes on with the next in precedence where the stronger one has no value', () => {
    const { object } = flow([guest('anna'), account('found', { sAMAccountName: null })])
    expect(object.attributes['accountName']).toMatchObject({ values: [guidOf('anna').slice(0, 20)], winner: { connector: 'entra' }, losers: [{ connector: 'ad', why: 'null', values: [] }] })
  })

  it('lets the stronger rule win whichever connector it reads', () => {
    const flows: readonly InboundFlow[] = [{ to: 'displayName', from: { attribute: 'displayName' } }]
    const winnerUnder = (precedence: readonly string[]) => flow([guest('anna'), account('x', { displayName: 'Directory' })], withPrecedence({ displayName: precedence }, flows)).object.attributes['displayName']?.values
    expect(winnerUnder(['Entra-B2B-IN', 'AD-B2B-IN'])).toEqual(['Guest anna'])
    expect(winnerUnder(['AD-B2B-IN', 'Entra-B2B-IN'])).toEqual(['Directory'])
  })

  it('lets Null() contribute nothing', () => {
    const rules = withPrecedence({ displayName: ['AD-B2B-IN', 'Entra-B2B-IN'] }, [{ to: 'displayName', from: { expression: 'IIF(Eq(employeeType, "Guest"), Null(), displayName)' } }])
    const winnerFor = (employeeType: string) => flow([guest('anna'), account('x', { employeeType, displayName: 'Directory' })], rules).object.attributes['displayName']?.values
    expect(winnerFor('Guest')).toEqual(['Guest anna'])
    expect(winnerFor('Other')).toEqual(['Directory'])
  })

  it('has no attribute where nobody has a value', () => {
    const { object, traces } = flow([guest('anna', { surname: null })])
    expect(Object.keys(object.attributes)).not.toContain('sn')
    expect(traces.find((trace) => trace.target === 'sn')).toMatchObject({ outcome: 'null', result: null, inputs: { surname: [] } })
  })

  it('takes nothing from an object that is outside of the rule\'s scope, linked or not', () => {
    const { object, traces } = flow([guest('anna', { userType: 'Member' }), shadowAccount('anna')])
    expect(Object.keys(object.attributes)).toEqual(['accountName', 'objectSID'])
    expect(traces.find((trace) => trace.target === 'uid')?.outcome).toBe('notInScope')
  })

  it('marks the traces of flows that won and that lost', () => {
    const outcomes = flow([guest('anna'), account('found')]).traces.filter((trace) => trace.target === 'accountName').map((trace) => [trace.rule, trace.outcome])
    expect(outcomes).toEqual([['AD-B2B-IN', 'applied'], ['Entra-B2B-IN', 'lost']])
  })

  it('reports an expression that fails, and the attribute keeps what others contribute', () => {
    const rules = withPrecedence({ displayName: ['AD-B2B-IN', 'Entra-B2B-IN'] }, [{ to: 'displayName', from: { expression: 'LeftPad(cn, 5, "ab")' } }])
    const { object, problems, traces } = flow([guest('anna'), account('x')], rules)
    expect(problems).toMatchObject([{ kind: 'expressionFailed', connector: 'ad', object: guidOf('ad-x'), detail: { rule: 'AD-B2B-IN', attribute: 'displayName' } }])
    expect(object.attributes['displayName']?.winner.connector).toBe('entra')
    expect(traces.filter((trace) => trace.target === 'displayName').map((trace) => trace.outcome)).toEqual(['failed', 'applied'])
  })

  it.each([
    ['text for a SID', 'objectSid', 'no-sid'],
    ['several values for one', 'objectSid', ['S-1-5-21-1-2-3-4', 'S-1-5-21-1-2-3-5']],
    ['a number for text', 'sAMAccountName', 5],
  ])('refuses %s', (_, name, value) => {
    const { problems, object } = flow([guest('anna'), account('x', { [name]: value })])
    expect(problems).toMatchObject([{ kind: 'valueOfWrongType', connector: 'ad' }])
    expect(Object.values(object.attributes).some(({ winner }) => winner.source === name)).toBe(false)
  })

  it('gives the same result in whatever order links and connectors come', () => {
    const objects = [guest('anna'), shadowAccount('anna'), account('other'), account('third', { sAMAccountName: null })]
    const inOrder = flow(objects)
    fc.assert(fc.property(fc.shuffledSubarray(objects, { minLength: objects.length }), (shuffled) => {
      expect(flow(shuffled)).toEqual(inOrder)
    }))
  })
})
