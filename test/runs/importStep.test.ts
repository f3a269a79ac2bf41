import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Problem } from '../../src/shared/domain/problem.ts'
import type { Run } from '../../src/shared/domain/run.ts'
import { importAccounts, importGuests, type ImportRequest } from '../../src/main/runs/importStep.ts'
import { isDirectoryComplete } from '../../src/main/runs/synchronization/basis.ts'
import { guest, guidOf, shadowAccount } from '../engine/world.ts'
import { lastPage, noneAsked, scriptedDirectory, scriptedEntra, type Script } from './scriptedSources.ts'
import { openTestWorkspace, type TestWorkspace } from './testWorkspace.ts'

let workspace: TestWorkspace
beforeEach(async () => { workspace = await openTestWorkspace() })
afterEach(() => workspace.close())

const request: Omit<ImportRequest, 'extent'> = { profile: 'p', attributes: ['displayName', 'mail'], scope: ['all'], smallerSource: { kind: 'refused', percent: 10 } }
const full = (script: Script) => importGuests(workspace.context(), scriptedEntra(script), { ...request, extent: 'everything' })
const delta = (script: Script, more: Partial<ImportRequest> = {}, asked = noneAsked()) => importGuests(workspace.context(), scriptedEntra(script, asked), { ...request, ...more, extent: 'changes' })
const expired: Problem = { kind: 'deltaExpired', message: 'syncStateNotFound', remedy: '' }
const cut: Problem = { kind: 'unreachable', message: 'gone', remedy: '' }

async function anchors(): Promise<readonly string[]> {
  return (await workspace.store.connectorBatch('entra', null, 100)).map(({ object }) => object.anchor)
}
async function history(): Promise<readonly string[]> {
  return (await workspace.store.runs(10)).map(({ step, status, problem }) => [step, status, ...(problem === null ? [] : [problem.kind])].join(' ')).toReversed()
}

