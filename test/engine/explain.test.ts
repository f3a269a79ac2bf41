import { describe, expect, it } from 'vitest'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import type { Explanation, ExplanationStep } from '../../src/shared/domain/decision.ts'
import { dnKey } from '../../src/shared/domain/dn.ts'
import type { GatheredPerson } from '../../src/main/engine/contract.ts'
import { explainPerson } from '../../src/main/engine/explain.ts'
import { joinSubjectOf } from '../../src/main/engine/joinCriteria.ts'
import { joinKey } from '../../src/main/engine/joinKey.ts'
import { changedRules } from './testRules.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { account, guest, guestOu, guidOf, shadowAccount, testSettings, world, type World } from './world.ts'

const settings = testSettings()

function gathered(parts: Partial<GatheredPerson> = {}): GatheredPerson {
  return {
    subject: 'anna', guest: null, account: null, person: null, candidates: new Map(), hasAccount: new Set(), hasCompleteDirectoryImport: true,
    awaitingConfirmation: null, undecidedAccount: null,
    names: { takenAccountNames: new Map(), lookedUpAccountNames: new Set(), takenDns: new Map(), takenUserPrincipalNames: new Map() }, ...parts,
  }
}

/** The person as a synchronisation of that world left it. */
function personOf(given: World) {
  const [person] = synchronizeWorld(given).persons
  if (person === undefined) throw new Error('Nobody was projected')
  return person
}

const story = ({ steps }: Explanation) => steps.map((step) => `${step.kind} ${step.state}`)

function stepOf<Kind extends ExplanationStep['kind']>({ steps }: Explanation, kind: Kind): Extract<ExplanationStep, { readonly kind: Kind }> {
  const step = steps.find((candidate): candidate is Extract<typeof candidate, { readonly kind: Kind }> => candidate.kind === kind)
  if (step === undefined) throw new Error(`There is no step ${kind}`)
  return step
}

