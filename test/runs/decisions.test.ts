import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlanLine } from '../../src/shared/domain/plan.ts'
import { fail, succeed } from '../../src/shared/domain/result.ts'
import type { ForestAnswer } from '../../src/main/connectors/connector.ts'
import { importGuests, type ImportRequest } from '../../src/main/runs/importStep.ts'
import { findBlocks } from '../../src/main/runs/plan.ts'
import { hashValue } from '../../src/main/runs/planHash.ts'
import { expireOld } from '../../src/main/runs/retention.ts'
import { offlineNames } from '../../src/main/runs/synchronization/nameQuestions.ts'
import { synchronize } from '../../src/main/runs/synchronizeStep.ts'
import { appendAudit, auditFileName, verifyAudit } from '../../src/main/workspace/audit.ts'
import { sample } from '../workspace/sample.ts'
import { guest, guidOf, personIdOf, shadowAccount } from '../engine/world.ts'
import { updateOf } from './sampleChanges.ts'
import { lastPage, scriptedEntra, type Script } from './scriptedSources.ts'
import { morning, openTestWorkspace, workspaceId, type TestWorkspace } from './testWorkspace.ts'

/** Decisions of the synchronisation semantics that runs take, beside those of the engine in test/engine/decisions.test.ts. */

let workspace: TestWorkspace
beforeEach(async () => { workspace = await openTestWorkspace() })
afterEach(() => workspace.close())

const hour = 3_600_000
const later = (hours: number) => new Date(Date.parse(morning) + hours * hour).toISOString()

describe('decision 14', () => {
  it('counts what was written in the last 24 hours together with the plan, and not what was written before', async () => {
    await writeDisables(15)
    const plan = { lines: async function* () { yield* disables(6) } }
    expect(await findBlocks(workspace.store, plan, sample.thresholds, later(23))).toMatchObject([{ kind: 'disableAndDelete', planned: 21, limit: 20, unit: 'count' }])
    expect(await findBlocks(workspace.store, plan, sample.thresholds, later(25))).toEqual([])
  })

  it('takes percentages of the managed accounts, from 50 accounts and five changes on', async () => {
    const plan = { lines: async function* () { yield* disables(6) } }
    await manage(49)
    expect(await findBlocks(workspace.store, plan, sample.thresholds, morning)).toEqual([])
    await manage(59)
    expect(await findBlocks(workspace.store, plan, sample.thresholds, morning)).toMatchObject([{ kind: 'disableAndDelete', planned: 6, managedAccounts: 59, limit: 10, unit: 'percent' }])
    await manage(60)
    expect(await findBlocks(workspace.store, plan, sample.thresholds, morning)).toEqual([])
  })

  it('stops at a source that is more than a tenth smaller, until a person accepts it', async () => {
    const everybody = Array.from({ length: 20 }, (_, index) => guest(`g${index}`))
    const importing = (objects: typeof everybody, smallerSource: ImportRequest['smallerSource']) => importFrom({ full: [lastPage(objects)] }, smallerSource)
    await importing(everybody, { kind: 'refused', percent: 10 })
    expect(await importing(everybody.slice(3), { kind: 'refused', percent: 10 })).toMatchObject({ status: 'failed', problem: { kind: 'sourceShrunk' } })
    expect(await workspace.store.countConnectorObjects('entra')).toBe(20)
    expect(await importing(everybody.slice(2), { kind: 'refused', percent: 10 })).toMatchObject({ status: 'succeeded' })
    expect(await importing(everybody.slice(10), { kind: 'accepted', note: 'contract of Fabrikam ended' })).toMatchObject({ status: 'succeeded' })
  })
})

