import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/shared/domain/canonicalJson.ts'
import type { Change } from '../../src/shared/domain/change.ts'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import { isWithin } from '../../src/shared/domain/dn.ts'
import type { AbsenceAnswer, Hold } from '../../src/shared/domain/lifecycle.ts'
import type { MetaverseObject } from '../../src/shared/domain/metaverse.ts'
import type { EngineSettings } from '../../src/main/engine/contract.ts'
import { applyChanges } from './applyChanges.ts'
import { summarize } from './check.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { account, dnOf, guest, guestOu, guidOf, personIdOf, shadowAccount, testSettings, world, type World } from './world.ts'

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

const absence = fc.constantFrom<AbsenceAnswer | null>(
  null, { kind: 'gone' }, { kind: 'softDeleted', deletedAt: null }, { kind: 'unclear', why: 'throttled' },
  { kind: 'present', userType: 'Guest', accountEnabled: true, isInGroup: false }, { kind: 'present', userType: 'Guest', accountEnabled: true, isInGroup: true }, { kind: 'present', userType: 'Member', accountEnabled: true, isInGroup: false },
)
const lifecycle = fc.dictionary(fc.constantFrom(...labels.map((name) => personIdOf(name))), fc.record({
  absence, undoneByOthers: fc.constantFrom([], ['sn']),
  hold: fc.constantFrom<Hold | null>(null, null, null, { metaverseId: '', cause: 'excluded', note: 'n', by: 'Eve', since: '2026-01-01T00:00:00Z' }),
}))
const leavers = fc.constantFrom<EngineSettings['leavers']>({ action: 'leave' }, { action: 'disable', deleteAfterDays: 30 }, { action: 'disableAndMove', ou: dnOf('OU=Left,DC=contoso,DC=local'), deleteAfterDays: null })

/** Everybody had a guest once: whoever of them has none now has left, proved or not. */
const formerPersons = fc.boolean().map((isSettled) => (isSettled ? synchronizeWorld(world({ guests: labels.map((name) => guest(name)) })).persons : []))
const randomWorld = fc.record({ guests, accounts, lifecycle, persons: formerPersons, leavers, otherNames: fc.subarray(labels.map((name) => guidOf(name).slice(0, 20))) })
  .map(({ leavers: action, persons, accounts: rows, ...parts }) => world({ ...parts, accounts: rows, persons: linkedTo(persons, rows), settings: testSettings({ leavers: action }) }))

/** As if the marked accounts had been found while their guests were there. */
function linkedTo(persons: readonly MetaverseObject[], rows: readonly ConnectorObject[]): readonly MetaverseObject[] {
  return persons.map((person) => {
    const marked = rows.filter(({ attributes }) => attributes['adminDescription']?.[0] === `User_${person.id.slice('entra:'.length)}`)
    const [only] = marked
    return only === undefined || marked.length > 1 ? person : { ...person, links: [...person.links, { connector: 'ad', anchor: only.anchor, origin: { kind: 'provisioned', rule: 'AD-B2B-OUT' } }] }
  })
}

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

  it('plans nothing more once everything was exported, but for the disables of blocked guests whose accounts have just become ours', () => {
    fc.assert(fc.property(randomWorld, (given) => {
      const first = synchronizeWorld(given)
      const after = applyChanges(given, first)
      const second = synchronizeWorld(after)
      const adopted = new Set(first.changes.filter(({ kind }) => kind === 'adopt').map(({ anchor }) => anchor))
      expect(second.changes.filter(({ kind, anchor, reason }) => kind !== 'disable' || !adopted.has(anchor) || reason.kind !== 'guestLeft' || reason.why !== 'blocked')).toEqual([])
      expect(synchronizeWorld(applyChanges(after, second)).changes).toEqual([])
    }))
  })

  it('never writes an account that is fenced off, and none twice', () => {
    fc.assert(fc.property(randomWorld, (given) => {
      const { changes } = synchronizeWorld(given)
      const anchors = changes.flatMap((change) => change.anchor ?? [])
      expect(new Set(anchors).size).toBe(anchors.length)
      expect(changes.every((change) => isWithin(change.dn, guestOu))).toBe(true)
      const held = changes.filter((change) => given.lifecycle[change.metaverseId]?.hold)
      expect(held).toEqual([])
      expect(fencedAnchors(given).filter((anchor) => anchors.some((written) => written === anchor))).toEqual([])
    }))
  })

  it('takes nothing from anybody without proof that the guest left or is blocked (sync-semantics 7)', () => {
    fc.assert(fc.property(randomWorld, (given) => {
      const harmed = synchronizeWorld(given).changes.filter((change) => change.kind === 'disable' || change.kind === 'delete')
      expect(harmed.filter((change) => !isProved(given, change.metaverseId))).toEqual([])
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

function isProved({ guests: rows, lifecycle: known }: World, metaverseId: string): boolean {
  const one = rows.find(({ anchor }) => `entra:${anchor}` === metaverseId)
  if (one !== undefined) return one.attributes['accountEnabled']?.[0] === false
  const answer = known[metaverseId]?.absence ?? null
  return answer?.kind === 'gone' || answer?.kind === 'softDeleted' || (answer?.kind === 'present' && answer.userType === 'Guest' && answer.isInGroup === false)
}

function fencedAnchors(given: World): readonly string[] {
  return given.accounts.filter(({ attributes }) => attributes['msDS-ObjectSoa'] !== undefined || attributes['adminCount'] !== undefined).map((one) => one.anchor)
}
