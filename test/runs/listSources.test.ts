import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { countGuestsByState } from '../../src/main/runs/guestRows.ts'
import { changeSource, guestSource, personSource } from '../../src/main/runs/listSources.ts'
import { countStoredPlan, readPlan, summarize } from '../../src/main/runs/plan.ts'
import { countForThresholds } from '../../src/main/runs/thresholds.ts'
import { createListViews } from '../../src/main/store/sqlite/listViews.ts'
import { planHeaderWatermark, type PendingExport, type StoreReader, type StoreWriter, type StoredSkip } from '../../src/main/store/store.ts'
import type { ListSource, ListViews } from '../../src/main/store/views.ts'
import type { GuestRow, GuestState } from '../../src/shared/domain/guestRow.ts'
import { account, changeOf, createOf, dn, guest, linkTo, morning, person } from '../store/rows.ts'
import { beginRun, emptyBatch, importAll, openReader, openWriter, temporaryWorkspace, writePersons } from '../store/worlds.ts'

const all = { text: '', facets: {}, sort: null }
const idOf = (number: number): string => person(number, {}).id
const fates = ['create', 'update', 'move', 'blockedInEntra', 'invitationPending', 'unchanged', 'noMatch'] as const
type Fate = (typeof fates)[number]

type Step =
  | { readonly kind: 'importGuests' | 'importAccounts'; readonly numbers: readonly number[] }
  | { readonly kind: 'synchronize'; readonly fates: readonly Fate[] }
  | { readonly kind: 'exclude' | 'release' | 'export' | 'purge'; readonly number: number }

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 6 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('importGuests' as const, 'importAccounts' as const), numbers }),
  fc.record({ kind: fc.constant('synchronize' as const), fates: fc.array(fc.constantFrom(...fates), { minLength: 6, maxLength: 6 }) }),
  fc.record({ kind: fc.constantFrom('exclude' as const, 'release' as const, 'export' as const, 'purge' as const), number: fc.integer({ min: 1, max: 6 }) }),
)

describe('the lists of the window', () => {
  it('are what the store says object by object, after every import, synchronisation, exclusion, export and purge', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const folder = temporaryWorkspace()
      const writer = await openWriter(folder)
      const reader = await openReader(folder)
      const lists = { guests: openList(guestSource(reader)), changes: openList(changeSource(reader)), persons: openList(personSource(reader)) }
      for (const one of steps) {
        await perform(writer, one)
        const expected = await guestsOneByOne(reader)
        expect((await rowsOf(lists.guests)).map(({ why: _why, ...row }) => row)).toEqual(expected)
        expect(await countGuestsByState(reader)).toEqual(Object.fromEntries(Object.entries(Object.groupBy(expected, ({ state }) => state)).map(([state, rows]) => [state, rows.length])))
        expect((await rowsOf(lists.changes)).map(({ metaverseId, hash }) => [metaverseId, hash])).toEqual((await reader.pendingBatch(null, 100)).map(({ change, hash }) => [change.metaverseId, hash]))
        expect((await rowsOf(lists.persons)).map(({ metaverseId }) => metaverseId)).toEqual((await reader.metaverseBatch(null, 100)).map(({ id }) => id))
        await expectSamePlan(reader)
      }
    }), { numRuns: 60 })
  }, 60_000)

  it('stay what they are while a run writes, and follow when it has ended', async () => {
    const folder = temporaryWorkspace()
    const writer = await openWriter(folder)
    const guests = openList(guestSource(await openReader(folder)))
    await importAll(writer, [guest(1)], 'entra')
    const run = await beginRun(writer, 'fullImport', 'entra')
    const before = await guests.open(all)
    await writer.stagePage(run, [guest(1), guest(2)])
    await writer.applyFullImport(run, 'entra', {})
    expect((await guests.open(all)).total).toBe(1)
    expect(guests.rows(before.view, 0, 10)).toHaveLength(1)
    await writer.endRun(run, { status: 'succeeded', endedAt: morning, counters: {}, problem: null })
    expect((await guests.open(all)).total).toBe(2)
    expect(guests.rows(before.view, 0, 10)).toBeNull()
  })
})

function openList<Row>(source: ListSource<Row>): ListViews<Row> {
  const views = createListViews(source)
  onTestFinished(() => views.closeAll())
  return views
}

async function rowsOf<Row>(list: ListViews<Row>): Promise<readonly Row[]> {
  const { view, total } = await list.open(all)
  const rows = list.rows(view, 0, 100)
  list.close(view)
  expect(rows).toHaveLength(total)
  return rows ?? []
}

