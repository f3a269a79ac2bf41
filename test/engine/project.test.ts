import { describe, expect, it } from 'vitest'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import type { ProjectInput } from '../../src/main/engine/contract.ts'
import { joinKey } from '../../src/main/engine/joinKey.ts'
import { projectBatch, projectionLookups } from '../../src/main/engine/project.ts'
import type { RuleSet } from '../../src/main/rules/ruleSet.ts'
import { changedRules } from './testRules.ts'
import { guest, guidOf, testSettings } from './world.ts'

const settings = testSettings()
const byMail = testSettings({ rules: changedRules(joinByMail) })

function joinByMail(set: RuleSet): RuleSet {
  const criterion = { connectorAttribute: 'mail', metaverseAttribute: 'email' }
  return { ...set, rules: set.rules.map((rule) => (rule.direction === 'inbound' && rule.connector === 'entra' ? { ...rule, join: [...rule.join, criterion] } : rule)) }
}

function input(objects: readonly ConnectorObject[], parts: Partial<ProjectInput> = {}): ProjectInput {
  return { objects, linkedTo: new Map(), candidates: new Map(), ...parts }
}

const outcomeOf = (given: ProjectInput, index = 0) => projectBatch(byMail, given)[index]?.outcome

describe('projectBatch', () => {
  it('projects under an id that the same guest gets again', () => {
    expect(projectBatch(settings, input([guest('anna')]))).toMatchObject([{
      anchor: guidOf('anna'),
      outcome: { kind: 'projected', metaverseId: `entra:${guidOf('anna')}`, objectType: 'person', link: { connector: 'entra', anchor: guidOf('anna'), origin: { kind: 'projected', rule: 'Entra-B2B-IN' } } },
      attempts: [{ criterion: 'id', value: guidOf('anna'), outcome: 'noMatch' }],
    }])
  })

  it('leaves linked objects linked', () => {
    const linkedTo = new Map([[guidOf('anna'), 'entra:x']])
    expect(projectBatch(settings, input([guest('anna')], { linkedTo }))[0]?.outcome).toEqual({ kind: 'alreadyLinked', metaverseId: 'entra:x' })
  })

  it('unlinks an object that left the scope and says from whom', () => {
    const linkedTo = new Map([[guidOf('anna'), 'entra:x']])
    expect(projectBatch(settings, input([guest('anna', { userType: 'Member' })], { linkedTo }))[0]?.outcome).toMatchObject({ kind: 'disconnector', reason: { kind: 'outOfScope' }, unlinkedFrom: 'entra:x' })
  })

  it('joins the person that the same guest was before', () => {
    const candidates = new Map([[joinKey('uid', guidOf('anna')), [`entra:${guidOf('anna')}`]]])
    expect(outcomeOf(input([guest('anna')], { candidates }))).toMatchObject({ kind: 'joined', metaverseId: `entra:${guidOf('anna')}`, link: { origin: { kind: 'joined', criterion: 'id' } } })
  })

  it('joins a person whom the directory projected', () => {
    const candidates = new Map([[joinKey('email', 'ANNA@fabrikam.com'), ['ad:1']]])
    expect(outcomeOf(input([guest('anna')], { candidates }))).toMatchObject({ kind: 'joined', metaverseId: 'ad:1' })
  })

  it('never joins a guest to another guest\'s person (sync-semantics 12)', () => {
    const candidates = new Map([[joinKey('email', 'anna@fabrikam.com'), [`entra:${guidOf('old')}`]]])
    expect(outcomeOf(input([guest('anna')], { candidates }))).toMatchObject({ kind: 'disconnector', reason: { kind: 'needsDecision', markedFor: guidOf('old'), candidate: `entra:${guidOf('old')}` } })
  })

  it('projects where the person that matches has a guest already', () => {
    const candidates = new Map([[joinKey('email', 'anna@fabrikam.com'), ['ad:1']]])
    const decision = projectBatch(byMail, input([guest('anna')], { candidates, linkedIds: new Set(['ad:1']) }))[0]
    expect(decision).toMatchObject({ outcome: { kind: 'projected' }, attempts: [{ outcome: 'noMatch' }, { outcome: 'alreadyLinked' }] })
  })

  it('neither joins nor projects where several persons match', () => {
    const candidates = new Map([[joinKey('email', 'anna@fabrikam.com'), ['ad:2', 'ad:1']]])
    expect(outcomeOf(input([guest('anna')], { candidates }))).toEqual({
      kind: 'disconnector', unlinkedFrom: null, reason: { kind: 'ambiguous', criterion: 'mail', value: 'anna@fabrikam.com', candidates: ['ad:1', 'ad:2'] },
    })
  })

  it('joins none of two objects that would join one person', () => {
    const shared = { mail: 'shared@fabrikam.com' }
    const candidates = new Map([[joinKey('email', 'shared@fabrikam.com'), ['ad:1']]])
    const given = input([guest('bert', shared), guest('anna', shared)], { candidates })
    const reason = { kind: 'ambiguous', criterion: 'mail', value: 'shared@fabrikam.com', candidates: [guidOf('anna'), guidOf('bert')] }
    expect([outcomeOf(given, 0), outcomeOf(given, 1)]).toMatchObject([{ kind: 'disconnector', reason }, { kind: 'disconnector', reason }])
    expect(projectBatch(byMail, given)[0]?.attempts.at(-1)?.outcome).toBe('ambiguous')
  })

  it('leaves objects alone that no rule speaks of', () => {
    expect(outcomeOf(input([{ ...guest('anna'), objectType: 'device' }]))).toMatchObject({ kind: 'disconnector', reason: { kind: 'notJoinedByRules' } })
  })

  it('keeps a guest unprojected whose rules only join', () => {
    const rules = changedRules((set) => ({ ...set, rules: set.rules.map((rule) => (rule.direction === 'inbound' ? { ...rule, create: false } : rule)) }))
    expect(projectBatch(testSettings({ rules }), input([guest('anna')]))[0]?.outcome).toMatchObject({ kind: 'disconnector', reason: { kind: 'noMatch' } })
  })

  it('calls a guest plainly out of scope who would be so without the marks too', () => {
    const rules = changedRules((set) => ({ ...set, rules: set.rules.map((rule) => (rule.connector === 'entra' ? { ...rule, scope: (rule.scope ?? []).map((group) => [...group, { attribute: 'companyName', operator: 'EQUAL', value: 'Contoso' } as const]) } : rule)) }))
    expect(projectBatch(testSettings({ rules }), input([guest('anna', { onPremisesSyncEnabled: true })]))[0]?.outcome).toMatchObject({ reason: { kind: 'outOfScope' } })
  })

  it('speaks of Entra Connect for guests only', () => {
    const rules = changedRules((set) => ({ ...set, rules: set.rules.map((rule) => (rule.connector === 'entra' ? { ...rule, scope: [[{ attribute: 'onPremisesSyncEnabled', operator: 'NOTEQUAL', value: true } as const]] } : rule)) }))
    const reasonFor = (userType: string) => projectBatch(testSettings({ rules }), input([guest('anna', { userType, onPremisesSyncEnabled: true })]))[0]?.outcome
    expect(reasonFor('Member')).toMatchObject({ reason: { kind: 'outOfScope' } })
    expect(reasonFor('Guest')).toMatchObject({ reason: { kind: 'masteredInActiveDirectory' } })
  })

  it('asks the store about each value once', () => {
    expect(projectionLookups(byMail, [guest('anna'), guest('bert', { mail: 'ANNA@fabrikam.com' })])).toEqual([
      { metaverseAttribute: 'uid', value: guidOf('anna') }, { metaverseAttribute: 'email', value: 'ANNA@fabrikam.com' }, { metaverseAttribute: 'uid', value: guidOf('bert') },
    ])
  })
})
