import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../src/shared/domain/change.ts'
import { recordConsequences, type DoneWrite } from '../../src/main/runs/export/recordConsequences.ts'
import { openStoreWriter } from '../../src/main/store/sqlite/openStore.ts'
import type { StoreWriter } from '../../src/main/store/store.ts'
import { dn, guid, updateOf } from './sampleChanges.ts'

const consequences = { deleteAfterDays: 30, approvedBy: 'ana@station' }
const at = '2026-11-20T08:00:00.000Z'
const id = `entra:${guid(1)}`
const leaving = updateOf(1, { kind: 'disable', reason: { kind: 'guestLeft', why: 'softDeleted' } })

describe('what follows from a write', () => {
  let folder: string
  let store: StoreWriter
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-consequences-'))
    const opened = await openStoreWriter(folder, { metaverseIndex: [] })
    if (!opened.ok) throw new Error(opened.problem.message)
    store = opened.value
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  const write = (change: Change, more: Partial<DoneWrite> = {}) => recordConsequences(store, consequences, { run: 7, change, action: 'setUserAccountControl', isLast: true, anchor: guid(1), at, ...more })
  const ownDisable = async () => (await store.ownDisables([id])).get(id) ?? null

  it('a disable of ours is remembered with its reason and the day of deletion', async () => {
    await write(leaving)
    expect(await ownDisable()).toEqual({ metaverseId: id, anchor: guid(1), run: 7, disabledAt: at, reason: 'softDeleted', movedFrom: null, deleteDue: '2026-12-20T08:00:00.000Z' })
  })

  it('a disable counts from its bit on, even where the move that follows never came', async () => {
    await write(leaving, { isLast: false })
    expect(await ownDisable()).not.toBeNull()
  })

  it('the move after it keeps the day, and says where the account was', async () => {
    const moving = { ...leaving, newDn: dn('CN=a,OU=Leavers,DC=contoso,DC=test') }
    await write(moving, { isLast: false })
    await write(moving, { action: 'move', at: '2026-11-20T09:00:00.000Z' })
    expect(await ownDisable()).toMatchObject({ disabledAt: at, movedFrom: moving.dn })
  })

  it('asked again after a crash, nothing changes', async () => {
    await write(leaving)
    await write(leaving, { run: 9, at: '2026-11-25T08:00:00.000Z' })
    expect(await ownDisable()).toMatchObject({ run: 7, disabledAt: at })
  })

  it.each(['enable', 'delete', 'restore'] as const)('the disable is over with a %s', async (kind) => {
    await write(leaving)
    await write(updateOf(1, { kind }), { isLast: false })
    expect(await ownDisable()).not.toBeNull()
    await write(updateOf(1, { kind }))
    expect(await ownDisable()).toBeNull()
  })

  it('a disable that undoes a create is no leaver: it is put on hold instead', async () => {
    await write(updateOf(1, { kind: 'disable', reason: { kind: 'undone', run: 5, of: 'create' } }))
    expect(await ownDisable()).toBeNull()
    expect(await store.holds()).toEqual([{ metaverseId: id, cause: 'undone', note: 'the create of run 5 was undone', by: 'ana@station', since: at }])
  })

  it('without deletion in the lifecycle none falls due', async () => {
    await recordConsequences(store, { ...consequences, deleteAfterDays: null }, { run: 7, change: leaving, action: 'setUserAccountControl', isLast: true, anchor: guid(1), at })
    expect(await ownDisable()).toMatchObject({ deleteDue: null })
  })
})
