import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { proveAbsences } from '../../src/main/runs/absenceStep.ts'
import { readDirectoryAnswers } from '../../src/main/runs/directoryAnswers.ts'
import { guest, guidOf, personIdOf, shadowAccount } from '../engine/world.ts'
import { noneAsked, scriptedDirectory, scriptedEntra, type Script } from './scriptedSources.ts'
import { openTestWorkspace, type TestWorkspace } from './testWorkspace.ts'

let workspace: TestWorkspace
beforeEach(async () => {
  workspace = await openTestWorkspace()
  await workspace.importAll('ad', [shadowAccount('anna', { memberOf: ['CN=Partners,DC=contoso,DC=local'] }), shadowAccount('bert'), shadowAccount('cleo')])
  await workspace.importAll('entra', [guest('anna'), guest('bert'), guest('cleo')])
  await workspace.synchronize('everything')
})
afterEach(() => workspace.close())

const prove = (script: Script, asked = noneAsked()) => proveAbsences(workspace.context(), 'prove absence', scriptedEntra(script, asked), scriptedDirectory(script, asked))
const deletedOf = (label: string) => ({ anchor: shadowAccount(label).anchor, lastKnownParent: null, accountName: label, isRecycled: false })

describe('the proof of absence', () => {
  it('asks about each missing guest who has an account, and about nobody else', async () => {
    await workspace.importAll('entra', [guest('anna')])
    const asked = noneAsked()
    const run = await prove({ absences: { [guidOf('bert')]: { kind: 'gone' } } }, asked)
    expect(asked.absences.toSorted()).toEqual([guidOf('bert'), guidOf('cleo')].toSorted())
    expect(run).toMatchObject({ step: 'proveAbsence', status: 'succeeded', counters: { absencesProved: 1, absencesUnclear: 1 } })
    expect((await workspace.store.absences([guidOf('bert'), guidOf('cleo')])).get(guidOf('bert'))).toEqual({ kind: 'gone' })
  })

  it('asks again about leavers whom a synchronisation has unlinked, until somebody decides about the account', async () => {
    await workspace.importAll('entra', [guest('anna'), guest('cleo')])
    await prove({})
    await workspace.synchronize('everything')
    const asked = noneAsked()
    await prove({}, asked)
    expect(asked.absences).toEqual([guidOf('bert')])
  })

  it('disables nobody when the source cannot be asked', async () => {
    await workspace.importAll('entra', [guest('anna')])
    expect(await prove({ absenceProblem: { kind: 'throttled', message: '429', remedy: '' } })).toMatchObject({ status: 'failed', problem: { kind: 'throttled' } })
    await workspace.synchronize('everything')
    expect((await workspace.planned()).filter((entry) => entry.startsWith('disable'))).toEqual([])
  })

  it('finds what is left of deleted accounts, with the groups that they had', async () => {
    await workspace.importAll('ad', [shadowAccount('bert'), shadowAccount('cleo')])
    const { anchor } = shadowAccount('anna')
    await prove({ deleted: { [anchor]: deletedOf('anna') } })
    const answers = await readDirectoryAnswers(workspace.store)
    expect(answers?.deletedAccounts).toEqual({ [personIdOf('anna')]: deletedOf('anna') })
    expect(answers?.formerAccounts[personIdOf('anna')]?.attributes['memberOf']).toEqual(['CN=Partners,DC=contoso,DC=local'])
  })

  it('keeps the groups of a deleted account over later cycles', async () => {
    await workspace.importAll('ad', [shadowAccount('bert'), shadowAccount('cleo')])
    const script = { deleted: { [shadowAccount('anna').anchor]: deletedOf('anna') } }
    await prove(script)
    await workspace.synchronize('everything')
    await prove(script)
    expect((await readDirectoryAnswers(workspace.store))?.formerAccounts[personIdOf('anna')]?.attributes['memberOf']).toHaveLength(1)
  })

  it('that is cancelled leaves the former answers', async () => {
    await prove({})
    const before = await readDirectoryAnswers(workspace.store)
    expect(await proveAbsences(workspace.context(AbortSignal.abort()), 'p', scriptedEntra({}), scriptedDirectory({}))).toMatchObject({ status: 'stopped' })
    expect(await readDirectoryAnswers(workspace.store)).toEqual(before)
  })
})
