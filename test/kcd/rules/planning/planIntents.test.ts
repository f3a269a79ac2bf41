import { describe, expect, test } from 'vitest'
import type { DelegationFacts, DelegationIntent, PrincipalFacts } from '../../../../src/shared/domain/delegation.ts'
import { planIntents } from '../../../../src/main/kcd/rules/planning/planIntents.ts'
import { account, anyProtocol, connector, descriptorFor, domainSid, facts, guid, sid, trustOf, unconstrained } from './world.ts'

/** One line a change: account, attribute, before → after; and why something was refused. */
function check(world: DelegationFacts, intents: readonly DelegationIntent[], expected: { readonly changes?: readonly string[]; readonly refused?: readonly RegExp[] }, further: readonly PrincipalFacts[] = []) {
  const planned = planIntents(world, intents, further)
  expect(planned.changes.map(({ accountName, attribute, before, after }) => `${accountName} ${attribute} [${before.join(' ')}] → [${after.join(' ')}]`)).toEqual(expected.changes ?? [])
  expect(planned.refused.map(({ why }) => why)).toEqual((expected.refused ?? []).map((pattern) => expect.stringMatching(pattern) as string))
  return planned
}

const spn = 'HTTP/intranet.contoso.test'
const one = account(1, 'CONNECTOR01$')
const web = account(2, 'svc-web', { servicePrincipalNames: [spn] })
const world = (connectorAccount: PrincipalFacts, owner: PrincipalFacts | null = web) => facts({ connectors: [connector(connectorAccount)], owners: { [spn]: owner === null ? [] : [owner] } })

describe('the list of services', () => {
  test('gets the SPN as the caller spells it, behind what is there', () => {
    const listed = account(1, 'CONNECTOR01$', { allowedToDelegateTo: ['HTTP/wiki.contoso.test'] })
    const { changes, domainSid: planned } = check(world(listed), [{ kind: 'allowService', account: guid(1), spn: 'http/INTRANET.contoso.test' }], { changes: ['CONNECTOR01$ msDS-AllowedToDelegateTo [HTTP/wiki.contoso.test] → [HTTP/wiki.contoso.test http/INTRANET.contoso.test]'] })
    expect(changes[0]).toMatchObject({ kind: 'delegation', anchor: guid(1), needsPrivilege: true })
    expect(changes[0]?.reason).toBe('CONNECTOR01$ is to delegate to http/INTRANET.contoso.test.')
    expect(planned).toBe(domainSid)
  })
  test('is left alone where it has the SPN in another case', () => {
    check(world(account(1, 'CONNECTOR01$', { allowedToDelegateTo: [spn.toUpperCase()] })), [{ kind: 'allowService', account: guid(1), spn }], {})
  })
  test('loses an SPN whatever its case, and is cleared with the last one', () => {
    check(world(account(1, 'CONNECTOR01$', { allowedToDelegateTo: [spn.toUpperCase()] })), [{ kind: 'disallowService', account: guid(1), spn }], { changes: [`CONNECTOR01$ msDS-AllowedToDelegateTo [${spn.toUpperCase()}] → []`] })
    check(world(one), [{ kind: 'disallowService', account: guid(1), spn }], {})
  })
  test('takes no text that is not an SPN', () => {
    check(world(one), [{ kind: 'allowService', account: guid(1), spn: 'https/intranet' }, { kind: 'allowService', account: guid(1), spn: '' }], { refused: [/scheme/, /empty/] })
  })
  test('warns of a domain controller, of an SPN that nobody has, and of unconstrained delegation', () => {
    const cautions = (connectorAccount: PrincipalFacts, owner: PrincipalFacts | null) => planIntents(world(connectorAccount, owner), [{ kind: 'allowService', account: guid(1), spn }]).changes[0]?.cautions.join(' ') ?? ''
    expect(cautions(one, account(2, 'DC1$', { primaryGroupId: 516 }))).toContain('domain controller DC1$')
    expect(cautions(one, null)).toContain(`Nobody has ${spn}`)
    expect(cautions(account(1, 'CONNECTOR01$', { userAccountControl: 0x1000 | unconstrained }), web)).toContain('unconstrained')
    expect(cautions(one, web)).not.toMatch(/Nobody|domain controller DC1|unconstrained/)
    expect(cautions(account(1, 'CONNECTOR01$', { userAccountControl: 0x1000 }), web)).toContain('resource-based delegation included')
    expect(cautions(account(1, 'CONNECTOR01$', { userAccountControl: 0x1001000 }), web)).not.toContain('Kerberos only')
  })
})