async function perform(store: StoreWriter, one: Step): Promise<void> {
  switch (one.kind) {
    case 'importGuests': return void (await importAll(store, one.numbers.map((number) => guest(number, { displayName: [`Guest ${number}`] })), 'entra'))
    case 'importAccounts': return void (await importAll(store, one.numbers.map((number) => account(number))))
    case 'synchronize': return synchronize(store, one.fates)
    case 'exclude': await store.putHold({ metaverseId: idOf(one.number), cause: 'excluded', note: 'later', by: 'somebody', since: morning }); return store.removePending([idOf(one.number)])
    case 'release': return store.releaseHolds([idOf(one.number)])
    case 'export': return store.removePending([idOf(one.number)])
    case 'purge': return void (await store.purgePerson(idOf(one.number)))
  }
}

/** Whoever was imported becomes a person with both ends, or none at all; each number has the fate of its place. */
async function synchronize(store: StoreWriter, chosen: readonly Fate[]): Promise<void> {
  const [guests, accounts] = [await store.connectorBatch('entra', null, 100), await store.connectorBatch('ad', null, 100)]
  const present = [1, 2, 3, 4, 5, 6].filter((number) => guests.some(({ object }) => object.anchor === guest(number).anchor))
  const unmatched = present.filter((number) => chosen[number - 1] === 'noMatch')
  const persons = present.filter((number) => !unmatched.includes(number)).map((number) => {
    const own = accounts.filter(({ object }) => object.anchor === account(number).anchor).map(({ object }) => linkTo(object))
    return person(number, { uid: String(number) }, [linkTo(guest(number)), ...own])
  })
  const run = await writePersons(store, persons)
  await store.writeMetaverse(run, { ...emptyBatch, deletes: unmatched.map(idOf), disconnectors: unmatched.map((number) => ({ connector: 'entra', anchor: guest(number).anchor, reason: { kind: 'noMatch' } })) })
  await store.beginPending(run)
  const decided = present.map((number) => decide(run, number, chosen[number - 1] ?? 'unchanged'))
  await store.addPending(run, decided.flatMap(({ pending }) => pending), decided.flatMap(({ skip }) => skip))
  await store.setWatermark(planHeaderWatermark, JSON.stringify({ runs: { synchronization: run } }))
  await store.commitPending(run)
  await store.endRun(run, { status: 'succeeded', endedAt: morning, counters: {}, problem: null })
}

function decide(run: number, number: number, fate: Fate): { readonly pending: readonly PendingExport[]; readonly skip: readonly StoredSkip[] } {
  const pendingOf = (change: PendingExport['change']) => ({ pending: [{ run, change, hash: `hash ${run} ${number}` }], skip: [] })
  switch (fate) {
    case 'create': return pendingOf(createOf(number))
    case 'update': return pendingOf(changeOf(number, 'update', number % 2 === 0 ? dn(`CN=renamed ${number},DC=contoso,DC=local`) : null))
    case 'move': return pendingOf(changeOf(number, 'move', dn(`CN=account ${number},OU=Other,DC=contoso,DC=local`)))
    case 'noMatch': return { pending: [], skip: [] }
    case 'blockedInEntra': case 'invitationPending': case 'unchanged': return { pending: [], skip: [{ metaverseId: idOf(number), reason: { kind: fate } }] }
  }
}

/** By questions about single objects, none of which the lists ask. */
async function guestsOneByOne(store: StoreReader): Promise<readonly Omit<GuestRow, 'why'>[]> {
  return Promise.all((await store.connectorBatch('entra', null, 100)).map(async ({ object, metaverseId, disconnector }) => {
    const owner = metaverseId === null ? null : await store.metaverseObject(metaverseId)
    const link = owner?.links.find(({ connector }) => connector === 'ad')
    const held = link === undefined ? null : await store.connectorRow('ad', link.anchor)
    const [pending, skip] = metaverseId === null ? [null, null] : [await store.pendingExport(metaverseId), await store.skip(metaverseId)]
    const state: GuestState = disconnector !== null ? 'outOfScope' : pending !== null ? (pending.change.kind === 'create' ? 'willGetAccount' : 'willChange')
      : skip?.reason.kind === 'blockedInEntra' ? 'blocked' : skip?.reason.kind === 'invitationPending' ? 'pendingInvitation' : held === null ? 'notSynchronized' : 'hasAccount'
    return { id: object.anchor, state, displayName: `${object.attributes['displayName']?.[0]}`, company: null, userPrincipalName: null, mail: null, account: held?.object.dn ?? null }
  }))
}

/** Hash, counts and thresholds from the hashes alone are those of the changes themselves. */
async function expectSamePlan(store: StoreReader): Promise<void> {
  const plan = await readPlan(store)
  if (plan === null) return
  const changes: PendingExport['change'][] = []
  for await (const { change } of plan.lines()) changes.push(change)
  expect({ hash: plan.hash, counts: plan.counts }).toEqual(await summarize(plan.header, plan.lines()))
  expect(await countStoredPlan(store, plan.counts)).toEqual(countForThresholds(changes))
}
