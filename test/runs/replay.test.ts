import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { summarize } from '../../src/main/runs/plan.ts'
import { replayPlan } from '../../src/main/runs/replay.ts'
import type { DeltaStage } from '../../src/main/store/store.ts'
import { guest, guidOf, personIdOf, shadowAccount } from '../engine/world.ts'
import { openTestWorkspace, type TestWorkspace } from './testWorkspace.ts'

let workspace: TestWorkspace
beforeEach(async () => { workspace = await openTestWorkspace() })
afterEach(() => workspace.close())

const replay = (run: number) => replayPlan(workspace.store, run, workspace.deciding, new AbortController().signal)

async function firstPlan(): Promise<number> {
  await workspace.importAll('ad', [shadowAccount('anna', { sn: 'Drifted' }), shadowAccount('bert'), shadowAccount('dora')])
  await workspace.importAll('entra', [guest('anna'), guest('bert'), guest('cleo'), guest('partners1'), guest('partners2')])
  await workspace.answerAbsences({})
  return (await workspace.synchronize('everything')).id
}

/** The hash by which the plan of now would be approved. */
async function currentHash(): Promise<string> {
  const header = await workspace.store.watermark('plan.header')
  const exports = await workspace.exports()
  const lines = async function* () { yield* exports }
  return (await summarize(JSON.parse(header ?? ''), lines())).hash
}

describe('a replay', () => {
  it('of the last plan gives the hash that it had', async () => {
    const run = await firstPlan()
    const result = await replay(run)
    expect(result).toMatchObject({ ok: true, value: { differing: [], planned: await currentHash(), replayed: await currentHash() } })
  })

  it('changes neither metaverse nor plan', async () => {
    const run = await firstPlan()
    const before = [await workspace.exports(), await workspace.skips(), await workspace.store.metaverseBatch(null, 100), await workspace.store.runs(100)]
    await replay(run)
    expect([await workspace.exports(), await workspace.skips(), await workspace.store.metaverseBatch(null, 100), await workspace.store.runs(100)]).toEqual(before)
  })

  it('of an earlier plan decides from what was then, although guests have changed, come and gone', async () => {
    const run = await firstPlan()
    const hash = await currentHash()
    const changes: readonly DeltaStage[] = [
      { kind: 'replaced', object: guest('anna', { surname: 'Other' }) }, { kind: 'removed', anchor: guidOf('cleo'), why: 'deleted' }, { kind: 'replaced', object: guest('emil') },
    ]
    await workspace.importChanges('entra', changes)
    expect(await replay(run)).toMatchObject({ ok: true, value: { planned: hash, replayed: hash, differing: [] } })
  })

  it('of a delta synchronisation gives the hash of the whole plan', async () => {
    await firstPlan()
    await workspace.importChanges('entra', [{ kind: 'replaced', object: guest('bert', { surname: 'Other' }) }, { kind: 'replaced', object: guest('emil') }])
    await workspace.answerAbsences({})
    const { id, step } = await workspace.synchronize('changes')
    expect(step).toBe('deltaSync')
    expect(await replay(id)).toMatchObject({ ok: true, value: { differing: [], replayed: await currentHash() } })
  })

  it('says which input is missing where something else comes out because of it', async () => {
    const run = await firstPlan()
    await workspace.store.putHold({ metaverseId: personIdOf('anna'), cause: 'excluded', note: 'n', by: 'chris', since: '2026-03-02T00:00:00.000Z' })
    const result = await replay(run)
    expect(result).toMatchObject({ ok: false, problem: { kind: 'replayImpossible' } })
    expect(!result.ok && result.problem.message).toContain('put on hold')
  })

  it('is refused under other rules, and for a run that made no plan', async () => {
    const run = await firstPlan()
    expect(await replay(run - 1)).toMatchObject({ ok: false, problem: { kind: 'replayImpossible' } })
    workspace.deciding = { ...workspace.deciding, leavers: { action: 'leave' } }
    const result = await replay(run)
    expect(!result.ok && result.problem.message).toContain('rules or settings')
  })
})
