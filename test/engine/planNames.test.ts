import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change, CreateChange } from '../../src/shared/domain/change.ts'
import { childDn, dnKey } from '../../src/shared/domain/dn.ts'
import type { CreateRequest, NamesInput, NamesResult } from '../../src/main/engine/contract.ts'
import { nameLookups, planNames } from '../../src/main/engine/planNames.ts'
import { guestOu, guidOf, testSettings } from './world.ts'

const settings = testSettings()
const from = { rule: 'r', source: 's', connector: null }

function request(label: string, accountName: string, userPrincipalName = `${label}@contoso.com`): CreateRequest {
  const change: CreateChange = {
    kind: 'create', metaverseId: `entra:${guidOf(label)}`, anchor: null, dn: childDn('CN', label, guestOu), rule: 'r', reason: { kind: 'guestWithoutAccount' }, undo: { kind: 'disablesAccount' },
    subject: { displayName: null, company: null, userPrincipalName, mail: null, entraId: guidOf(label) },
    attributes: [{ name: 'sAMAccountName', before: [], after: [accountName], from }, { name: 'userPrincipalName', before: [], after: [userPrincipalName], from }],
  }
  return { metaverseId: change.metaverseId, change }
}

function input(requests: readonly CreateRequest[], parts: Partial<NamesInput> = {}): NamesInput {
  return { requests, takenAccountNames: new Map(), lookedUpAccountNames: new Set(nameLookups(requests).map((name) => name.toLowerCase())), takenDns: new Map(), takenUserPrincipalNames: new Map(), ...parts }
}

/** Answers every question from a domain, as the run does; says how often it was asked. */
function planIn(domain: readonly string[], requests: readonly CreateRequest[]): NamesResult & { readonly rounds: number } {
  const owners = new Map(domain.map((name) => [name.toLowerCase(), { accountName: name, dn: `CN=${name}`, anchor: name }]))
  let lookedUp = nameLookups(requests).map((name) => name.toLowerCase())
  for (let rounds = 1; rounds <= 17; rounds += 1) {
    const takenAccountNames = new Map([...owners].filter(([name]) => lookedUp.includes(name)))
    const result = planNames(settings, input(requests, { takenAccountNames, lookedUpAccountNames: new Set(lookedUp) }))
    if (!('needs' in result)) return { ...result, rounds }
    lookedUp = [...lookedUp, ...result.needs.map((name) => name.toLowerCase())]
  }
  throw new Error('planNames never came to an end')
}

const nameOf = (change: Change) => String(change.attributes.find((attribute) => attribute.name === 'sAMAccountName')?.after[0])
const namesOf = ({ decisions }: NamesResult) => decisions.flatMap((decision) => (decision.kind === 'change' ? [nameOf(decision.change)] : []))

