import { describe, expect, it } from 'vitest'
import { checkDelegation } from '../../../src/main/kcd/rules/checkDelegation.ts'
import type { DelegationFacts } from '../../../src/shared/domain/delegation.ts'
import { acrossDomains, application, computerControl, connector, controller, domain, guest, owners, proxy, read, secondConnector, shadow, site, ticket, trust, unread, worldWith } from './world.ts'

const cellsOf = (world: DelegationFacts) => checkDelegation(world).cells.map(({ connector, application, state, way }) => [connector, application, state, way])
const readinessOf = (world: DelegationFacts) => {
  const check = checkDelegation(world)
  return check.readiness.map(({ state, findings }) => ({ state, faults: [...new Set(findings.flatMap((position) => check.findings[position] ?? []).filter((finding) => finding.state === 'failed' || finding.state === 'warning').map((finding) => finding.check))] }))
}
const kerberosOnly = { userAccountControl: computerControl }

describe('a world in which all is well', () => {
  it('has no finding that fails or warns', () => {
    expect(checkDelegation(worldWith()).findings.filter(({ state }) => state === 'failed' || state === 'warning')).toEqual([])
  })

  it('works for every connector and guest', () => {
    expect(cellsOf(worldWith())).toEqual([['proxy01.contoso.test', 'orders', 'passed', 'classic'], ['proxy02.contoso.test', 'orders', 'passed', 'classic']])
    expect(readinessOf(worldWith())).toEqual([{ state: 'passed', faults: [] }])
  })

  it('shows the ticket in the cell of the connector that got it', () => {
    const check = checkDelegation(worldWith())
    expect(check.cells.map((cell) => cell.findings.some((position) => check.findings[position]?.check === 45))).toEqual([true, false])
  })

  it('takes a proof by the name of the account for one of its connector', () => {
    const proven = checkDelegation(worldWith({ proofs: [ticket({ connector: 'PROXY02' })] })).findings.filter(({ check }) => check === 45)
    expect(proven.map(({ about }) => about.connector)).toEqual(['proxy02.contoso.test'])
  })
})

describe('the map of connectors and applications', () => {
  it('has a cell where a connector serves the application: of its group, or without any', () => {
    const world = worldWith({ connectors: [connector(), secondConnector({}, { group: 'Other' }), secondConnector({}, { name: 'svc-proxy', group: null })] })
    expect(cellsOf(world).map(([name]) => name)).toEqual(['proxy01.contoso.test', 'svc-proxy'])
  })

  it('fails only where the connector does', () => {
    const world = worldWith({ connectors: [connector(), secondConnector(kerberosOnly)] })
    expect(cellsOf(world)).toEqual([['proxy01.contoso.test', 'orders', 'passed', 'classic'], ['proxy02.contoso.test', 'orders', 'failed', null]])
  })

  it('fails for all connectors where the application does', () => {
    expect(cellsOf(worldWith({ services: { 'http/orders.contoso.test': owners() } })).map(([, , state, way]) => [state, way])).toEqual([['failed', null], ['failed', null]])
  })

  it('goes the way of trust across domains', () => {
    expect(cellsOf(acrossDomains({ trust: trust({}) }))).toEqual([['proxy01.contoso.test', 'orders', 'passed', 'resourceBased']])
    expect(cellsOf(acrossDomains({}))).toEqual([['proxy01.contoso.test', 'orders', 'failed', null]])
  })

  it('is not checked where what decides was not read, whatever else is found', () => {
    const world = worldWith({ connectors: [connector({ accounts: unread })], applications: [application({ internalUrl: 'https://other.contoso.test' })] })
    expect(cellsOf(world)).toEqual([['proxy01.contoso.test', 'orders', 'notChecked', null]])
  })

  it('warns of a danger with which sign-on works, and of a missing right to change it not at all', () => {
    expect(cellsOf(worldWith({ connectors: [connector({ accounts: read([{ ...proxy, userAccountControl: 0x1081000 }]) })] }))).toEqual([['proxy01.contoso.test', 'orders', 'warning', 'classic']])
    const closed = worldWith({ connectors: [connector({ accounts: read([{ ...proxy, writableAttributes: read([]) }]) })], services: { 'http/orders.contoso.test': owners({ ...site, writableAttributes: read([]) }) } })
    expect(checkDelegation(closed).findings.filter(({ check, state }) => check === 43 && state === 'warning')).toHaveLength(1)
    expect(cellsOf(closed)).toEqual([['proxy01.contoso.test', 'orders', 'passed', 'classic']])
    expect(readinessOf(closed)[0]?.state).toBe('passed')
  })

  it('leaves a danger of the whole forest to the domain', () => {
    const world = worldWith({ domains: [domain({ directoryHeuristics: read('000000000100000000023') })] })
    expect(checkDelegation(world).findings.filter(({ state }) => state === 'failed').map(({ check }) => check)).toEqual([44])
    expect(cellsOf(world).map(([, , state]) => state)).toEqual(['passed', 'passed'])
  })

  it('fails with the clock of the domain that issues the tickets', () => {
    const late = domain({ controllers: [controller({ skew: read(-600) })] })
    expect(cellsOf(worldWith({ domains: [late], connectors: [connector()] }))).toEqual([['proxy01.contoso.test', 'orders', 'failed', 'classic']])
    expect(cellsOf(worldWith({ domains: [domain(), { ...late, dnsName: 'far.contoso.test', role: 'resources' }], connectors: [connector()] }))).toEqual([['proxy01.contoso.test', 'orders', 'passed', 'classic']])
  })
})