describe('a delta import', () => {
  it('goes on where the last round ended, and leaves the next place with the whole round', async () => {
    await full({ full: [lastPage([guest('anna'), guest('bert')], 'first')] })
    const asked = noneAsked()
    const run: Run = await delta({ delta: [
      { changes: [{ kind: 'changed', anchor: guidOf('anna'), dn: null, attributes: { displayName: ['Anna'], mail: [] } }] },
      { changes: [{ kind: 'replaced', object: guest('cleo') }], isLast: true, watermark: 'second' },
    ] }, {}, asked)
    expect(run).toMatchObject({ step: 'deltaImport', status: 'succeeded', counters: { stagingAdds: 1, stagingUpdates: 1, stagingDeletes: 0 } })
    const anna = (await workspace.store.connectorRow('entra', guidOf('anna')))?.object.attributes
    expect(anna).toMatchObject({ displayName: ['Anna'], surname: ['anna'] })
    expect(anna?.['mail']).toBeUndefined()
    await delta({ delta: [{ isLast: true, watermark: 'third' }] }, {}, asked)
    expect(asked.deltas).toEqual(['first', 'second'])
  })

  it.each([
    ['breaks', [{ changes: [{ kind: 'removed', anchor: guidOf('anna'), why: 'deleted' }] }, cut] as const, 'unreachable'],
    ['ends before its last page', [{ changes: [{ kind: 'removed', anchor: guidOf('anna'), why: 'deleted' }] }] as const, 'importIncomplete'],
  ])('that %s applies nothing and starts over from the same place', async (_how, pages, kind) => {
    await full({ full: [lastPage([guest('anna')], 'first')] })
    const asked = noneAsked()
    expect(await delta({ delta: pages }, {}, asked)).toMatchObject({ status: 'failed', problem: { kind } })
    expect(await anchors()).toEqual([guidOf('anna')])
    await delta({ delta: [{ isLast: true, watermark: 'second' }] }, {}, asked)
    expect(asked.deltas).toEqual(['first', 'first'])
  })

  it('that the source no longer knows is replaced by a full import, which finds deletions by comparison', async () => {
    await full({ full: [lastPage(labels.map((label) => guest(label)), 'first')] })
    const run = await delta({ delta: [expired], full: [lastPage(labels.slice(1).map((label) => guest(label)), 'second')] })
    expect(run).toMatchObject({ step: 'fullImport', status: 'succeeded', counters: { stagingDeletes: 1 } })
    expect(await history()).toEqual(['fullImport succeeded', 'deltaImport stopped deltaExpired', 'fullImport succeeded'])
  })

  it.each([
    ['there was no import', {}, false],
    ['other attributes are asked for', { attributes: ['displayName', 'mail', 'surname'] }, true],
    ['another scope is asked for', { scope: ['group'] }, true],
  ])('is a full import when %s', async (_why, more, isFilled) => {
    if (isFilled) await full({ full: [lastPage([guest('anna')], 'first')] })
    const asked = noneAsked()
    expect(await delta({ full: [lastPage([guest('anna')], 'second')] }, more, asked)).toMatchObject({ step: 'fullImport', status: 'succeeded' })
    expect(asked.deltas).toEqual([])
  })

  it('is a full import when the last one left no place to go on from, whatever was before', async () => {
    await full({ full: [lastPage([guest('anna')], 'first')] })
    await full({ full: [lastPage([guest('anna')], null)] })
    const asked = noneAsked()
    await delta({ full: [lastPage([guest('anna')], 'second')] }, {}, asked)
    expect(asked.deltas).toEqual([])
  })

  it('that would take away more than a tenth of the guests is not applied', async () => {
    await full({ full: [lastPage(labels.map((label) => guest(label)), 'first')] })
    const removed = labels.slice(0, 2).map((label) => ({ kind: 'removed', anchor: guidOf(label), why: 'deleted' }) as const)
    expect(await delta({ delta: [{ changes: removed, isLast: true, watermark: 'second' }] })).toMatchObject({ status: 'failed', problem: { kind: 'sourceShrunk' } })
    expect(await anchors()).toHaveLength(labels.length)
  })

  it('of another tenant is refused', async () => {
    await full({ full: [lastPage([guest('anna')], 'first')] })
    expect(await delta({ tenant: 'fabrikam', delta: [{ isLast: true, watermark: 'x' }] })).toMatchObject({ status: 'failed', problem: { kind: 'wrongTenant' } })
  })

  it('that is cancelled stops and applies nothing', async () => {
    await full({ full: [lastPage([guest('anna')], 'first')] })
    const source = scriptedEntra({ delta: [{ isLast: true, watermark: 'second' }] })
    expect(await importGuests(workspace.context(AbortSignal.abort()), source, { ...request, extent: 'changes' })).toMatchObject({ status: 'stopped', problem: { kind: 'cancelled' } })
    expect(await workspace.store.watermark('entra.delta')).toBe('first')
  })
})

describe('a delta import of the directory', () => {
  const importAd = (extent: ImportRequest['extent'], script: Script) => importAccounts(workspace.context(), scriptedDirectory(script), { ...request, extent })

  it('is a full one where deletions cannot be seen', async () => {
    await importAd('everything', { full: [lastPage([shadowAccount('anna')], 'first')] })
    const run = await importAd('changes', { seesDeletions: false, full: [lastPage([shadowAccount('anna')], 'second')] })
    expect(run.step).toBe('fullImport')
    expect((await workspace.store.run(run.id - 1))?.problem?.message).toContain('deleted objects')
  })

  it('keeps the directory complete while its chain has no gap, and not when one failed', async () => {
    await importAd('everything', { full: [lastPage([shadowAccount('anna')], 'first')] })
    await importAd('changes', { delta: [{ isLast: true, watermark: 'second' }] })
    expect(await isDirectoryComplete(workspace.store)).toBe(true)
    await importAd('changes', { delta: [cut] })
    expect(await isDirectoryComplete(workspace.store)).toBe(false)
    await importAd('changes', { delta: [{ isLast: true, watermark: 'third' }] })
    expect(await isDirectoryComplete(workspace.store)).toBe(true)
  })
})

const labels = ['anna', 'bert', 'cleo', 'dora', 'emil', 'fred', 'gina', 'hugo', 'ida', 'jan', 'kim', 'leo']