describe('planNames', () => {
  it('gives each its wish where nobody has it', () => {
    const result = planIn([], [request('anna', 'anna'), request('bert', 'bert')])
    expect(namesOf(result)).toEqual(['anna', 'bert'])
    expect(result.rounds).toBe(1)
    expect(result.attempts.get(`entra:${guidOf('anna')}`)).toEqual([
      { attribute: 'dn', name: `CN=anna,${guestOu}`, takenBy: null },
      { attribute: 'userPrincipalName', name: 'anna@contoso.com', takenBy: null },
      { attribute: 'sAMAccountName', name: 'anna', takenBy: null },
    ])
  })

  it('asks the domain before it takes a name that nobody wished for', () => {
    const requests = [request('anna', 'same'), request('bert', 'SAME')]
    const result = planNames(settings, input(requests))
    expect(result).toEqual({ needs: expect.arrayContaining([expect.stringMatching(/^SAME[0-9a-z]{2}$/)]) })
  })

  it('serves the lower metaverse id first, case ignored, and says who had the name', () => {
    const result = planIn([], [request('bert', 'SAME'), request('anna', 'same')])
    expect(namesOf(result)[0]).toBe('same')
    expect(namesOf(result)[1]).toMatch(/^SAME[0-9a-z]{2}$/)
    expect(result.attempts.get(`entra:${guidOf('bert')}`)?.find((attempt) => attempt.name === 'SAME')?.takenBy).toBe(`entra:${guidOf('anna')}`)
  })

  it('changes nothing of a create but the account name', () => {
    const wished = request('anna', 'taken')
    const [decision] = planIn(['taken'], [wished]).decisions
    const name = decision?.kind === 'change' ? nameOf(decision.change) : ''
    expect(decision).toEqual({ kind: 'change', change: { ...wished.change, attributes: [{ ...wished.change.attributes[0], after: [name] }, wished.change.attributes[1]] } })
    expect(name).toMatch(/^taken[0-9a-z]{2}$/)
  })

  it('gives up where all its names are taken, and says so', () => {
    const attempts = planIn([], [request('anna', 'x')]).attempts
    expect(attempts.size).toBe(1)
    const everySuffix = Array.from({ length: 1296 }, (_, index) => `x${index.toString(36).padStart(2, '0')}`)
    const result = planIn(['x', ...everySuffix], [request('anna', 'x')])
    expect(result.decisions).toMatchObject([{ kind: 'skip', reason: { kind: 'problem', problem: { kind: 'nameUnavailable', detail: { attribute: 'sAMAccountName' } } } }])
    expect(result.rounds).toBeLessThanOrEqual(17)
  })

  it('names who has the DN', () => {
    const one = request('anna', 'anna')
    const result = planNames(settings, input([one], { takenDns: new Map([[dnKey(one.change.dn), 'CN=somebody']]) }))
    expect(result).toMatchObject({ decisions: [{ kind: 'skip', reason: { kind: 'problem', problem: { kind: 'nameUnavailable', detail: { attribute: 'dn', takenBy: 'CN=somebody' } } } }] })
  })

  it('asks what to do where an account has the userPrincipalName', () => {
    const result = planNames(settings, input([request('anna', 'anna', 'Anna@contoso.com')], { takenUserPrincipalNames: new Map([['anna@contoso.com', 'CN=x,DC=y']]) }))
    expect(result).toMatchObject({ decisions: [{ kind: 'skip', reason: { kind: 'joinNeedsDecision', dn: 'CN=x,DC=y' } }] })
  })

  it('gives one userPrincipalName and one DN to one account of the plan', () => {
    const twins = [request('anna', 'a', 'same@contoso.com'), request('bert', 'b', 'SAME@contoso.com')]
    expect(planIn([], twins).decisions).toMatchObject([{ kind: 'change' }, { kind: 'skip', reason: { problem: { detail: { attribute: 'userPrincipalName', takenBy: `entra:${guidOf('anna')}` } } } }])
    const [first, second] = [request('anna', 'a'), request('bert', 'b')]
    const sameDn = [first, { ...second, change: { ...second.change, dn: first.change.dn } }]
    expect(planIn([], sameDn).decisions).toMatchObject([{ kind: 'change' }, { kind: 'skip', reason: { problem: { detail: { attribute: 'dn' } } } }])
  })

  it('keeps the names of those who are refused free', () => {
    const refused = request('anna', 'same')
    const result = planNames(settings, input([refused, request('bert', 'same')], { takenDns: new Map([[dnKey(refused.change.dn), 'x']]) }))
    expect('needs' in result ? [] : namesOf(result)).toEqual(['same'])
  })

  const randomRequests = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 })
    .chain((labels) => fc.tuple(...labels.map((label) => fc.constantFrom('same', 'Same', 'other', 'x'.repeat(20), `${'x'.repeat(19)}y`).map((wish) => request(label, wish)))))

  it('gives different names to all, none that the domain has, in whatever order they come', () => {
    fc.assert(fc.property(randomRequests, fc.subarray(['same', 'OTHER', 'x'.repeat(20)]), fc.infiniteStream(fc.nat()), (requests, domain, ranks) => {
      const result = planIn(domain, requests)
      const names = namesOf(result).map((name) => name.toLowerCase())
      expect(names).toHaveLength(requests.length)
      expect(new Set([...names, ...domain.map((name) => name.toLowerCase())]).size).toBe(names.length + domain.length)
      expect(names.every((name) => name.length <= 20)).toBe(true)
      const shuffled = requests.map((one) => ({ one, rank: ranks.next().value ?? 0 })).toSorted((left, right) => left.rank - right.rank).map(({ one }) => one)
      expect(planIn(domain, shuffled)).toEqual(result)
    }), { numRuns: 60 })
  })
})