describe('whether sign-on works for a guest', () => {
  it('is warned of where only some connectors work, and not failed', () => {
    expect(readinessOf(worldWith({ connectors: [connector(), secondConnector(kerberosOnly)] }))).toEqual([{ state: 'warning', faults: [4] }])
  })

  it('fails where no connector works, and names what is wrong with the best', () => {
    expect(readinessOf(worldWith({ connectors: [connector({ accounts: read([{ ...proxy, ...kerberosOnly }]) })] }))).toEqual([{ state: 'failed', faults: [7] }])
  })

  it('fails where no connector serves the application', () => {
    expect(readinessOf(worldWith({ applications: [application({ group: 'Empty' })] }))).toEqual([{ state: 'failed', faults: [3] }])
  })

  it('fails for a guest whom Entra does not admit, which is no failure of the settings', () => {
    const world = worldWith({ guests: [guest({ isEnabled: false })] })
    expect(readinessOf(world)).toEqual([{ state: 'failed', faults: [40] }])
    expect(checkDelegation(world).findings.filter(({ state }) => state === 'failed')).toEqual([])
  })

  it('fails for the application that a guest is not assigned to, and for that one only', () => {
    const world = worldWith({ applications: [application({ assignedTo: read([]) }), application({ id: 'time', name: 'Timesheets' })] })
    expect(readinessOf(world).map(({ state }) => state)).toEqual(['failed', 'passed'])
  })

  it('fails where the mapping leads to nobody', () => {
    const world = worldWith({ applications: [application({ mapping: 'onPremisesSAMAccountName' })] })
    expect(readinessOf(world)).toEqual([{ state: 'failed', faults: [29] }])
  })

  it('is warned of, and not failed, for a guest who is mastered in Active Directory with an account of that name', () => {
    const mastered = guest({ isSynchronised: true, account: read(null) })
    expect(readinessOf(worldWith({ guests: [mastered] }))).toEqual([{ state: 'warning', faults: [31, 39] }])
    expect(readinessOf(worldWith({ guests: [{ ...mastered, found: { userPrincipalName: read([]) } }] }))[0]?.state).toBe('failed')
  })

  it('is not checked where nobody could read who the guest is', () => {
    expect(readinessOf(worldWith({ guests: [guest({ account: unread })] }))[0]?.state).toBe('notChecked')
  })

  it('fails by a refused proof of this guest, not by one of another', () => {
    const refused = ticket({ result: { kind: 'refused', reason: 'other', text: 'KDC policy rejects request.', checks: [], remedy: 'Look it up.' } })
    const world = worldWith({ guests: [guest(), guest({ entraId: 'another', account: read({ ...shadow }) })], proofs: [refused] })
    expect(readinessOf(world).map(({ state }) => state)).toEqual(['failed', 'passed'])
  })
})

