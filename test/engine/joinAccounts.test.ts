import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JoinAccountsInput, JoinSubject } from '../../src/main/engine/contract.ts'
import { accountLookups, joinAccounts } from '../../src/main/engine/joinAccounts.ts'
import { joinSubjectOf } from '../../src/main/engine/joinCriteria.ts'
import { joinKey } from '../../src/main/engine/joinKey.ts'
import { changedRules } from './testRules.ts'
import { account, guidOf, testSettings } from './world.ts'

const settings = testSettings()
const idOf = (label: string) => `entra:${guidOf(label)}`

function subject(anchor: string, values: JoinSubject['values']): JoinSubject {
  return { anchor, dn: null, values }
}

/** Persons by their userPrincipalName; several may share one. */
function input(subjects: readonly JoinSubject[], persons: Readonly<Record<string, readonly string[]>>, hasAccount: readonly string[] = []): JoinAccountsInput {
  const candidates = new Map(Object.entries(persons).map(([name, labels]) => [joinKey('userPrincipalName', name), labels.map(idOf)]))
  return { subjects, candidates, hasAccount: new Set(hasAccount.map(idOf)), decisions: new Map() }
}

describe('joinAccounts', () => {
  it('records every criterion that was tried, in the order of the rule', () => {
    const { joins } = joinAccounts(settings, input([subject('x', { userPrincipalName: 'Anna@contoso.com', cn: 'Anna' })], { 'anna@contoso.com': ['anna'] }))
    expect(joins).toEqual([{
      anchor: 'x',
      metaverseId: idOf('anna'),
      link: { connector: 'ad', anchor: 'x', origin: { kind: 'joined', rule: 'AD-B2B-IN', criterion: 'userPrincipalName', value: 'Anna@contoso.com' } },
      attempts: [
        { criterion: 'adminDescription', value: null, candidates: [], outcome: 'noValue' },
        { criterion: 'cn', value: 'Anna', candidates: [], outcome: 'noMatch' },
        { criterion: 'objectSid', value: null, candidates: [], outcome: 'noValue' },
        { criterion: 'userPrincipalName', value: 'Anna@contoso.com', candidates: [idOf('anna')], outcome: 'joined' },
      ],
    }])
  })

  it('goes on where the only person that matches has an account already', () => {
    const { joins, disconnectors } = joinAccounts(settings, input([subject('x', { userPrincipalName: 'a@b' })], { 'a@b': ['anna'] }, ['anna']))
    expect(joins).toEqual([])
    expect(disconnectors[0]?.reason).toEqual({ kind: 'noMatch' })
    expect(disconnectors[0]?.attempts.at(-1)).toEqual({ criterion: 'userPrincipalName', value: 'a@b', candidates: [idOf('anna')], outcome: 'alreadyLinked' })
  })

  it('joins the one of two persons who has no account', () => {
    const { joins } = joinAccounts(settings, input([subject('x', { userPrincipalName: 'a@b' })], { 'a@b': ['anna', 'bert'] }, ['anna']))
    expect(joins.map((join) => join.metaverseId)).toEqual([idOf('bert')])
  })

  it('joins nobody where two persons match, and neither gets a new account', () => {
    const { disconnectors, undecided } = joinAccounts(settings, input([subject('x', { userPrincipalName: 'a@b' })], { 'a@b': ['anna', 'bert'] }))
    expect(disconnectors[0]?.reason).toEqual({ kind: 'ambiguous', criterion: 'userPrincipalName', value: 'a@b', candidates: [idOf('anna'), idOf('bert')] })
    expect([...undecided.keys()].toSorted()).toEqual([idOf('anna'), idOf('bert')])
  })

  it('does not let a weaker criterion join a person whom a stronger one left in doubt', () => {
    const candidates = new Map([
      [joinKey('mark', `User_${guidOf('anna')}`), [idOf('anna')]],
      [joinKey('userPrincipalName', 'a@b'), [idOf('anna')]],
    ])
    const marked = (anchor: string) => subject(anchor, { adminDescription: `User_${guidOf('anna')}` })
    const { joins, disconnectors } = joinAccounts(settings, { subjects: [marked('x'), marked('y'), subject('z', { userPrincipalName: 'a@b' })], candidates, hasAccount: new Set(), decisions: new Map() })
    expect(joins).toEqual([])
    expect(disconnectors.map(({ anchor, reason }) => [anchor, reason.kind])).toEqual([['x', 'ambiguous'], ['y', 'ambiguous'], ['z', 'ambiguous']])
  })

  it('believes the mark rather than the cn', () => {
    const values = { adminDescription: `User_${guidOf('anna')}`, cn: guidOf('old'), userPrincipalName: 'a@b' }
    const { joins } = joinAccounts(settings, input([subject('x', values)], { 'a@b': ['anna'] }))
    expect(joins).toHaveLength(1)
  })

  it('says that no rule joins accounts where there is none', () => {
    const rules = changedRules((set) => ({ ...set, rules: set.rules.map((rule) => (rule.direction === 'inbound' && rule.connector === 'ad' ? { ...rule, join: [] } : rule)) }))
    const { disconnectors } = joinAccounts(testSettings({ rules }), input([subject('x', { cn: 'x' })], {}))
    expect(disconnectors).toEqual([{ anchor: 'x', reason: { kind: 'notJoinedByRules' }, attempts: [] }])
  })

  it('asks the store about each value once', () => {
    const lookups = accountLookups(settings, [subject('x', { cn: 'A', userPrincipalName: 'a@b' }), subject('y', { cn: 'a' })])
    expect(lookups).toEqual([{ metaverseAttribute: 'uid', value: 'a' }, { metaverseAttribute: 'userPrincipalName', value: 'a@b' }])
  })

  it('reads the cn from the DN where the import did not ask for it', () => {
    const { attributes: { cn: _, ...others }, ...object } = account('x', { cn: guidOf('anna') })
    expect(joinSubjectOf(settings, { ...object, attributes: others }).values['cn']).toBe(guidOf('anna'))
  })

  const labels = ['anna', 'bert', 'carl', 'dora']
  const names = ['a@b', 'b@b', 'c@b']
  const randomSubject = fc.record({
    adminDescription: fc.option(fc.constantFrom(...labels, 'gone').map((label) => `User_${guidOf(label)}`), { nil: undefined }),
    cn: fc.option(fc.constantFrom(...labels, 'gone').map(guidOf), { nil: undefined }),
    userPrincipalName: fc.option(fc.constantFrom(...names), { nil: undefined }),
  }).map((values) => Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined)))

  const randomInput = fc.record({
    subjects: fc.array(randomSubject, { maxLength: 8 }).map((rows) => rows.map((values, index) => subject(`s${index}`, values))),
    people: fc.dictionary(fc.constantFrom(...names), fc.uniqueArray(fc.constantFrom(...labels), { maxLength: 3 })),
    hasAccount: fc.uniqueArray(fc.constantFrom(...labels), { maxLength: 2 }),
  }).map(({ subjects, people, hasAccount }) => {
    const byName = input(subjects, people, hasAccount)
    const byIds = labels.flatMap((label) => [[joinKey('mark', `User_${guidOf(label)}`), [idOf(label)]], [joinKey('uid', guidOf(label)), [idOf(label)]]] as const)
    return { ...byName, candidates: new Map([...byName.candidates, ...byIds]) }
  })

  it('gives the same result in whatever order the accounts come', () => {
    fc.assert(fc.property(randomInput, fc.infiniteStream(fc.nat()), (given, ranks) => {
      const shuffled = given.subjects.map((one) => ({ one, rank: ranks.next().value ?? 0 })).toSorted((left, right) => left.rank - right.rank).map(({ one }) => one)
      expect(joinAccounts(settings, { ...given, subjects: shuffled })).toEqual(joinAccounts(settings, given))
    }))
  })

  it('decides about every account once, gives no person two, and never one that claims another id', () => {
    fc.assert(fc.property(randomInput, (given) => {
      const { joins, disconnectors, undecided } = joinAccounts(settings, given)
      expect([...joins, ...disconnectors].map(({ anchor }) => anchor).toSorted()).toEqual(given.subjects.map(({ anchor }) => anchor).toSorted())
      const joined = joins.map(({ metaverseId }) => metaverseId)
      expect(new Set(joined).size).toBe(joined.length)
      expect(joined.filter((id) => given.hasAccount.has(id) || undecided.has(id))).toEqual([])
      for (const { anchor, metaverseId } of joins) {
        const values = given.subjects.find((one) => one.anchor === anchor)?.values ?? {}
        const claimed = values['adminDescription']?.slice('User_'.length) ?? values['cn']
        expect(claimed === undefined || metaverseId === `entra:${claimed}`).toBe(true)
      }
    }))
  })
})