describe('bits', () => {
  test('only the one that is meant changes', () => {
    check(world(one), [{ kind: 'useAnyProtocol', account: guid(1) }], { changes: [`CONNECTOR01$ userAccountControl [4096] → [16781312]`] })
    check(world(account(1, 'CONNECTOR01$', { userAccountControl: 0x1011020 })), [{ kind: 'useKerberosOnly', account: guid(1) }], { changes: [`CONNECTOR01$ userAccountControl [16846880] → [69664]`] })
    check(world(account(1, 'CONNECTOR01$', { userAccountControl: 0x1081002 })), [{ kind: 'endUnconstrained', account: guid(1) }], { changes: [`CONNECTOR01$ userAccountControl [17305602] → [16781314]`] })
  })
  test('what is so already is no change, and what cancels itself out is none either', () => {
    check(world(account(1, 'CONNECTOR01$', { userAccountControl: 0x1000 | anyProtocol })), [{ kind: 'useAnyProtocol', account: guid(1) }], {})
    check(world(one), [{ kind: 'useAnyProtocol', account: guid(1) }, { kind: 'useKerberosOnly', account: guid(1) }], {})
  })
  test.each([{ primaryGroupId: 516 }, { primaryGroupId: 521 }, { userAccountControl: 0x82000 }])('unconstrained delegation of a domain controller is left alone: %o', (values) => {
    check(world(account(1, 'DC1$', { userAccountControl: 0x80000, ...values })), [{ kind: 'endUnconstrained', account: guid(1) }], { refused: [/domain controller/] })
  })
  test('several wishes for one account and attribute are one change with all reasons', () => {
    const { changes } = check(world(account(1, 'CONNECTOR01$', { userAccountControl: 0x81000 })), [{ kind: 'endUnconstrained', account: guid(1) }, { kind: 'useAnyProtocol', account: guid(1) }], { changes: [`CONNECTOR01$ userAccountControl [528384] → [16781312]`] })
    expect(changes[0]?.reason).toMatch(/unconstrained delegation.*any authentication protocol/)
  })
})

describe('AES', () => {
  test.each([[4, 28], [0x27, 0x3f], [8, 24], [null, 28], [0, 28]])('is added to %s, and RC4 is never taken away', (value, expected) => {
    const { changes } = check(world(account(1, 'svc-legacy', { encryptionTypes: value })), [{ kind: 'allowAes', account: guid(1) }], { changes: [`svc-legacy msDS-SupportedEncryptionTypes [${value ?? ''}] → [${expected}]`] })
    expect(changes[0]?.cautions[0]).toMatch(/^First reset the password of svc-legacy/)
    expect(changes[0]?.needsPrivilege).toBe(false)
  })
})