describe('explainPerson', () => {
  it('tells of a new guest from finding it to the planned account', () => {
    const explanation = explainPerson(settings, gathered({ guest: guest('anna') }))
    expect(story(explanation)).toEqual([
      'found done', 'scope done', 'join done', 'inbound done', 'metaverse done', 'provisioning done', 'names done', 'outbound done', 'decision done',
    ])
    expect(stepOf(explanation, 'scope')).toMatchObject({ rule: 'Entra-B2B-IN', scope: { groups: [[{ attribute: 'userType', actual: ['Guest'], holds: true }, {}, {}]] } })
    expect(stepOf(explanation, 'join')).toMatchObject({ result: 'projected', attempts: [{ criterion: 'id', outcome: 'noMatch' }] })
    expect(stepOf(explanation, 'provisioning')).toMatchObject({ rule: 'AD-B2B-OUT', result: 'accountWanted' })
  })

  it('comes to the very change that the plan has', () => {
    const given = world({ guests: [guest('anna')], otherNames: [guidOf('anna').slice(0, 20)] })
    const [planned] = synchronizeWorld(given).changes
    const taken = { accountName: guidOf('anna').slice(0, 20), dn: 'CN=x', anchor: 'x' }
    const names = { ...gathered().names, takenAccountNames: new Map([[taken.accountName, taken]]) }
    const explanation = explainPerson(settings, gathered({ guest: guest('anna'), names }))
    expect(stepOf(explanation, 'decision').decision).toEqual({ kind: 'change', change: planned })
    expect(stepOf(explanation, 'names').attempts.filter((attempt) => attempt.attribute === 'sAMAccountName').map((attempt) => attempt.takenBy)).toEqual(['CN=x', null])
  })

  it('shows winners and losers of an account that exists, and what will change', () => {
    const accounts = [shadowAccount('anna', { sn: 'old', sAMAccountName: 'other' })]
    const person = personOf(world({ guests: [guest('anna')], accounts }))
    const explanation = explainPerson(settings, gathered({ guest: guest('anna'), account: accounts[0] ?? null, person }))
    expect(story(explanation)).toEqual([
      'found done', 'scope done', 'join done', 'found done', 'join done', 'inbound done', 'inbound done', 'metaverse done', 'provisioning done', 'outbound done', 'decision done',
    ])
    expect(stepOf(explanation, 'metaverse').attributes['accountName']).toMatchObject({ winner: { connector: 'ad' }, losers: [{ connector: 'entra', why: 'lowerPrecedence' }] })
    expect(stepOf(explanation, 'outbound').flows.find((flow) => flow.target === 'sn')).toMatchObject({ outcome: 'applied', result: ['anna'], inputs: { sn: ['anna'] } })
    expect(stepOf(explanation, 'decision').decision).toMatchObject({ kind: 'change', change: { kind: 'update' } })
  })

  it('joins a guest and an account that no synchronisation has seen yet', () => {
    const found = account('found', { userPrincipalName: 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com' })
    const candidates = new Map([[joinKey('userPrincipalName', 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com'), [`entra:${guidOf('anna')}`]]])
    const explanation = explainPerson(settings, gathered({ guest: guest('anna'), account: found, candidates }))
    expect(stepOf(explanation, 'decision').decision).toMatchObject({ kind: 'change', change: { kind: 'adopt', anchor: found.anchor } })
  })

  it.each<[string, ConnectorObject, string]>([
    ['a member', guest('anna', { userType: 'Member' }), 'outOfScope'],
    ['a guest that Connect masters', guest('anna', { onPremisesSyncEnabled: true }), 'masteredInActiveDirectory'],
  ])('ends where the filter leaves out %s', (_, filtered, reason) => {
    const explanation = explainPerson(settings, gathered({ guest: filtered }))
    expect(story(explanation)).toEqual(['found done', 'scope stopped', 'disconnector stopped'])
    expect(stepOf(explanation, 'disconnector').reason.kind).toBe(reason)
  })

  it('tells of an account that matched nobody by which criteria it was tried', () => {
    const explanation = explainPerson(settings, gathered({ account: account('lonely') }))
    expect(story(explanation)).toEqual(['found done', 'join stopped', 'disconnector stopped'])
    expect(stepOf(explanation, 'found')).toMatchObject({ connector: 'ad', name: `CN=lonely,${guestOu}` })
    expect(stepOf(explanation, 'join').attempts.map(({ criterion, outcome }) => `${criterion} ${outcome}`)).toEqual(['adminDescription noValue', 'cn noMatch', 'objectSid noMatch', 'userPrincipalName noValue'])
  })

  it('fails visibly where an account was another guest\'s', () => {
    const old = shadowAccount('old', { userPrincipalName: 'a@b' })
    const candidates = new Map([[joinKey('userPrincipalName', 'a@b'), [`entra:${guidOf('anna')}`]]])
    const explanation = explainPerson(settings, gathered({ account: old, candidates }))
    expect(story(explanation)).toEqual(['found done', 'join failed', 'disconnector failed'])
  })

  it('shows that a second account makes the join ambiguous', () => {
    const marked = (label: string) => account(label, { adminDescription: `User_${guidOf('anna')}` })
    const candidates = new Map([[joinKey('mark', `User_${guidOf('anna')}`), [`entra:${guidOf('anna')}`]]])
    const parts = { account: marked('x'), candidates, otherAccounts: [joinSubjectOf(settings, marked('y'))] }
    expect(stepOf(explainPerson(settings, gathered(parts)), 'disconnector').reason).toMatchObject({ kind: 'ambiguous', candidates: [guidOf('ad-x'), guidOf('ad-y')] })
  })

  it('tells of a leaver what became of the guest, and disables once that is proved', () => {
    const accounts = [shadowAccount('anna')]
    const person = personOf(world({ guests: [guest('anna')], accounts }))
    const explanation = explainPerson(settings, gathered({ account: accounts[0] ?? null, person }))
    expect(story(explanation).slice(0, 3)).toEqual(['notFound stopped', 'found done', 'join done'])
    expect(stepOf(explanation, 'decision').decision).toMatchObject({ kind: 'skip', reason: { kind: 'absenceUnclear', account: accounts[0]?.dn } })
    const lifecycle = { hold: null, absence: { kind: 'gone' }, ownDisable: null, deletedAccount: null, undoneByOthers: [] } as const
    const proved = explainPerson(settings, gathered({ account: accounts[0] ?? null, person, lifecycle }))
    expect(stepOf(proved, 'decision').decision).toMatchObject({ kind: 'change', change: { kind: 'disable', reason: { kind: 'guestLeft', why: 'hardDeleted' } } })
  })

  it('tells of a guest who became a member that the account stays', () => {
    const accounts = [shadowAccount('anna')]
    const person = personOf(world({ guests: [guest('anna')], accounts }))
    const explanation = explainPerson(settings, gathered({ guest: guest('anna', { userType: 'Member' }), account: accounts[0] ?? null, person }))
    expect(stepOf(explanation, 'decision').decision).toMatchObject({ kind: 'skip', reason: { kind: 'becameMember' } })
  })

  it('says why a guest in scope gets no account', () => {
    const explanation = explainPerson(settings, gathered({ guest: guest('anna', { accountEnabled: false }) }))
    expect(story(explanation).slice(-2)).toEqual(['provisioning stopped', 'decision stopped'])
    expect(stepOf(explanation, 'decision').decision).toMatchObject({ reason: { kind: 'blockedInEntra' } })
  })

  it('fails where a name cannot be had, with the names that were tried', () => {
    const dn = `CN=${guidOf('anna')},${guestOu}`
    const names = { ...gathered().names, takenDns: new Map([[dnKey(shadowAccount('anna').dn ?? guestOu), 'CN=somebody']]) }
    const explanation = explainPerson(settings, gathered({ guest: guest('anna'), names }))
    expect(stepOf(explanation, 'names').attempts).toEqual([{ attribute: 'dn', name: dn, takenBy: 'CN=somebody' }])
    expect(story(explanation).at(-1)).toBe('decision failed')
  })

  it('fails at the step whose expression failed', () => {
    const rules = changedRules((set) => ({ ...set, rules: set.rules.map((rule) => (rule.direction === 'inbound' && rule.connector === 'entra' ? { ...rule, flows: rule.flows.map((flow) => (flow.to === 'sn' ? { to: 'sn', from: { expression: 'LeftPad(surname, 5, "ab")' } } : flow)) } : rule)) }))
    const explanation = explainPerson(testSettings({ rules }), gathered({ guest: guest('anna') }))
    expect(story(explanation)[3]).toBe('inbound failed')
  })

  it('says what was searched where nothing was found', () => {
    const explanation = explainPerson(settings, gathered({ subject: 'nobody@contoso.com' }))
    expect(explanation.steps).toEqual([
      { kind: 'notFound', connector: 'entra', searched: 'nobody@contoso.com', state: 'stopped' }, { kind: 'notFound', connector: 'ad', searched: 'nobody@contoso.com', state: 'stopped' },
    ])
  })
})