describe('decision 18', () => {
  const decideWith = async (answer: ForestAnswer) => {
    await workspace.importAll('ad', [])
    await workspace.importAll('entra', [guest('anna')])
    await synchronize(workspace.context(), {
      profile: 'sync', extent: 'everything', workspace: workspaceId, deciding: workspace.deciding,
      questions: { ...offlineNames, findInForest: async (names) => succeed(new Map(names.map((name) => [name.toLowerCase(), answer]))) },
    })
    return { changes: (await workspace.exports()).map(({ change }) => change), skips: (await workspace.skips()).map(({ reason }) => reason) }
  }

  it('a userPrincipalName that the forest has elsewhere is not given again: a person decides about its owner', async () => {
    const owner = 'CN=Anna,OU=Employees,DC=other,DC=contoso,DC=local'
    expect(await decideWith({ kind: 'taken', by: owner })).toMatchObject({ changes: [], skips: [{ kind: 'joinNeedsDecision', dn: owner }] })
  })

  it('a userPrincipalName that no global catalog vouches for is "not checked", in the change that is approved', async () => {
    const { changes } = await decideWith({ kind: 'notChecked', why: 'no global catalog answers' })
    expect(changes).toMatchObject([{ kind: 'create', notChecked: [{ what: 'userPrincipalNameInForest', why: 'no global catalog answers' }] }])
  })

  it('a userPrincipalName that is free in the forest says nothing', async () => {
    const { changes } = await decideWith({ kind: 'free' })
    expect(changes).toMatchObject([{ kind: 'create' }])
    expect(changes.filter((change) => change.kind === 'create' && change.notChecked !== undefined)).toEqual([])
  })

  it('a forest that cannot be asked at all stops the synchronisation before there is a plan', async () => {
    await workspace.importAll('ad', [])
    await workspace.importAll('entra', [guest('anna')])
    const run = await synchronize(workspace.context(), {
      profile: 'sync', extent: 'everything', workspace: workspaceId, deciding: workspace.deciding,
      questions: { ...offlineNames, findInForest: async () => fail({ kind: 'cancelled', message: 'cancelled', remedy: '' }) },
    })
    expect(run).toMatchObject({ status: 'stopped', problem: { kind: 'cancelled' } })
    expect(await workspace.exports()).toEqual([])
  })
})

describe('decision 24', () => {
  it('runs expire, one person is purged, and the audit trail stays verifiable and names nobody', async () => {
    await workspace.importAll('ad', [shadowAccount('anna')])
    const former = await workspace.importAll('entra', [guest('anna'), guest('bert')])
    await workspace.synchronize('everything')
    for (const action of ['planApproved', 'personPurged']) {
      await appendAudit(workspace.folder, { at: morning, actor: 'eve@pc', action, planHash: null, details: { metaverseId: personIdOf('anna') } })
    }
    workspace.now = later(24 * 181)
    await workspace.importAll('ad', [shadowAccount('anna')])
    await workspace.importAll('entra', [guest('anna'), guest('bert')])
    await workspace.synchronize('everything')
    expect((await expireOld(workspace.store, workspace.now, sample.lifecycle.retentionDays)).runs).toBe(3)
    expect(await workspace.store.run(former)).toBeNull()

    expect(await workspace.store.purgePerson(personIdOf('anna'))).toBeGreaterThan(0)
    expect(await workspace.store.metaverseObject(personIdOf('anna'))).toBeNull()
    expect(await workspace.store.connectorRow('entra', guidOf('anna'))).toBeNull()
    expect(await workspace.store.metaverseObject(personIdOf('bert'))).not.toBeNull()
    expect(await verifyAudit(workspace.folder)).toEqual({ ok: true, value: { entries: 2 } })
    expect(await readFile(join(workspace.folder, auditFileName), 'utf8')).not.toContain('Guest anna')
  })
})

const importFrom = (script: Script, smallerSource: ImportRequest['smallerSource']) => (
  importGuests(workspace.context(), scriptedEntra(script), { profile: 'entra', extent: 'everything', attributes: ['displayName'], scope: ['all'], smallerSource })
)

function disables(count: number): readonly PlanLine[] {
  return Array.from({ length: count }, (_, index) => updateOf(index, { kind: 'disable' })).map((change) => ({ change, hash: hashValue(change) }))
}

/** An export at `morning`. */
async function writeDisables(count: number): Promise<void> {
  const run = await workspace.store.beginRun({ profile: 'export', step: 'export', connector: 'ad', startedAt: morning })
  for (const { change, hash } of disables(count)) {
    const entry = await workspace.store.journalBefore({ run, planHash: 'plan', changeHash: hash, change, action: 'setUserAccountControl', isLast: true, dn: change.dn, anchor: change.anchor, at: morning })
    await workspace.store.journalAfter(entry, { kind: 'done', at: morning, anchor: change.anchor ?? '' })
  }
  await workspace.store.endRun(run, { status: 'succeeded', endedAt: morning, counters: {}, problem: null })
}

/** So many accounts that belong to persons. */
async function manage(count: number): Promise<void> {
  const labels = Array.from({ length: count }, (_, index) => `m${index}`)
  await workspace.importAll('ad', labels.map((label) => shadowAccount(label)))
  await workspace.importAll('entra', labels.map((label) => guest(label)))
  await workspace.synchronize('everything')
}
