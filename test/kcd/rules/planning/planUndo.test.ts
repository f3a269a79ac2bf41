import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DelegationFacts, DelegationIntent, PrincipalFacts } from '../../../../src/shared/domain/delegation.ts'
import type { DelegationChange } from '../../../../src/shared/domain/delegationPlan.ts'
import { planIntents } from '../../../../src/main/kcd/rules/planning/planIntents.ts'
import { planUndo, takeBack } from '../../../../src/main/kcd/rules/planning/planUndo.ts'
import { sameDelegationValues } from '../../../../src/main/kcd/rules/planning/sameDelegationValues.ts'
import { account, anyProtocol, application, connector, descriptorFor, facts, guid, sid, trustOf, unconstrained } from './world.ts'

const change = (values: Partial<DelegationChange>): DelegationChange => ({
  kind: 'delegation', anchor: guid(1), dn: account(1, 'C1$').dn, accountName: 'C1$', attribute: 'msDS-AllowedToDelegateTo', before: [], after: [], reason: 'It was planned.', needsPrivilege: true, cautions: [], ...values,
})

/** What the undo writes, and why it leaves something. */
function check(written: DelegationChange, now: readonly string[] | null, expected: { readonly after?: readonly string[]; readonly impossible?: readonly RegExp[] }) {
  const { changes, impossible } = planUndo([{ change: written, now }], 7)
  expect(changes.map(({ before, after }) => ({ before, after }))).toEqual(expected.after === undefined ? [] : [{ before: now, after: expected.after }])
  expect(impossible.map(({ why }) => why)).toEqual((expected.impossible ?? []).map((pattern) => expect.stringMatching(pattern) as string))
  return changes[0]
}

describe('a list', () => {
  const written = change({ before: ['HTTP/a', 'HTTP/b'], after: ['HTTP/a', 'HTTP/c', 'HTTP/d'] })
  test('gets back what was taken and loses what was added', () => {
    expect(check(written, written.after, { after: ['HTTP/a', 'HTTP/b'] })?.reason).toBe('Takes back what run 7 wrote: It was planned.')
  })
  test('keeps what others added since, in whatever case our values are by now', () => {
    check(written, ['HTTP/A', 'http/C', 'HTTP/d', 'HTTP/theirs'], { after: ['HTTP/A', 'HTTP/theirs', 'HTTP/b'] })
  })
  test('names each value that is something else by now, and takes back the others', () => {
    check(written, ['HTTP/a', 'HTTP/b', 'HTTP/d'], { after: ['HTTP/a', 'HTTP/b'], impossible: [/HTTP\/c was taken/, /HTTP\/b was given back/] })
  })
  test('that is as before already is no change', () => {
    check(written, written.before, { impossible: [/HTTP\/c was taken/, /HTTP\/d was taken/, /HTTP\/b was given back/] })
  })
})

describe('bits', () => {
  const written = change({ attribute: 'userAccountControl', before: [String(0x1000 | unconstrained)], after: [String(0x1000 | anyProtocol)] })
  test('go back, and those of others stay', () => {
    check(written, [String(0x1002 | anyProtocol)], { after: [String(0x1002 | unconstrained)] })
  })
  test('that somebody has changed since stay as they are, the other one goes back', () => {
    check(written, [String(0x1000 | anyProtocol | unconstrained)], { after: [String(0x1000 | unconstrained)], impossible: [/changed since \(0x80000\)/] })
  })
  test('need the privilege only where they are bits of delegation', () => {
    expect(check(written, written.after, { after: written.before })?.needsPrivilege).toBe(true)
  })
})

describe('a single value', () => {
  const written = change({ attribute: 'msDS-SupportedEncryptionTypes', before: ['4'], after: ['28'] })
  test('goes back where it is as it was written', () => { check(written, ['28'], { after: ['4'] }) })
  test('stays where it is something else by now, and where it is as before', () => {
    check(written, ['24'], { impossible: [/another value since \(24\)/] })
    check(written, [], { impossible: [/another value since \(none\)/] })
    check(written, ['4'], { impossible: [/former value again/] })
  })
  test('of an account that is gone is not taken back', () => { check(written, null, { impossible: [/is gone/] }) })
  test('that there was none of is cleared', () => {
    check(change({ attribute: 'msDS-AllowedToActOnBehalfOfOtherIdentity', before: [], after: ['AQ=='] }), ['AQ=='], { after: [] })
  })
})

test('the script that takes back does so in the order that keeps sign-on whole: the list goes before the bit', () => {
  const planned = [change({ attribute: 'userAccountControl', before: ['4096'], after: [String(0x1000 | anyProtocol)] }), change({ before: [], after: ['HTTP/a'] })]
  expect(takeBack(planned).map(({ attribute, before, after }) => [attribute, before, after])).toEqual([['msDS-AllowedToDelegateTo', ['HTTP/a'], []], ['userAccountControl', [String(0x1000 | anyProtocol)], ['4096']]])
})

