import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NameWish, WishesInput, WishesResult } from '../../src/main/engine/contract.ts'
import { giveNames, wishedAccountNames } from '../../src/main/engine/giveNames.ts'
import { childDn, dnKey } from '../../src/shared/domain/dn.ts'
import type { NameAttempt } from '../../src/shared/domain/decision.ts'
import { guestOu } from './world.ts'

const wishOf = (id: string, accountName: string, parts: Partial<NameWish> = {}): NameWish =>
  ({ metaverseId: id, dn: childDn('CN', id, guestOu), accountName, userPrincipalName: `${id}@contoso.com`, ...parts })

/** All wishes were looked up and nobody in the domain has them, unless the parts say something else. */
const inputOf = (wishes: readonly NameWish[], parts: Partial<WishesInput> = {}): WishesInput => ({
  wishes, changes: [], takenAccountNames: new Map(), lookedUpAccountNames: new Set(wishedAccountNames(wishes).map((name) => name.toLowerCase())),
  takenDns: new Map(), takenUserPrincipalNames: new Map(), ...parts,
})

const ownerOf = (name: string) => [name.toLowerCase(), { accountName: name, dn: `CN=${name},${guestOu}`, anchor: name }] as const

/** Asks until names are given, as the run does. */
function giveIn(domain: readonly string[], wishes: readonly NameWish[]): WishesResult & { readonly rounds: number; readonly asked: readonly string[] } {
  const asked = wishedAccountNames(wishes).map((name) => name.toLowerCase())
  for (let rounds = 1; rounds <= 17; rounds += 1) {
    const takenAccountNames = new Map(domain.map(ownerOf).filter(([key]) => asked.includes(key)))
    const result = giveNames(inputOf(wishes, { takenAccountNames, lookedUpAccountNames: new Set(asked) }))
    if (!('needs' in result)) return { ...result, rounds, asked }
    asked.push(...result.needs.map((name) => name.toLowerCase()))
  }
  throw new Error('giveNames never came to an end')
}

function outcomesOf(result: ReturnType<typeof giveNames>): WishesResult['outcomes'] {
  if ('needs' in result) throw new Error(`it asked for ${result.needs.join(', ')}`)
  return result.outcomes
}

describe('giveNames', () => {
  it('gives each its wish where nobody has it, in order of metaverse id whatever the order of the wishes', () => {
    const outcomes = outcomesOf(giveNames(inputOf([wishOf('b', 'bert'), wishOf('a', 'anna')])))
    expect([...outcomes]).toEqual([['a', { kind: 'given', accountName: 'anna' }], ['b', { kind: 'given', accountName: 'bert' }]])
  })

  it('asks for nothing but names that were not looked up, and gives none of them in that round', () => {
    const wishes = [wishOf('a', 'same'), wishOf('b', 'SAME')]
    const result = giveNames(inputOf(wishes))
    if (!('needs' in result)) throw new Error('it gave a name that the domain was not asked about')
    expect(result.needs).toEqual([...result.needs].sort())
    expect(result.needs.every((name) => /^SAME[0-9a-z]{2}$/.test(name))).toBe(true)
    const asked = new Set(['same', ...result.needs.map((name) => name.toLowerCase())])
    const second = outcomesOf(giveNames(inputOf(wishes, { lookedUpAccountNames: asked }))).get('b')
    expect(second?.kind === 'given' && result.needs.includes(second.accountName)).toBe(true)
  })

  it('says which account of the domain stands in the way of a DN, a userPrincipalName or every account name', () => {
    const wish = wishOf('a', 'anna')
    const [dnTaken, upnTaken, odd] = [
      giveNames(inputOf([wish], { takenDns: new Map([[dnKey(wish.dn), 'CN=other']]) })),
      giveNames(inputOf([wish], { takenUserPrincipalNames: new Map([['a@contoso.com', `CN=other,${guestOu}`]]) })),
      giveNames(inputOf([wish], { takenUserPrincipalNames: new Map([['a@contoso.com', 'no DN at all']]) })),
    ].map((result) => outcomesOf(result).get('a'))
    expect(dnTaken).toMatchObject({ kind: 'refused', reason: { kind: 'problem', problem: { kind: 'nameUnavailable', detail: { attribute: 'dn', takenBy: 'CN=other' } } } })
    expect(upnTaken).toEqual({ kind: 'refused', reason: { kind: 'joinNeedsDecision', dn: `CN=other,${guestOu}` } })
    expect(odd).toMatchObject({ kind: 'refused', reason: { kind: 'problem', problem: { kind: 'nameUnavailable', detail: { attribute: 'userPrincipalName' } } } })
  })

  it('keeps nothing for who is refused: neither the account name nor the userPrincipalName', () => {
    const dn = childDn('CN', 'taken', guestOu)
    const [refused, served] = [wishOf('a', 'same', { dn, userPrincipalName: 'same@contoso.com' }), wishOf('b', 'same', { userPrincipalName: 'SAME@contoso.com' })]
    const outcomes = outcomesOf(giveNames(inputOf([refused, served], { takenDns: new Map([[dnKey(dn), 'CN=x']]) })))
    expect([outcomes.get('a')?.kind, outcomes.get('b')]).toEqual(['refused', { kind: 'given', accountName: 'same' }])
  })

  it('tells what it tried for each person, the name that was given last', () => {
    const tried = new Map<string, readonly NameAttempt[]>()
    giveNames(inputOf([wishOf('a', 'anna')], { takenAccountNames: new Map([ownerOf('bert')]) }), (id, attempts) => tried.set(id, attempts))
    expect(tried.get('a')?.map(({ attribute, takenBy }) => [attribute, takenBy])).toEqual([['dn', null], ['userPrincipalName', null], ['sAMAccountName', null]])
    expect(tried.get('a')?.at(-1)?.name).toBe('anna')
  })

  it('looks each wish up once', () => {
    expect(wishedAccountNames([wishOf('b', 'x'), wishOf('a', 'x'), wishOf('c', 'a')])).toEqual(['a', 'x'])
  })

  const names = ['same', 'Same', 'other', 'x'.repeat(20), `${'x'.repeat(19)}y`]
  const wishes = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 }).chain((ids) => fc.tuple(...ids.map((id) => fc.constantFrom(...names).map((name) => wishOf(id, name)))))

  it('gives to each a name of its own that the domain was asked about and does not have, in few rounds', () => {
    fc.assert(fc.property(wishes, fc.subarray(names), (given, domain) => {
      const { outcomes, asked, rounds } = giveIn(domain, given)
      const taken = [...outcomes.values()].flatMap((outcome) => (outcome.kind === 'given' ? [outcome.accountName.toLowerCase()] : []))
      expect(taken).toHaveLength(given.length)
      expect(new Set(taken).size).toBe(taken.length)
      for (const name of taken) {
        expect(asked).toContain(name)
        expect(domain.map((held) => held.toLowerCase())).not.toContain(name)
        expect(name.length).toBeLessThanOrEqual(20)
      }
      expect(rounds).toBeLessThanOrEqual(16)
    }), { numRuns: 60 })
  })
})
