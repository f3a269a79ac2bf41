import { expect, test } from 'vitest'
import type { Hold, JoinDecision, OwnDisable } from '../../../src/shared/domain/lifecycle.ts'
import { dn, guest, guid, morning, person } from '../rows.ts'
import { beginRun, importAll, openReader, openWriter, temporaryWorkspace } from '../worlds.ts'

const idOf = (number: number) => person(number, {}).id
const disable = (number: number, deleteDue: string | null): OwnDisable => ({
  metaverseId: idOf(number), anchor: guid(number), run: 1, disabledAt: morning, reason: 'softDeleted', movedFrom: number === 1 ? dn('OU=Guests,DC=contoso,DC=local') : null, deleteDue,
})

test('keeps our disables until they are taken back, the newest word about each person', async () => {
  const store = await openWriter()
  await store.putOwnDisable(disable(1, null))
  await store.putOwnDisable(disable(2, null))
  await store.putOwnDisable({ ...disable(2, null), reason: 'blocked' })
  expect([...await store.ownDisables([idOf(1), idOf(2), idOf(3)])]).toEqual([[idOf(1), disable(1, null)], [idOf(2), { ...disable(2, null), reason: 'blocked' }]])
  await store.removeOwnDisables([idOf(1)])
  expect([...(await store.ownDisables([idOf(1), idOf(2)])).keys()]).toEqual([idOf(2)])
})

test('names whose deletion falls due until an instant, however it is written, and never who is never deleted', async () => {
  const store = await openWriter()
  await store.putOwnDisable(disable(1, '2026-04-01T00:00:00.000Z'))
  await store.putOwnDisable(disable(2, '2026-03-31T23:59:59Z'))
  await store.putOwnDisable(disable(3, '2026-04-01T00:00:00.001Z'))
  await store.putOwnDisable(disable(4, null))
  expect((await store.dueDisables('2026-04-01T02:00:00+02:00')).map(({ metaverseId }) => metaverseId)).toEqual([idOf(2), idOf(1)])
})

test('keeps holds until they are released, and decisions about joins until they are taken back, for other processes too', async () => {
  const folder = temporaryWorkspace()
  const store = await openWriter(folder)
  const hold = (number: number): Hold => ({ metaverseId: idOf(number), cause: 'excluded', note: 'not yet', by: 'anna', since: morning })
  const decision = (number: number): JoinDecision => ({ anchor: guid(number), decision: { kind: 'disconnect', metaverseId: idOf(9) }, note: '', by: 'anna', at: morning })
  for (const number of [2, 1]) {
    await store.putHold(hold(number))
    await store.putJoinDecision(decision(number))
  }
  const leaveAlone: JoinDecision = { ...decision(2), decision: { kind: 'leaveAlone' } }
  await store.putJoinDecision(leaveAlone)
  const reader = await openReader(folder)
  expect(await reader.holds()).toEqual([hold(1), hold(2)])
  expect(await reader.joinDecisions()).toEqual([decision(1), leaveAlone])
  await store.releaseHolds([idOf(1)])
  await store.removeJoinDecision(guid(1))
  expect(await reader.holds()).toEqual([hold(2)])
  expect(await reader.joinDecisions()).toEqual([leaveAlone])
})

test('an answer about an absence holds until the next one, or until a full import shows the guest again', async () => {
  const store = await openWriter()
  const run = await beginRun(store, 'proveAbsence', 'entra')
  await store.storeAbsences(run, new Map([[guid(1), { kind: 'unclear', why: 'timed out' }], [guid(2), { kind: 'gone' }]]))
  await store.storeAbsences(run, new Map([[guid(1), { kind: 'softDeleted', deletedAt: morning }]]))
  expect([...await store.absences([guid(1), guid(2), guid(3)])]).toEqual([[guid(1), { kind: 'softDeleted', deletedAt: morning }], [guid(2), { kind: 'gone' }]])
  await importAll(store, [guest(1)], 'entra')
  expect([...(await store.absences([guid(1), guid(2)])).keys()]).toEqual([guid(2)])
})

test('tells the objects behind a counter, in batches that never part what is said of one object', async () => {
  const store = await openWriter()
  const run = await beginRun(store, 'fullSync', null)
  const of = (counter: 'joins' | 'connectorsWithFlowUpdates', number: number) => ({ counter, connector: 'metaverse' as const, id: idOf(number) })
  await store.addRunObjects(run, [of('joins', 3), of('joins', 1), of('joins', 2)])
  await store.addRunObjects(run, [of('connectorsWithFlowUpdates', 1), of('joins', 1)])
  expect(await store.objectsOfRun(run, 'joins', null, 2)).toEqual([of('joins', 1), of('joins', 2)])
  expect(await store.objectsOfRun(run, 'joins', idOf(2), 2)).toEqual([of('joins', 3)])
  expect(await store.objectsOfRun(run, null, null, 1)).toEqual([of('connectorsWithFlowUpdates', 1), of('joins', 1)])
  expect(await store.objectsOfRun(run, null, idOf(1), 9)).toEqual([of('joins', 2), of('joins', 3)])
  expect(await store.objectsOfRun(run + 1, null, null, 9)).toEqual([])
})

test('a full import notes what it added, updated, renamed and deleted', async () => {
  const store = await openWriter()
  await importAll(store, [guest(1), guest(2), guest(3)], 'entra')
  const { run, counters } = await importAll(store, [guest(1), guest(2, { mail: ['x'] }), guest(4)], 'entra')
  expect(counters).toMatchObject({ stagingAdds: 1, stagingUpdates: 1, stagingDeletes: 1, stagingUnchanged: 1 })
  expect((await store.objectsOfRun(run, null, null, 9)).map(({ counter, id }) => [counter, id])).toEqual([
    ['stagingUpdates', guid(2)], ['stagingDeletes', guid(3)], ['stagingAdds', guid(4)],
  ])
})
