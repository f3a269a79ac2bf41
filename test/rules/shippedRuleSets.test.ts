import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/shared/domain/attributes.ts'
import { valuesOf } from '../../src/shared/domain/attributes.ts'
import type { CompiledFlow, CompiledRuleSet } from '../../src/main/rules/compiled.ts'
import { parametersOf } from '../../src/main/rules/parametersOf.ts'
import { parseRuleSet } from '../../src/main/rules/parseRuleSet.ts'
import { shippedRuleSets } from '../../src/main/rules/shippedRuleSets.ts'

function readShipped(name: keyof typeof shippedRuleSets): CompiledRuleSet {
  const parsed = parseRuleSet(shippedRuleSets[name])
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem))
  return parsed.value
}

const rules = readShipped('guestbridge')
const [fromEntra, fromAd] = rules.inbound
const [toAd] = rules.outbound

function flow(flows: readonly CompiledFlow[] | undefined, attributes: Readonly<Record<string, readonly Value[]>>): Readonly<Record<string, unknown>> {
  const evaluated = (flows ?? []).map((one) => [one.to, one.expression.evaluate({
    read: (name) => valuesOf(attributes, name),
    parameter: (name) => (name.toLowerCase() === 'guestou' ? 'OU=Guests,DC=contoso,DC=local' : null),
    now: '2026-11-23T10:00:00Z', seed: ''
  })] as const)
  return Object.fromEntries(evaluated.map(([to, result]) => [to, result.ok ? result.value : result.problem.message]))
}

const guest = {
  id: ['5f0c1e5a-6c1b-4f0e-9f8e-0d9a3c1b2a4d'], userType: ['Guest'], userPrincipalName: ['anna_fabrikam.com#EXT#@contoso.onmicrosoft.com'],
  displayName: ['Anna Å'], mail: ['anna@fabrikam.com'], accountEnabled: [true], externalUserState: ['Accepted']
}

describe('the guestbridge rule set', () => {
  it('makes a person of a guest', () => {
    expect(flow(fromEntra?.flows, guest)).toEqual({
      uid: guest.id, cn: guest.id, mark: [`User_${guest.id[0]}`], accountName: ['5f0c1e5a-6c1b-4f0e-9'], userPrincipalName: guest.userPrincipalName,
      displayName: ['Anna Å'], sn: [], email: ['anna@fabrikam.com'], firstName: [], employeeType: ['Guest'], company: [], accountEnabled: [true], externalUserState: ['Accepted']
    })
  })

  it('leaves guests alone who are synchronised from a directory or provisioned by Cloud Sync (5)', () => {
    expect(fromEntra?.scope).toEqual([[
      { attribute: 'userType', operator: 'EQUAL', value: 'Guest' },
      { attribute: 'onPremisesSyncEnabled', operator: 'NOTEQUAL', value: true },
      { attribute: 'onPremisesSecurityIdentifier', operator: 'ISNULL' }
    ]])
  })

  it('takes only objectSID and accountName from Active Directory, which has precedence for the account name (1, 2)', () => {
    expect(fromAd?.flows.map((one) => one.to)).toEqual(['objectSID', 'accountName'])
    expect(rules.precedenceOf('accountName', 'AD-B2B-IN')).toBeLessThan(rules.precedenceOf('accountName', 'Entra-B2B-IN'))
  })

  it('tries every account of the managed OUs against mark, name, SID and user principal name in this order (9, 10)', () => {
    expect(fromAd?.scope).toEqual([])
    expect(fromAd?.create).toBe(false)
    expect(fromAd?.join.map((one) => `${one.connectorAttribute} = ${one.metaverseAttribute}`)).toEqual(['adminDescription = mark', 'cn = uid', 'objectSid = objectSID', 'userPrincipalName = userPrincipalName'])
  })

  it('makes the account of a person', () => {
    const person = Object.fromEntries(Object.entries(flow(fromEntra?.flows, guest)).map(([name, values]) => [name, values as readonly Value[]]))
    expect(flow(toAd?.flows, person)).toEqual({
      dn: ['CN=5f0c1e5a-6c1b-4f0e-9f8e-0d9a3c1b2a4d,OU=Guests,DC=contoso,DC=local'], userAccountControl: [262_656], unicodePwd: [], sAMAccountName: ['5f0c1e5a-6c1b-4f0e-9'],
      userPrincipalName: guest.userPrincipalName, displayName: ['Anna Å'], sn: [], givenName: [], mail: ['anna@fabrikam.com'], employeeType: ['Guest'], adminDescription: [`User_${guest.id[0]}`]
    })
  })

  it('refuses to name an account of nobody', () => {
    expect(flow(toAd?.flows, {})).toMatchObject({ dn: 'EscapeDNComponent: an object cannot be named by an empty text.' })
  })

  it('writes dn, userAccountControl, password and account name at creation only (2, 3), and clears only what may be empty', () => {
    expect(toAd?.flows.filter((one) => one.initialOnly).map((one) => one.to)).toEqual(['dn', 'userAccountControl', 'unicodePwd', 'sAMAccountName'])
    expect(toAd?.flows.filter((one) => one.allowNull).map((one) => one.to)).toEqual(['displayName', 'sn', 'givenName', 'mail'])
    expect(toAd?.flows.filter((one) => one.isGenerated).map((one) => one.to)).toEqual(['unicodePwd'])
  })

  it('needs one parameter: the guest OU', () => {
    expect(parametersOf(rules)).toEqual(['GuestOu'])
  })

  it('contributes to every attribute of its metaverse', () => {
    const contributed = new Set(rules.inbound.flatMap((rule) => rule.flows.map((one) => one.to)))
    expect(Object.keys(rules.source.metaverse['person']?.attributes ?? {}).filter((name) => !contributed.has(name))).toEqual([])
  })
})
