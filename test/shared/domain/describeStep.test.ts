import { describe, expect, it } from 'vitest'
import type { ExplanationStep, JoinAttempt, ScopeResult } from '../../../src/shared/domain/decision.ts'
import { describeScope, describeStep, type Evidence } from '../../../src/shared/domain/describeStep.ts'

const guest = { attribute: 'userType', operator: 'EQUAL', value: 'Guest', actual: ['Guest'], holds: true } as const
const member = { ...guest, actual: [], holds: false } as const
const inScope: ScopeResult = { isInScope: true, groups: [[guest]] }
const outOfScope: ScopeResult = { isInScope: false, groups: [[guest, member], [member]] }

describe('the story of an object', () => {
  it.each<[string, ExplanationStep, string]>([
    ['an object that is there', { kind: 'found', connector: 'ad', anchor: 'a', name: 'Ana' }, 'found in Active Directory: Ana'],
    ['an object that is not', { kind: 'notFound', connector: 'entra', searched: 'id x' }, 'not found in Entra (searched: id x)'],
    ['a scope that holds', { kind: 'scope', rule: 'IN', scope: inScope }, 'in the scope of rule IN'],
    ['a scope that does not', { kind: 'scope', rule: 'IN', scope: outOfScope }, 'not in the scope of rule IN'],
    ['a projection', { kind: 'join', rule: 'IN', connector: 'entra', attempts: [], result: 'projected' }, 'projected to the metaverse by rule IN'],
    ['nobody to join', { kind: 'join', rule: 'IN', connector: 'ad', attempts: [], result: 'none' }, 'joined nobody by rule IN'],
    ['an account that is wanted', { kind: 'provisioning', rule: 'OUT', scope: inScope, result: 'accountWanted' }, 'should have an account by rule OUT'],
    ['nothing wanted although in scope', { kind: 'provisioning', rule: 'OUT', scope: inScope, result: 'notWanted' }, 'in the scope of rule OUT, but no account is made now'],
    ['nothing wanted for lack of scope', { kind: 'provisioning', rule: 'OUT', scope: outOfScope, result: 'notWanted' }, 'not in the scope of rule OUT, so no account is wanted'],
    ['names without rival', { kind: 'names', attempts: [{ attribute: 'sAMAccountName', name: 'x', takenBy: null }] }, 'names chosen, all of them free'],
    ['names with a rival', { kind: 'names', attempts: [{ attribute: 'sAMAccountName', name: 'x', takenBy: 'CN=Y' }, { attribute: 'sAMAccountName', name: 'x1', takenBy: null }] }, 'names chosen, 1 of 2 that were tried is taken'],
    ['a decision against a change', { kind: 'decision', decision: { kind: 'skip', metaverseId: 'm', reason: { kind: 'unchanged' } } }, 'no change: account is as the rules want it'],
  ])('says %s in one sentence', (_what, step, sentence) => {
    expect(describeStep(step).sentence).toBe(sentence)
  })

  it('marks clause by clause what holds and what fails, with what each was asked about', () => {
    expect(describeScope(outOfScope)).toEqual<Evidence[]>([
      { mark: 'holds', text: 'userType EQUAL Guest (is Guest)' }, { mark: 'fails', text: 'userType EQUAL Guest (is ∅)' },
      { mark: null, text: 'or' }, { mark: 'fails', text: 'userType EQUAL Guest (is ∅)' },
    ])
    expect(describeScope({ isInScope: true, groups: [] })).toEqual<Evidence[]>([{ mark: null, text: 'no filter: everything is in scope' }])
  })

  it.each<[JoinAttempt['outcome'], Evidence['mark']]>([
    ['joined', 'holds'], ['noMatch', null], ['noValue', null], ['alreadyLinked', null], ['ambiguous', 'fails'], ['needsDecision', 'fails'],
  ])('marks a join attempt that ended as %s with %s: that nobody matches is no failure', (outcome, mark) => {
    const attempt: JoinAttempt = { criterion: 'objectSID', value: 'S-1', candidates: ['b'], outcome }
    expect(describeStep({ kind: 'join', rule: 'IN', connector: 'ad', attempts: [attempt], result: 'none' }).evidence[0]?.mark).toBe(mark)
  })

  it('names who has a name that could not be had', () => {
    const { evidence } = describeStep({ kind: 'names', attempts: [{ attribute: 'cn', name: 'x', takenBy: 'CN=Y' }] })
    expect(evidence).toEqual<Evidence[]>([{ mark: 'fails', text: 'cn x: taken by CN=Y' }])
  })

  it('tells losers and empty values of a metaverse attribute', () => {
    const winner = { connector: 'entra', anchor: 'a', rule: 'IN', source: 'surname', values: ['Müller'] } as const
    const step: ExplanationStep = { kind: 'metaverse', id: 'm', attributes: { sn: { values: ['Müller'], winner, losers: [{ ...winner, connector: 'ad', values: [], why: 'lowerPrecedence' }] } } }
    expect(describeStep(step).evidence).toEqual<Evidence[]>([{ mark: null, text: 'sn = Müller from entra; ad ∅ lost (lower precedence)' }])
  })
})
