import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { account, guest, guidOf, personIdOf, shadowAccount } from '../engine/world.ts'
import { openTestWorkspace, type TestWorkspace } from './testWorkspace.ts'

let workspace: TestWorkspace
beforeEach(async () => { workspace = await openTestWorkspace() })
afterEach(() => workspace.close())

async function start(guests = [guest('anna'), guest('bert')], accounts = [shadowAccount('anna', { sn: 'Drifted' }), shadowAccount('bert')]): Promise<void> {
  await workspace.importAll('ad', accounts)
  await workspace.importAll('entra', guests)
  await workspace.answerAbsences({})
}

describe('a full synchronisation', () => {
  it('that follows another one at once changes nothing', async () => {
    await start([guest('anna'), guest('bert'), guest('cleo')])
    await workspace.synchronize('everything')
    const [exports, skips, persons] = [await workspace.exports(), await workspace.skips(), await workspace.store.metaverseBatch(null, 100)]
    const second = await workspace.synchronize('everything')
    expect((await workspace.exports()).map(({ hash }) => hash)).toEqual(exports.map(({ hash }) => hash))
    expect(await workspace.skips()).toEqual(skips)
    expect(await workspace.store.metaverseBatch(null, 100)).toEqual(persons)
    expect(second.counters.connectorsWithFlowUpdates).toBeUndefined()
    expect(second.counters.projections).toBeUndefined()
  })

  it('reports what went wrong with a flow once, although several passes meet the person', async () => {
    await start([guest('anna', { displayName: 'x'.repeat(300) })], [shadowAccount('anna')])
    const run = await workspace.synchronize('everything')
    const problems = await workspace.store.runProblems(run.id, 100)
    expect(new Set(problems.map((problem) => `${problem.object} ${problem.message}`)).size).toBe(problems.length)
  })

  it('keeps which objects stand behind its counters', async () => {
    await start([guest('anna'), guest('bert'), guest('cleo')])
    const run = await workspace.synchronize('everything')
    const projected = await workspace.store.objectsOfRun(run.id, 'projections', null, 100)
    expect(projected.map(({ id }) => id).toSorted()).toEqual([guidOf('anna'), guidOf('bert'), guidOf('cleo')].toSorted())
    expect(await workspace.store.objectsOfRun(run.id, 'provisioningAdds', null, 100)).toEqual([{ counter: 'provisioningAdds', connector: 'metaverse', id: personIdOf('cleo') }])
  })

  it('makes no plan without an import of both sides', async () => {
    await workspace.importAll('entra', [guest('anna')])
    expect(await workspace.synchronize('everything')).toMatchObject({ status: 'failed', problem: { kind: 'importIncomplete' } })
  })

  it('that is cancelled leaves the former plan as it was', async () => {
    await start()
    await workspace.synchronize('everything')
    const before = await workspace.planned()
    await workspace.importAll('entra', [guest('anna'), guest('bert'), guest('dora')])
    expect(await workspace.synchronize('everything', AbortSignal.abort())).toMatchObject({ status: 'stopped', problem: { kind: 'cancelled' } })
    expect(await workspace.planned()).toEqual(before)
  })

  it('says in each create that nobody could ask about the forest', async () => {
    await start([guest('cleo')], [])
    await workspace.synchronize('everything')
    expect((await workspace.exports())[0]?.change).toMatchObject({ kind: 'create', notChecked: [{ what: 'userPrincipalNameInForest' }] })
  })
})

describe('a missing guest', () => {
  async function leave(): Promise<void> {
    await start()
    await workspace.synchronize('everything')
    await workspace.importAll('entra', [guest('anna')])
  }

  it('is not disabled while nobody has looked for the guest after that import', async () => {
    await leave()
    await workspace.synchronize('everything')
    expect(await workspace.planned()).not.toContain(`disable ${personIdOf('bert')}`)
  })

  it('is disabled once the absence is proved', async () => {
    await leave()
    await workspace.answerAbsences({ [guidOf('bert')]: { kind: 'gone' } })
    await workspace.synchronize('everything')
    expect(await workspace.planned()).toContain(`disable ${personIdOf('bert')}`)
  })

  it('is left alone and reported where the answer was not clear', async () => {
    await leave()
    await workspace.answerAbsences({ [guidOf('bert')]: { kind: 'unclear', why: 'HTTP 503' } })
    await workspace.synchronize('everything')
    expect(await workspace.store.skip(personIdOf('bert'))).toMatchObject({ reason: { kind: 'absenceUnclear' } })
  })
})

describe('what a person has decided', () => {
  it('keeps an account that is on hold unwritten until it is released', async () => {
    await start()
    await workspace.store.putHold({ metaverseId: personIdOf('anna'), cause: 'excluded', note: 'lawsuit', by: 'chris', since: workspace.now })
    await workspace.synchronize('everything')
    expect(await workspace.planned()).toEqual([])
    expect(await workspace.store.skip(personIdOf('anna'))).toMatchObject({ reason: { kind: 'onHold', note: 'lawsuit' } })
    await workspace.store.releaseHolds([personIdOf('anna')])
    await workspace.synchronize('changes')
    expect(await workspace.planned()).toEqual([`update ${personIdOf('anna')}`])
  })

  it('takes an account off a person, again and again', async () => {
    await start()
    await workspace.synchronize('everything')
    const { anchor } = shadowAccount('bert')
    await workspace.store.putJoinDecision({ anchor, decision: { kind: 'leaveAlone' }, note: 'belongs to a robot', by: 'chris', at: workspace.now })
    for (const extent of ['changes', 'everything'] as const) {
      await workspace.synchronize(extent)
      expect(await workspace.store.connectorRow('ad', anchor)).toMatchObject({ metaverseId: null, disconnector: { kind: 'leftAlone' } })
    }
  })
})

describe('an account that was deleted', () => {
  async function lose(): Promise<void> {
    await start()
    await workspace.synchronize('everything')
    await workspace.importAll('ad', [shadowAccount('bert')])
  }

  it('is not made anew while nobody has looked whether it can come back', async () => {
    await lose()
    await workspace.synchronize('everything')
    expect(await workspace.planned()).toEqual([])
    expect(await workspace.store.skip(personIdOf('anna'))).toMatchObject({ reason: { kind: 'directoryImportIncomplete' } })
  })

  it('is restored where it can be, with its SID', async () => {
    await lose()
    const { anchor } = shadowAccount('anna')
    await workspace.answerAbsences({}, { deletedAccounts: { [personIdOf('anna')]: { anchor, lastKnownParent: null, accountName: null, isRecycled: false } } })
    await workspace.synchronize('everything')
    expect(await workspace.planned()).toEqual([`restore ${personIdOf('anna')}`])
  })
})

it('gives nobody the name of an account that is left alone', async () => {
  await start([guest('cleo')], [account('robot', { cn: guidOf('cleo'), userPrincipalName: 'robot@contoso.local' })])
  await workspace.store.putJoinDecision({ anchor: guidOf('ad-robot'), decision: { kind: 'leaveAlone' }, note: 'a robot', by: 'chris', at: workspace.now })
  await workspace.synchronize('everything')
  expect(await workspace.planned()).toEqual([])
  expect(await workspace.store.skip(personIdOf('cleo'))).toMatchObject({ reason: { kind: 'problem', problem: { kind: 'nameUnavailable' } } })
})