describe('resource-based trust', () => {
  const [first, second, foreign] = [sid(`${domainSid}-1101`), sid(`${domainSid}-1102`), sid('S-1-5-21-9-9-9-4711')]
  const trusting = (...sids: readonly (typeof first)[]) => account(2, 'svc-web', { trust: trustOf(descriptorFor(...sids)) })

  test('is given to all connectors at once, and keeps foreign entries', () => {
    check(facts({}), [{ kind: 'trustConnectors', service: guid(2), connectors: [first, second] }], { changes: [`svc-web msDS-AllowedToActOnBehalfOfOtherIdentity [${descriptorFor(foreign)}] → [${descriptorFor(foreign, first, second)}]`] }, [trusting(foreign)])
  })
  test('of two wishes is one change', () => {
    check(facts({}), [first, second].map((trustee) => ({ kind: 'trustConnectors' as const, service: guid(2), connectors: [trustee] })), { changes: [`svc-web msDS-AllowedToActOnBehalfOfOtherIdentity [] → [${descriptorFor(first, second)}]`] }, [account(2, 'svc-web')])
  })
  test('is cleared with the last connector, and kept for the others', () => {
    check(facts({}), [{ kind: 'endTrust', service: guid(2), connectors: [first] }], { changes: [`svc-web msDS-AllowedToActOnBehalfOfOtherIdentity [${descriptorFor(first)}] → []`] }, [trusting(first)])
    check(facts({}), [{ kind: 'endTrust', service: guid(2), connectors: [first] }], { changes: [`svc-web msDS-AllowedToActOnBehalfOfOtherIdentity [${descriptorFor(foreign, first)}] → [${descriptorFor(foreign)}]`] }, [trusting(foreign, first)])
  })
  test('that is malformed or was not read is never written over', () => {
    const broken = account(2, 'svc-web', { trust: trustOf('AQAEgA==') })
    check(facts({}), [{ kind: 'trustConnectors', service: guid(2), connectors: [first] }], { refused: [/malformed/] }, [broken])
    check(facts({}), [{ kind: 'trustConnectors', service: guid(2), connectors: [first] }], { refused: [/could not be read: no right/] }, [account(2, 'svc-web', { trust: { kind: 'notRead', why: 'no right' } })])
  })
})

describe('an SPN', () => {
  const [pool, other] = [account(3, 'svc-pool'), account(4, 'svc-other', { servicePrincipalNames: [spn] })]
  test('is registered where nobody in the forest has it', () => {
    check(facts({ owners: { [spn]: [] } }), [{ kind: 'registerService', account: guid(3), spn }], { changes: [`svc-pool servicePrincipalName [] → [${spn}]`] }, [pool])
  })
  test('is refused where another account has it, where nobody could look, and to the second who wants it', () => {
    check(facts({ owners: { [spn]: [other] } }), [{ kind: 'registerService', account: guid(3), spn }], { refused: [/belongs to svc-other already/] }, [pool])
    check(facts({}), [{ kind: 'registerService', account: guid(3), spn }], { refused: [/could not be read/] }, [pool])
    check(facts({ owners: { [spn]: [] } }), [{ kind: 'registerService', account: guid(3), spn }, { kind: 'registerService', account: guid(5), spn: spn.toUpperCase() }], { changes: [`svc-pool servicePrincipalName [] → [${spn}]`], refused: [/belongs to svc-pool already/] }, [pool, account(5, 'svc-late')])
  })
  test('moves within one plan: it is free before the other account gets it', () => {
    check(facts({ owners: { [spn]: [other] } }), [{ kind: 'registerService', account: guid(3), spn }, { kind: 'unregisterService', account: guid(4), spn }], { changes: [`svc-other servicePrincipalName [${spn}] → []`, `svc-pool servicePrincipalName [] → [${spn}]`] }, [pool])
  })
  test('that a computer covers by its HOST entry may be registered, with a caution', () => {
    const { changes } = check(facts({ aliases: { [spn]: [account(6, 'WEB01$')] } }), [{ kind: 'registerService', account: guid(3), spn }], { changes: [`svc-pool servicePrincipalName [] → [${spn}]`] }, [pool])
    expect(changes[0]?.cautions.join(' ')).toContain('WEB01$')
  })
})

test('an account that was not found is refused, and nothing is planned', () => {
  expect(check(facts({}), [{ kind: 'useAnyProtocol', account: guid(9) }], { refused: [/not found/] }).domainSid).toBeNull()
})

test('a plan is of one domain: what is elsewhere is refused with the way', () => {
  const elsewhere = account(8, 'PROXY$', { domain: 'resources.test' })
  check(facts({ connectors: [connector(one), connector(elsewhere)] }), [{ kind: 'useAnyProtocol', account: guid(1) }, { kind: 'useAnyProtocol', account: guid(8) }], {
    changes: [`CONNECTOR01$ userAccountControl [4096] → [16781312]`], refused: [/in another domain \(resources\.test\)/],
  })
})
