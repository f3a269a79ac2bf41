import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDelegation } from '../../../src/main/kcd/rules/checkDelegation.ts'
import { checks } from '../../../src/main/kcd/rules/checks.ts'
import type { DelegationFacts } from '../../../src/shared/domain/delegation.ts'
import { arbitraryFacts } from './arbitraryFacts.ts'
import { application, connector, controller, domain, guest, unread, worldWith } from './world.ts'

/** A world of which nothing but names could be read. */
const nothingRead = worldWith({
  domains: [domain({
    controllers: [controller({ skew: unread, ports: { kerberos: unread, ldaps: unread } })], controllerLevel: unread, kerberosServers: unread, directoryHeuristics: unread, aesSince: unread,
    preWindows2000Access: unread, authorizationAccess: unread, trusts: unread, userPrincipalNameSuffixes: unread
  })],
  connectors: [connector({ accounts: unread, status: null })],
  applications: [application({ mapping: null, assignedTo: unread, host: unread })],
  guests: [guest({ account: unread, found: { userPrincipalName: unread }, isEnabled: null, isSynchronised: true })],
  services: { 'http/orders.contoso.test': unread }, proofs: []
})
/** Checks that find a danger, with which sign-on works all the same. */
const unaffected = new Set(checks.filter((row) => row.signOn === 'unaffected').map((row) => row.number))
/** Checks of what Entra or workspace.json says of an application, which is read with it. */
const ofApplicationAlone = [17, 26, 30]

describe('whatever was read', () => {
  it('is judged without an error, in full sentences, with a remedy for each fault and none for what is right', () => {
    fc.assert(fc.property(arbitraryFacts, (facts) => {
      for (const { state, message, remedy, intent } of checkDelegation(facts).findings) {
        expect(message).toMatch(/\S/)
        expect(remedy !== null).toBe(state === 'failed' || state === 'warning')
        expect(intent === null || state === 'failed' || state === 'warning').toBe(true)
      }
    }), { numRuns: 400 })
  })

  it('comes to the same findings in any order of connectors, applications, guests, domains and proofs', () => {
    const distinct = arbitraryFacts.filter((facts) => [facts.connectors.map((each) => each.name), facts.applications.map((each) => each.id), facts.guests.map((each) => each.entraId), facts.domains.map((each) => each.dnsName), facts.proofs.map((each) => each.at)].every((names) => new Set(names).size === names.length))
    fc.assert(fc.property(distinct, (facts) => {
      const turned: DelegationFacts = { ...facts, connectors: facts.connectors.toReversed(), applications: facts.applications.toReversed(), guests: facts.guests.toReversed(), domains: facts.domains.toReversed(), proofs: facts.proofs.toReversed() }
      const order = (world: DelegationFacts) => checkDelegation(world).findings.map(({ check, about, state }) => [check, about, state])
      expect(order(turned)).toEqual(order(facts))
    }), { numRuns: 200 })
  })

  it('has cells and readiness that point at findings, worst first decided by them', () => {
    fc.assert(fc.property(arbitraryFacts, (facts) => {
      const { findings, cells, readiness } = checkDelegation(facts)
      for (const { state, findings: positions } of cells) {
        const states = positions.map((position) => findings[position]?.state)
        expect(states).not.toContain(undefined)
        expect(state === 'failed').toBe(positions.some((position) => findings[position]?.state === 'failed' && !unaffected.has(findings[position].check)))
      }
      expect(readiness.flatMap((each) => each.findings).every((position) => findings[position] !== undefined)).toBe(true)
      expect(readiness).toHaveLength(facts.guests.length * facts.applications.length)
    }), { numRuns: 200 })
  })
})

describe('what could not be read', () => {
  it('passes no check that needs it', () => {
    const passed = checkDelegation(nothingRead).findings.filter(({ state }) => state === 'passed').map(({ check }) => check)
    expect(passed).toEqual(ofApplicationAlone)
  })

  it('fails no check either: every other one says that it was not checked', () => {
    const { findings } = checkDelegation(nothingRead)
    expect(findings.filter(({ state }) => state === 'failed' || state === 'warning')).toEqual([])
    const open = new Set(findings.filter(({ state }) => state === 'notChecked').map(({ check }) => check))
    // One connector has nothing to differ from (4).
    expect(checks.map((row) => row.number).filter((number) => !open.has(number))).toEqual([4, ...ofApplicationAlone, 47])
  })

  it('leaves cells and guests "not checked"', () => {
    const { cells, readiness } = checkDelegation(nothingRead)
    expect([...cells, ...readiness].map(({ state }) => state)).toEqual(['notChecked', 'notChecked'])
  })
})