describe('proofs', () => {
  const statesOf = (world: DelegationFacts) => checkDelegation(world).findings.filter(({ check }) => check === 45).map(({ state }) => state)

  it('count for a day', () => {
    expect(statesOf(worldWith({ proofs: [ticket({ at: '2026-11-22T09:59:59Z' })] }))).toEqual(['notChecked'])
    expect(statesOf(worldWith({ proofs: [ticket({ at: '2026-11-22T10:00:00Z' })] }))).toEqual(['passed'])
    // Of a machine whose clock is wrong, or edited.
    expect(statesOf(worldWith({ proofs: [ticket({ at: '2026-11-23T10:06:00Z' })] }))).toEqual(['notChecked'])
  })

  it('are judged by the last one of an application, guest and connector', () => {
    const refused = ticket({ at: '2026-11-23T09:00:00Z', result: { kind: 'refused', reason: 'other', text: 'No.', checks: [], remedy: 'Look it up.' } })
    expect(statesOf(worldWith({ proofs: [ticket(), refused] }))).toEqual(['passed'])
    expect(statesOf(worldWith({ proofs: [refused, ticket({ at: '2026-11-23T08:00:00Z' })] }))).toEqual(['failed'])
  })

  it('that were not possible are "not proven", never "works"', () => {
    expect(statesOf(worldWith({ proofs: [ticket({ result: { kind: 'notProven', why: 'no keytab is at hand', remedy: 'Give one.' } })] }))).toEqual(['notChecked'])
  })

  it('of a ticket that the site did not take are a warning', () => {
    const result = { kind: 'ticket', principal: 'ana', service: 'HTTP/orders.contoso.test', encryptionType: 'aes256-cts-hmac-sha1-96', startsAt: null, endsAt: null, site: null, siteProblem: 'The site was not reached.' } as const
    expect(statesOf(worldWith({ proofs: [ticket({ result })] }))).toEqual(['warning'])
  })
})

describe('what is not there', () => {
  const numbersOf = (world: DelegationFacts) => new Set(checkDelegation(world).findings.filter(({ state }) => state !== 'passed').map(({ check }) => check))

  it('is said once: an SPN without owner, a connector or guest without account', () => {
    expect([...numbersOf(worldWith({ services: { 'http/orders.contoso.test': owners() } }))]).toEqual([9, 15])
    expect([...numbersOf(worldWith({ connectors: [connector({ accounts: read([]) }), secondConnector()], proofs: [] }))]).toEqual([1, 4, 45])
    expect([...numbersOf(worldWith({ guests: [guest({ account: read(null), found: { userPrincipalName: read([]) } })] }))]).toEqual([31])
  })
})

describe('an account that only the global catalog knows', () => {
  const far = { ...site, readFrom: 'globalCatalog', domain: 'emea.contoso.test', encryptionTypes: null, passwordSetAt: null, trust: unread } as const
  const statesOf = (world: DelegationFacts, numbers: readonly number[]) => numbers.map((number) => [...new Set(checkDelegation(world).findings.filter(({ check }) => check === number).map(({ state }) => state))].join())

  it('was not read in what the catalog has no copy of: it passes none of these checks, and fails none', () => {
    const service = worldWith({ domains: [domain(), domain({ dnsName: 'emea.contoso.test', role: 'resources' })], services: { 'http/orders.contoso.test': owners(far) } })
    expect(statesOf(service, [11, 13, 20, 21, 23])).toEqual(Array.from({ length: 5 }, () => 'notChecked'))
    const proxyThere = worldWith({ connectors: [connector({ accounts: read([{ ...proxy, readFrom: 'globalCatalog', allowedToDelegateTo: [], encryptionTypes: null }]) })], services: { 'http/orders.contoso.test': owners({ ...site, trust: trust({ sid: shadow.sid }) }) } })
    expect(statesOf(proxyThere, [7, 8, 9, 10, 12, 24])).toEqual(Array.from({ length: 6 }, () => 'notChecked'))
  })
})

