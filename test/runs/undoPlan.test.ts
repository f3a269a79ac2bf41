import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attributes } from '../../src/shared/domain/attributes.ts'
import type { Change } from '../../src/shared/domain/change.ts'
import type { Dn } from '../../src/shared/domain/ids.ts'
import { succeed } from '../../src/shared/domain/result.ts'
import { hashChange } from '../../src/main/runs/planHash.ts'
import { readPlanFile, writePlanFile } from '../../src/main/runs/planFile.ts'
import { makeUndoPlan, type UndoRequest } from '../../src/main/runs/undoPlan.ts'
import { openStoreWriter } from '../../src/main/store/sqlite/openStore.ts'
import type { JournalAction, StoreWriter } from '../../src/main/store/store.ts'
import { createOf, dn, guid, header, updateOf } from './sampleChanges.ts'

const at = '2026-11-20T08:00:00.000Z'
const ou = dn('OU=Guests,DC=contoso,DC=test')

describe('the undo of an export', () => {
  let folder: string
  let store: StoreWriter
  let run: number
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-undo-'))
    const opened = await openStoreWriter(folder, { metaverseIndex: [] })
    if (!opened.ok) throw new Error(opened.problem.message)
    store = opened.value
    run = await store.beginRun({ profile: 'export', step: 'export', connector: 'ad', startedAt: at })
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  const written = async (change: Change, number: number, action: JournalAction, outcome: 'done' | 'refused' = 'done') => {
    const id = await store.journalBefore({ run, planHash: 'p', changeHash: hashChange(change), change, action, isLast: true, dn: change.dn, anchor: change.anchor, at })
    await store.journalAfter(id, outcome === 'done' ? { kind: 'done', at, anchor: guid(number) } : { kind: 'refused', at, problem: { kind: 'notPermitted', message: 'no', remedy: 'ask' } })
  }
  const isThere = (number: number, place: Dn, attributes: Attributes) => (
    store.confirmImport(run, [{ object: { connector: 'ad', anchor: guid(number), objectType: 'user', dn: place, attributes: { adminDescription: [`User_${guid(number)}`], userAccountControl: [512], ...attributes } }, link: null }])
  )
  const undo = (more: Partial<UndoRequest> = {}) => makeUndoPlan(store, {
    run, created: 'disabled', header, rulesHash: 'cd'.repeat(32), now: '2026-11-21T08:00:00.000Z', settings: { managedOus: [ou], leavers: { action: 'disable', deleteAfterDays: null } },
    lookUpDeleted: () => Promise.resolve(succeed({ accounts: new Map(), isRecycleBinOn: false })), ...more,
  })
  const subject = (number: number) => ({ displayName: null, company: null, userPrincipalName: null, mail: null, entraId: guid(number) })
  const update = updateOf(1, { subject: subject(1) })
  const create = createOf(2, { subject: subject(2) })

  it('writes former values, disables what was made, and says what it takes back', async () => {
    await written(update, 1, 'modify')
    await isThere(1, update.dn, { sn: ['Müller'] })
    await written(create, 2, 'enable')
    await isThere(2, create.dn, {})
    const undone = await undo()
    if (!undone.ok) throw new Error(undone.problem.message)
    const changes: Change[] = []
    for await (const { change, hash } of undone.value.plan.lines()) {
      expect(hash).toBe(hashChange(change))
      changes.push(change)
    }
    expect(changes.map(({ kind, reason }) => ({ kind, reason }))).toEqual([
      { kind: 'disable', reason: { kind: 'undone', run, of: 'create' } }, { kind: 'update', reason: { kind: 'undone', run, of: 'update' } },
    ])
    expect(changes[1]?.attributes).toMatchObject([{ name: 'sn', before: ['Müller'], after: ['Muller'] }])
    expect(undone.value.plan.header).toMatchObject({ purpose: { kind: 'undo', run, created: 'disabled' }, plannedAt: '2026-11-21T08:00:00.000Z', rulesHash: 'cd'.repeat(32) })
  })

  it('deletes what was made only where that was asked for, and has another hash then', async () => {
    await written(create, 2, 'enable')
    await isThere(2, create.dn, {})
    const [disabling, deleting] = [await undo(), await undo({ created: 'deleted' })]
    if (!disabling.ok || !deleting.ok) throw new Error('Both can be planned')
    expect(disabling.value.plan.counts).toMatchObject({ disable: 1, total: 1 })
    expect(deleting.value.plan.counts).toMatchObject({ delete: 1, total: 1 })
    expect(deleting.value.plan.hash).not.toBe(disabling.value.plan.hash)
  })

  it('leaves out what the directory had refused', async () => {
    await written(update, 1, 'modify', 'refused')
    await isThere(1, update.dn, { sn: ['Muller'] })
    const undone = await undo()
    expect(undone.ok && undone.value.plan.counts.total).toBe(0)
    expect(undone.ok && undone.value.impossible).toEqual([])
  })

  it('asks about deleted accounts only where the run deleted one, and says that nothing is left', async () => {
    const asked: string[][] = []
    const lookUpDeleted: UndoRequest['lookUpDeleted'] = (anchors) => {
      asked.push([...anchors])
      return Promise.resolve(succeed({ accounts: new Map(), isRecycleBinOn: true }))
    }
    await written(update, 1, 'modify')
    await isThere(1, update.dn, { sn: ['Müller'] })
    await undo({ lookUpDeleted })
    expect(asked).toEqual([])
    await written(updateOf(3, { kind: 'delete', attributes: [] }), 3, 'delete')
    const undone = await undo({ lookUpDeleted })
    expect(asked).toEqual([[guid(3)]])
    expect(undone.ok && undone.value.impossible.map(({ change }) => change.anchor)).toEqual([guid(3)])
  })

  it('is a plan file like any other, whose purpose belongs to the hash', async () => {
    await written(update, 1, 'modify')
    await isThere(1, update.dn, { sn: ['Müller'] })
    const undone = await undo()
    if (!undone.ok) throw new Error(undone.problem.message)
    const file = join(folder, 'undo.jsonl')
    await writePlanFile(file, undone.value.plan)
    const read = await readPlanFile(file)
    expect(read).toMatchObject({ ok: true, value: { hash: undone.value.plan.hash, header: { purpose: { kind: 'undo', run } } } })
  })

  it('of a run that wrote nothing is refused', async () => {
    const other = await store.beginRun({ profile: 'x', step: 'fullSync', connector: null, startedAt: at })
    expect(await undo({ run: other })).toMatchObject({ ok: false, problem: { kind: 'notFoundInWorkspace' } })
    expect(await undo({ run: 999 })).toMatchObject({ ok: false, problem: { kind: 'notFoundInWorkspace' } })
  })
})
