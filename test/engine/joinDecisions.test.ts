import { describe, expect, it } from 'vitest'
import type { JoinDecision } from '../../src/shared/domain/lifecycle.ts'
import { joinAccounts } from '../../src/main/engine/joinAccounts.ts'
import { joinSubjectOf } from '../../src/main/engine/joinCriteria.ts'
import { explainPerson } from '../../src/main/engine/explain.ts'
import { check } from './check.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { account, guest, guidOf, personIdOf, shadowAccount, testSettings, world } from './world.ts'

const upn = (label: string) => `${label}_fabrikam.com#EXT#@contoso.onmicrosoft.com`
const decide = (label: string, decision: JoinDecision['decision']): JoinDecision => ({ anchor: guidOf(`ad-${label}`), decision, note: 'asked her', by: 'Eve', at: '2026-01-01T00:00:00Z' })
const join = (label: string, person: string) => decide(label, { kind: 'join', metaverseId: personIdOf(person) })
const found = account('found', { userPrincipalName: upn('anna') })

describe('what a person decided about an account', () => {
  it('comes before every criterion', () => {
    const given = world({ guests: [guest('anna'), guest('bert')], accounts: [found], decisions: [join('found', 'bert')] })
    const { changes, persons } = check(given, {
      changes: ['adopt bert by decision: adminDescription, displayName, employeeType, givenName, mail, sn, userPrincipalName'],
      // Her name is the account's until the adoption is written.
      skips: ['anna: joinNeedsDecision'],
    })
    expect(persons.find(({ id }) => id === personIdOf('bert'))?.links).toContainEqual({ connector: 'ad', anchor: guidOf('ad-found'), origin: { kind: 'joined', rule: 'decision', criterion: 'decision', value: 'Eve: asked her' } })
    expect(changes.find(({ kind }) => kind === 'adopt')).toMatchObject({ precondition: { values: expect.not.objectContaining({ decision: [] }) } })
  })

  it('disconnects from one person and leaves the account to others', () => {
    const decisions = [decide('found', { kind: 'disconnect', metaverseId: personIdOf('anna') })]
    check(world({ guests: [guest('anna')], accounts: [account('found', { adminDescription: `User_${guidOf('anna')}` })], decisions }), { changes: ['create anna'], disconnectors: ['ad-found: noMatch'] })
    const shared = [guest('anna'), guest('bert', { userPrincipalName: upn('anna') })]
    check(world({ guests: shared, accounts: [found], decisions }), { changes: ['adopt bert by userPrincipalName: adminDescription, displayName, employeeType, givenName, mail, sn'], skips: ['anna: joinNeedsDecision'] })
  })

  it('breaks a link that stands, and is kept over full synchronisations', () => {
    const settled = world({ guests: [guest('anna')], accounts: [shadowAccount('anna')] })
    const { persons } = synchronizeWorld(settled)
    const given = { ...settled, persons, decisions: [decide('anna', { kind: 'leaveAlone' })] }
    const first = check(given, { skips: ['anna: nameUnavailable dn'], disconnectors: ['ad-anna: leftAlone'] })
    check({ ...given, persons: first.persons }, { skips: ['anna: nameUnavailable dn'], disconnectors: ['ad-anna: leftAlone'] })
  })

  it('leaves an account alone that would join by its mark', () => {
    const result = synchronizeWorld(world({ guests: [guest('anna')], accounts: [shadowAccount('anna')], decisions: [decide('anna', { kind: 'leaveAlone' })] }))
    expect(result.disconnectors).toEqual([{ connector: 'ad', anchor: guidOf('ad-anna'), reason: { kind: 'leftAlone', by: 'Eve', note: 'asked her' } }])
  })

  it('joins none of two accounts that were given to one person', () => {
    const accounts = [account('x'), account('y')]
    check(world({ guests: [guest('anna')], accounts, decisions: [join('x', 'anna'), join('y', 'anna')] }), {
      skips: ['anna: joinNeedsDecision'], disconnectors: ['ad-x: ambiguous decision of anna', 'ad-y: ambiguous decision of anna'],
    })
  })

  it('gives the account to nobody else where that person is not there, or has another account', () => {
    check(world({ guests: [guest('anna')], accounts: [found], decisions: [join('found', 'nobody')] }), { skips: ['anna: joinNeedsDecision'], disconnectors: ['ad-found: noMatch'] })
    const settled = world({ guests: [guest('anna')], accounts: [shadowAccount('anna')] })
    check({ ...settled, persons: synchronizeWorld(settled).persons, accounts: [...settled.accounts, account('x')], decisions: [join('x', 'anna')] }, { disconnectors: ['ad-x: noMatch'] })
  })

  it('does not open the fence: a privileged account stays what it is', () => {
    check(world({ guests: [guest('anna')], accounts: [account('admin', { adminCount: 1 })], decisions: [join('admin', 'anna')] }), { skips: ['anna: privilegedAccount adminCount'] })
    check(world({ guests: [guest('anna')], accounts: [account('cloud', { 'msDS-ObjectSoa': 'AAD' })], decisions: [join('cloud', 'anna')] }), { skips: ['anna: accountOfAnotherEngine msDS-ObjectSoa'] })
  })

  it('stands among the attempts that are explained', () => {
    const settings = testSettings()
    const decisions = new Map([[guidOf('ad-found'), join('found', 'bert')]])
    const { joins } = joinAccounts(settings, { subjects: [joinSubjectOf(settings, found)], candidates: new Map(), hasAccount: new Set(), decisions })
    expect(joins[0]?.attempts).toEqual([{ criterion: 'decision', value: 'Eve: asked her', candidates: [personIdOf('bert')], outcome: 'joined' }])
    const names = { takenAccountNames: new Map(), lookedUpAccountNames: new Set<string>(), takenDns: new Map(), takenUserPrincipalNames: new Map() }
    const leftAlone = new Map([[guidOf('ad-found'), decide('found', { kind: 'leaveAlone' })]])
    const { steps } = explainPerson(settings, { subject: 'found', guest: null, account: found, person: null, candidates: new Map(), hasAccount: new Set(), decisions: leftAlone, hasCompleteDirectoryImport: true, awaitingConfirmation: null, undecidedAccount: null, names })
    expect(steps.at(-1)).toEqual({ kind: 'disconnector', connector: 'ad', reason: { kind: 'leftAlone', by: 'Eve', note: 'asked her' }, state: 'stopped' })
  })
})
