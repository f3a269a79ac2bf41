import { describe, expect, test } from 'vitest'
import type { DelegationFacts, DelegationIntent, PrincipalFacts } from '../../../../src/shared/domain/delegation.ts'
import { planIntents } from '../../../../src/main/kcd/rules/planning/planIntents.ts'
import { account, anyProtocol, application, connector, descriptorFor, facts, guid, otherDomain, sid, trustOf } from './world.ts'

const spn = 'HTTP/erp.contoso.test'
const service = account(10, 'svc-erp', { servicePrincipalNames: [spn] })
const erp = application('ERP', spn, { group: 'Inside' })
const ready = account(1, 'C1$', { userAccountControl: 0x1000 | anyProtocol, allowedToDelegateTo: [spn.toLowerCase()] })
const bare = account(2, 'C2$')

function check(world: DelegationFacts, way: 'classic' | 'resourceBased', expected: { readonly changes?: readonly string[]; readonly refused?: readonly RegExp[] }, before: readonly DelegationIntent[] = [], further: readonly PrincipalFacts[] = []) {
  const planned = planIntents(world, [...before, { kind: 'makeApplicationWork', application: 'ERP', way }], further)
  expect(planned.changes.map(({ accountName, attribute, after }) => `${accountName} ${attribute} ${after.join(' ')}`)).toEqual(expected.changes ?? [])
  expect(planned.refused.map(({ why }) => why)).toEqual((expected.refused ?? []).map((pattern) => expect.stringMatching(pattern) as string))
  return planned
}
const inside = (...accounts: readonly PrincipalFacts[]) => accounts.map((found) => connector(found, { group: 'Inside' }))

describe('classic', () => {
  test('gives each connector of the group what it lacks, the bit before the list, and nobody else anything', () => {
    const world = facts({ connectors: [...inside(ready, bare), connector(account(3, 'C3$'), { group: 'Elsewhere' })], applications: [erp], owners: { [spn]: [service] } })
    const { changes } = check(world, 'classic', { changes: [`C2$ userAccountControl 16781312`, `C2$ msDS-AllowedToDelegateTo ${spn}`] })
    expect(changes.map(({ needsPrivilege }) => needsPrivilege)).toEqual([true, true])
    expect(changes[1]?.reason).toBe(`C2$ is to delegate to ${spn}: it serves ERP.`)
  })
  test('plans nothing where everything is in place', () => {
    check(facts({ connectors: inside(ready), applications: [erp], owners: { [spn]: [service] } }), 'classic', {})
  })
  test('is refused across domains, and names the way that works', () => {
    const elsewhere = account(10, 'svc-erp', { domain: otherDomain, servicePrincipalNames: [spn] })
    const { refused } = check(facts({ connectors: inside(bare), applications: [erp], owners: { [spn]: [elsewhere] } }), 'classic', { refused: [/another domain/] })
    expect(refused[0]?.remedy).toContain('resource-based')
  })
})

describe('resource-based', () => {
  test('writes one descriptor for all connectors, keeps whom it trusts already, and needs no privilege', () => {
    const foreign = sid('S-1-5-21-9-9-9-4711')
    const trusting = account(10, 'svc-erp', { servicePrincipalNames: [spn], trust: trustOf(descriptorFor(foreign, ready.sid)) })
    const { changes } = check(facts({ connectors: inside(ready, bare), applications: [erp], owners: { [spn]: [trusting] } }), 'resourceBased', { changes: [`svc-erp msDS-AllowedToActOnBehalfOfOtherIdentity ${descriptorFor(foreign, ready.sid, bare.sid)}`] })
    expect(changes[0]?.needsPrivilege).toBe(false)
  })
  test('works across domains, and warns of a connector whose tickets cannot be forwarded', () => {
    const elsewhere = account(10, 'svc-erp', { domain: otherDomain, servicePrincipalNames: [spn] })
    const stuck = account(4, 'C4$', { allowedToDelegateTo: ['HTTP/wiki.contoso.test'] })
    const { changes } = check(facts({ connectors: inside(stuck), applications: [erp], owners: { [spn]: [elsewhere] } }), 'resourceBased', { changes: [`svc-erp msDS-AllowedToActOnBehalfOfOtherIdentity ${descriptorFor(stuck.sid)}`] })
    expect(changes[0]?.cautions.join(' ')).toContain('C4$')
  })
  test('is refused by controllers that do not ask', () => {
    check(facts({ connectors: inside(bare), applications: [erp], owners: { [spn]: [service] }, controllerLevel: 4 }), 'resourceBased', { refused: [/older than Windows Server 2012/] })
  })
})

describe('what stands in the way is named', () => {
  const lost = connector([], { group: 'Inside', name: 'C8' })
  const twice = connector([account(6, 'C6$'), account(7, 'C7$')], { group: 'Inside', name: 'C6' })
  const disabled = account(5, 'C5$', { userAccountControl: 0x1002 })

  test('connectors that are missing, ambiguous or disabled, while the others are planned', () => {
    const world = facts({ connectors: [...inside(bare, disabled), lost, twice], applications: [erp], owners: { [spn]: [service] } })
    check(world, 'classic', { changes: [`C2$ userAccountControl 16781312`, `C2$ msDS-AllowedToDelegateTo ${spn}`], refused: [/C5.*disabled/, /C8.*no account/, /C6.*several accounts/] })
  })
  test('an SPN that nobody has, that two have, that was not looked up, or that is none', () => {
    const world = (owners: Readonly<Record<string, readonly PrincipalFacts[]>>, published = erp) => facts({ connectors: inside(bare), applications: [published], owners })
    check(world({ [spn]: [] }), 'classic', { refused: [/Nobody has/] })
    check(world({ [spn]: [service, account(11, 'svc-old')] }), 'classic', { refused: [/svc-erp and svc-old all have/] })
    check(world({}), 'classic', { refused: [/could not be read/] })
    check(world({}, application('ERP', 'https://erp')), 'classic', { refused: [/web address/] })
  })
  test('an application that was not read, and a group without connectors', () => {
    check(facts({ connectors: inside(bare) }), 'classic', { refused: [/no application "ERP"/] })
    check(facts({ connectors: [connector(bare, { group: 'Elsewhere' })], applications: [erp], owners: { [spn]: [service] } }), 'classic', { refused: [/No connector serves ERP/] })
  })
  test('an SPN that the same plan registers counts, and comes first', () => {
    const pool = account(12, 'svc-pool')
    check(facts({ connectors: inside(bare), applications: [erp], owners: { [spn]: [] } }), 'classic', {
      changes: [`svc-pool servicePrincipalName ${spn}`, `C2$ userAccountControl 16781312`, `C2$ msDS-AllowedToDelegateTo ${spn}`],
    }, [{ kind: 'registerService', account: guid(12), spn }], [pool])
  })
})

test.each(['classic', 'resourceBased'] as const)('the order in which connectors were read does not matter: %s', (way) => {
  const plan = (...accounts: readonly PrincipalFacts[]) => planIntents(facts({ connectors: inside(...accounts), applications: [erp], owners: { [spn]: [service] } }), [{ kind: 'makeApplicationWork', application: 'ERP', way }]).changes
  expect(plan(bare, account(3, 'C3$'))).toEqual(plan(account(3, 'C3$'), bare))
})
