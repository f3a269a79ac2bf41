import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/shared/domain/canonicalJson.ts'
import type { Change } from '../../src/shared/domain/change.ts'
import { isWithin } from '../../src/shared/domain/dn.ts'
import { applyChanges } from './applyChanges.ts'
import { summarize } from './check.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { account, guest, guestOu, guidOf, shadowAccount, world, type World } from './world.ts'

const labels = ['partners1', 'partners2', 'partners3', 'anna', 'bert']
const upnOf = (label: string) => `${label}_fabrikam.com#EXT#@contoso.onmicrosoft.com`
const label = fc.constantFrom(...labels)

const guests = fc.uniqueArray(fc.record({
  label,
  row: fc.record({
    userType: fc.constantFrom('Guest', 'Guest', 'Member'), accountEnabled: fc.constantFrom(true, true, false), onPremisesSyncEnabled: fc.constantFrom(null, null, true),
    surname: fc.constantFrom(null, '', 'One', 'ONE', 'x'.repeat(65)), mail: fc.constantFrom(null, 'm@fabrikam.com'),
  }),
}), { selector: (entry) => entry.label }).map((entries) => entries.map((entry) => guest(entry.label, entry.row)))

/** Ours, right or drifted; another tool's; found by name; with a mark of somebody else. */
const accounts = fc.uniqueArray(fc.record({
  label: fc.constantFrom(...labels, 'x', 'y'),
  of: label,
  kind: fc.constantFrom('ours', 'byName', 'marked', 'foreign', 'privileged', 'stranger'),
  sn: fc.constantFrom(null, 'One', 'Other'),
}), { selector: (entry) => entry.label }).map((entries) => entries.map((entry) => {
  const common = { sn: entry.sn, cn: `account ${entry.label}` }
  switch (entry.kind) {
    case 'ours': return { ...shadowAccount(entry.of, { sn: entry.sn, cn: entry.label }), anchor: guidOf(`ad-${entry.label}`) }
    case 'byName': return account(entry.label, { ...common, userPrincipalName: upnOf(entry.of) })
    case 'marked': return account(entry.label, { ...common, adminDescription: `User_${guidOf(entry.of)}` })
    case 'foreign': return account(entry.label, { ...common, userPrincipalName: upnOf(entry.of), 'msDS-ObjectSoa': 'AAD' })
    case 'privileged': return account(entry.label, { ...common, userPrincipalName: upnOf(entry.of), adminCount: 1 })
    case 'stranger': return account(entry.label, common)
  }
}))

const randomWorld = fc.record({ guests, accounts, otherNames: fc.subarray(labels.map((name) => guidOf(name).slice(0, 20))) }).map((parts) => world(parts))

function shuffle<Item>(items: readonly Item[], ranks: Iterator<number>): readonly Item[] {
  return items.map((item) => ({ item, rank: Number(ranks.next().value) })).toSorted((left, right) => left.rank - right.rank).map(({ item }) => item)
}

const byPerson = (changes: readonly Change[]) => changes.toSorted((left, right) => (left.metaverseId < right.metaverseId ? -1 : 1))

describe('synchronising any world', () => {
  it('plans the same changes in whatever order the imports brought the objects', () => {
    fc.assert(fc.property(randomWorld, fc.infiniteStream(fc.nat()), (given, ranks) => {
      const [first, second] = [synchronizeWorld(given), synchronizeWorld({ ...given, guests: shuffle(given.guests, ranks), accounts: shuffle(given.accounts, ranks) })]
      expect(canonicalJson(byPerson(second.changes))).toBe(canonicalJson(byPerson(first.changes)))
      expect(summarize(second)).toEqual(summarize(first))
    }))
  })

  it('plans the same again as long as nothing was exported', () => {
    fc.assert(fc.property(randomWorld, (given) => {
      const first = synchronizeWorld(given)
      const second = synchronizeWorld({ ...given, persons: first.persons })
      expect(byPerson(second.changes)).toEqual(byPerson(first.changes))
      expect(second.persons).toEqual(first.persons)
    }))
  })

  it('plans nothing more once everything was exported', () => {
    fc.assert(fc.property(randomWorld, (given) => {
      const first = synchronizeWorld(given)
      expect(synchronizeWorld(applyChanges(given, first)).changes).toEqual([])
    }))
  })

  it('never writes an account that is fenced off, and none twice', () => {
    fc.assert(fc.property(randomWorld, (given) => {
      const { changes } = synchronizeWorld(given)
      const anchors = changes.flatMap((change) => change.anchor ?? [])
      expect(new Set(anchors).size).toBe(anchors.length)
      expect(changes.every((change) => isWithin(change.dn, guestOu))).toBe(true)
      expect(fencedAnchors(given).filter((anchor) => anchors.some((written) => written === anchor))).toEqual([])
    }))
  })

  it('gives no two new accounts a name in common with each other or with the domain', () => {
    fc.assert(fc.property(randomWorld, (given) => {
      const created = synchronizeWorld(given).changes.filter((change) => change.kind === 'create')
      const names = created.map((change) => String(change.attributes.find((attribute) => attribute.name === 'sAMAccountName')?.after[0]).toLowerCase())
      const inUse = [...given.otherNames, ...given.accounts.map((one) => String(one.attributes['sAMAccountName']?.[0]))].map((name) => name.toLowerCase())
      expect(new Set(names).size).toBe(names.length)
      expect(names.filter((name) => inUse.includes(name))).toEqual([])
    }))
  })
})

function fencedAnchors(given: World): readonly string[] {
  return given.accounts.filter(({ attributes }) => attributes['msDS-ObjectSoa'] !== undefined || attributes['adminCount'] !== undefined).map((one) => one.anchor)
}