describe('connectors that differ', () => {
  const fourOf = (world: DelegationFacts) => checkDelegation(world).findings.filter(({ check }) => check === 4)

  it('towards a service of another domain are set alike by its trust', () => {
    const world = acrossDomains({ trust: trust({}) })
    const second = secondConnector({ allowedToDelegateTo: [], userAccountControl: computerControl })
    expect(fourOf({ ...world, connectors: [...world.connectors, second] }).map(({ state, intent }) => [state, intent])).toEqual([['failed', { kind: 'makeApplicationWork', application: 'orders', way: 'resourceBased' }]])
  })

  it('do not fail "now and then" where none of them works', () => {
    const [finding] = fourOf(worldWith({ connectors: [connector({ accounts: read([{ ...proxy, allowedToDelegateTo: [] }]) }), secondConnector(kerberosOnly)] }))
    expect(finding?.message).toContain('fails on each connector, and for different reasons')
  })

  it('in stale entries alone sign everybody on alike', () => {
    expect(fourOf(worldWith({ connectors: [connector(), secondConnector({ allowedToDelegateTo: ['HTTP/orders.contoso.test', 'HTTP/old'] })], services: { 'http/orders.contoso.test': owners(site), 'http/old': owners() } })).map(({ state }) => state)).toEqual(['passed'])
  })
})

describe('remedies', () => {
  const findingsOf = (world: DelegationFacts, check: number) => checkDelegation(world).findings.filter((finding) => finding.check === check)

  it('never take RC4 away with adding AES, and want keys first', () => {
    const world = worldWith({ services: { 'http/orders.contoso.test': owners({ ...site, objectClass: 'user', encryptionTypes: 4 }) } })
    expect(findingsOf(world, 21)[0]?.remedy).toMatch(/^Reset the password and keytab .* first.*then add 0x18.*a later plan/)
  })

  it('of a malformed SPN name the one that was meant', () => {
    const remedyOf = (spn: string) => findingsOf(worldWith({ applications: [application({ spn })] }), 17)[0]?.remedy
    expect(remedyOf('https/orders.contoso.test')).toContain('such as HTTP/orders.contoso.test.')
    expect(remedyOf('https://orders.contoso.test:8443/a')).toContain('such as HTTP/orders.contoso.test.')
    expect(remedyOf('orders')).toContain('such as HTTP/www.contoso.test.')
  })

  it('never end unconstrained delegation of a domain controller', () => {
    const world = worldWith({ connectors: [connector({ accounts: read([{ ...proxy, userAccountControl: 0x1080000, primaryGroupId: 521 }]) })] })
    expect(findingsOf(world, 6).map(({ state, intent }) => [state, intent])).toEqual([['passed', null]])
  })

  it('never remove the entry of a published application: the SPN is what is missing', () => {
    const world = worldWith({ services: { 'http/orders.contoso.test': owners() } })
    expect(findingsOf(world, 9).map(({ intent }) => intent)).toEqual([null, null])
    expect(findingsOf(world, 9)[0]?.remedy).toContain('Leave the entry')
  })

  it('of a guest whom Entra Connect matched are the whole sequence, never "exclude the OU" alone', () => {
    const remedy = findingsOf(worldWith({ guests: [guest({ isSynchronised: true })] }), 39)[0]?.remedy ?? ''
    const steps = ['stop the scheduler', 'exclude the OU of', 'let it delete', 'restore the guest', 'resume'].map((step) => remedy.indexOf(step))
    expect(steps).toEqual([...steps].sort((left, right) => left - right))
    expect(steps[0]).toBeGreaterThan(0)
  })
})
