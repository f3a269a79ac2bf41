import { describe, expect, it } from 'vitest'
import { checkDelegation } from '../../../src/main/kcd/rules/checkDelegation.ts'
import type { DelegationFacts } from '../../../src/shared/domain/delegation.ts'
import { signOnOfGuest, type GuestSignOn } from '../../../src/shared/domain/guestSignOn.ts'
import { application, guest, principal, read, worldWith } from '../../kcd/rules/world.ts'

const [kind, sensitive] = [guest(), 0x100000]

function signOnIn(facts: DelegationFacts, entraId = kind.entraId): GuestSignOn | null {
  return signOnOfGuest(checkDelegation(facts), entraId)
}

describe('sign-on of one guest', () => {
  it('names every application with its state, in the order of the facts', () => {
    const found = signOnIn(worldWith({ applications: [application({ id: 'z', name: 'Orders' }), application({ id: 'a', name: 'Wiki' })] }))
    expect(found?.applications.map(({ name, state }) => [name, state])).toEqual([['Orders', 'passed'], ['Wiki', 'passed']])
    expect(found?.identities.map(({ mapping }) => mapping)).toHaveLength(5)
  })

  it('says first what is wrong with the guest, then what is wrong with the application, and nothing that passed', () => {
    const account = kind.account.kind === 'read' ? kind.account.value : null
    if (account === null) throw new Error('The guest of the world has an account')
    const marked = principal({ ...account, userAccountControl: account.userAccountControl | sensitive })
    const found = signOnIn(worldWith({ guests: [guest({ account: read(marked) })], applications: [application({ host: read({ kind: 'unknown', target: null }) })] }))
    const findings = found?.applications[0]?.findings ?? []
    expect(findings[0]).toMatchObject({ id: 'sensitive-account', state: 'failed' })
    expect(findings.map(({ id }) => id)).toContain('host-name')
    expect(findings.filter(({ state }) => state === 'passed')).toEqual([])
    expect(findings.findLastIndex(({ about }) => about.guest !== null)).toBeLessThan(findings.findIndex(({ about }) => about.guest === null))
  })

  it('says nothing of a guest that the check did not look at', () => {
    expect(signOnIn(worldWith(), 'somebody else')).toBeNull()
  })

  it('has no application to name where none is known, which is not the same as unchecked', () => {
    expect(signOnIn(worldWith({ applications: [] }))).toEqual({ readAt: worldWith().readAt, applications: [], identities: [] })
  })
})