describe('over random worlds', () => {
  const spns = ['HTTP/a.contoso.test', 'HTTP/b.contoso.test', 'http/A.contoso.test', 'MSSQLSvc/db:1433'] as const
  const anySpn = fc.constantFrom(...spns)
  const list = fc.uniqueArray(anySpn, { selector: (spn) => spn.toLowerCase() })
  const bits = fc.subarray([unconstrained, anyProtocol, 0x2]).map((set) => set.reduce((sum, bit) => sum | bit, 0))
  const trustees = [sid('S-1-5-21-1-2-3-1001'), sid('S-1-5-21-1-2-3-1002'), sid('S-1-5-21-9-9-9-4711')] as const
  const trust = fc.option(fc.subarray([...trustees], { minLength: 1 }).map((sids) => descriptorFor(...sids)), { nil: null })
  const world = fc.record({ lists: fc.tuple(list, list), bits: fc.tuple(bits, bits), trust, types: fc.constantFrom(null, 0, 4, 0x18, 0x27), registered: fc.boolean() }).map((drawn) => {
    const connectors = drawn.lists.map((allowedToDelegateTo, index) => account(index + 1, `C${index + 1}$`, { allowedToDelegateTo, userAccountControl: 0x1000 | (drawn.bits[index] ?? 0) }))
    const service = account(3, 'svc', { encryptionTypes: drawn.types, servicePrincipalNames: drawn.registered ? [spns[0]] : [], ...(drawn.trust === null ? {} : { trust: trustOf(drawn.trust) }) })
    const owners = Object.fromEntries(spns.map((spn) => [spn, spn.toLowerCase() === spns[0].toLowerCase() && drawn.registered ? [service] : []]))
    return { facts: facts({ connectors: connectors.map((found) => connector(found)), applications: [application('A', spns[0])], owners }), accounts: [...connectors, service] }
  })
  const anyAccount = fc.constantFrom(guid(1), guid(2), guid(3))
  const intent: fc.Arbitrary<DelegationIntent> = fc.oneof(
    fc.record({ kind: fc.constantFrom('allowService' as const, 'disallowService' as const, 'registerService' as const, 'unregisterService' as const), account: anyAccount, spn: anySpn }),
    fc.record({ kind: fc.constantFrom('useAnyProtocol' as const, 'useKerberosOnly' as const, 'endUnconstrained' as const, 'allowAes' as const), account: anyAccount }),
    fc.record({ kind: fc.constantFrom('trustConnectors' as const, 'endTrust' as const), service: fc.constant(guid(3)), connectors: fc.subarray([...trustees]) }),
    fc.record({ kind: fc.constant('makeApplicationWork' as const), application: fc.constant('A'), way: fc.constantFrom('classic' as const, 'resourceBased' as const) }),
  )
  const intents = fc.array(intent, { minLength: 1, maxLength: 6 })
  const plan = ({ facts: read, accounts }: { readonly facts: DelegationFacts; readonly accounts: readonly PrincipalFacts[] }, wishes: readonly DelegationIntent[]) => planIntents(read, wishes, accounts).changes

  test('a plan and then its undo give the start', () => {
    fc.assert(fc.property(world, intents, (start, wishes) => {
      const planned = plan(start, wishes)
      const { changes, impossible } = planUndo(planned.map((written) => ({ change: written, now: written.after })), 1)
      expect(impossible).toEqual([])
      expect(changes).toHaveLength(planned.length)
      for (const written of planned) {
        const undone = changes.find(({ anchor, attribute }) => anchor === written.anchor && attribute === written.attribute)
        expect(undone !== undefined && sameDelegationValues(written.attribute, undone.after, written.before)).toBe(true)
      }
    }))
  })

  test('each attribute of an account changes once, to something else, and no bit but those of delegation is touched', () => {
    fc.assert(fc.property(world, intents, (start, wishes) => {
      const planned = plan(start, wishes)
      expect(new Set(planned.map(({ anchor, attribute }) => `${anchor} ${attribute}`)).size).toBe(planned.length)
      for (const { attribute, before, after } of planned) {
        expect(sameDelegationValues(attribute, before, after)).toBe(false)
        if (attribute === 'userAccountControl') expect((Number(before[0]) ^ Number(after[0])) & ~(unconstrained | anyProtocol)).toBe(0)
      }
    }))
  })

  test('the same reading and wishes give the same plan', () => {
    fc.assert(fc.property(world, intents, (start, wishes) => { expect(plan(start, wishes)).toEqual(plan(start, wishes)) }))
  })
})
