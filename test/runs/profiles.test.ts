import { describe, expect, it } from 'vitest'
import { fail, succeed } from '../../src/shared/domain/result.ts'
import { runSteps, stepsOf, type NamedProfile } from '../../src/main/runs/profiles.ts'
import type { WorkspaceConfiguration } from '../../src/main/workspace/configuration.ts'
import { guest, shadowAccount } from '../engine/world.ts'
import { sample } from '../workspace/sample.ts'
import { lastPage, scriptedDirectory, scriptedEntra, type Script } from './scriptedSources.ts'
import { openTestWorkspace } from './testWorkspace.ts'

const named = (configuration: WorkspaceConfiguration, name: string) => {
  const steps = stepsOf(configuration, name)
  return steps.ok ? steps.value.map(({ profile }) => [profile.step, ...(profile.connector === undefined ? [] : [profile.connector])].join(' ')) : steps.problem.kind
}

describe('the steps of a cycle', () => {
  it('prove absence before the synchronisation, also where workspace.json does not say so', () => {
    expect(named(sample, 'cycle')).toEqual(['fullImport ad', 'fullImport entra', 'proveAbsence', 'fullSync'])
  })

  it('are those of workspace.json where it says so itself', () => {
    const runProfiles = { ...sample.runProfiles, proof: { step: 'proveAbsence' } } as const
    expect(named({ ...sample, runProfiles, cycle: ['proof', 'sync'] }, 'cycle')).toEqual(['proveAbsence', 'fullSync'])
  })

  it('of what changed are there for a workspace of before delta cycles, too', () => {
    expect(named(sample, 'delta cycle')).toEqual(['deltaImport ad', 'deltaImport entra', 'proveAbsence', 'deltaSync'])
    expect(named({ ...sample, deltaCycle: ['sync'] }, 'delta cycle')).toEqual(['proveAbsence', 'fullSync'])
  })

  it('never hold an export, and one alone is refused', () => {
    const configuration = { ...sample, runProfiles: { ...sample.runProfiles, export: { step: 'export' } } } as const
    expect(named(configuration, 'export')).toBe('approvalMismatch')
    expect(named(configuration, 'exprt')).toBe('usage')
  })
})

describe('running steps', () => {
  async function runNamed(steps: readonly NamedProfile[], entra: Script, ad: Script, workspace: Awaited<ReturnType<typeof openTestWorkspace>>) {
    const sources = { entra: async () => succeed(scriptedEntra(entra)), ad: async () => succeed(scriptedDirectory(ad)) }
    const runs = await runSteps(workspace.context(), steps, sources, { configuration: sample, deciding: workspace.deciding, smallerSource: { kind: 'refused', percent: 10 } })
    return runs.ok ? runs.value.map(({ step, status }) => `${step} ${status}`) : runs.problem.kind
  }
  const steps = (name: string) => {
    const found = stepsOf(sample, name)
    return found.ok ? found.value : []
  }

  it('goes through a full cycle and a delta cycle behind it', async () => {
    const workspace = await openTestWorkspace()
    const entra = { full: [lastPage([guest('anna'), guest('cleo')], 'e1')], delta: [{ changes: [{ kind: 'replaced', object: guest('dora') }], isLast: true, watermark: 'e2' }] } as const
    const ad = { full: [lastPage([shadowAccount('anna')], 'a1')], delta: [{ isLast: true, watermark: 'a2' }] } as const
    expect(await runNamed(steps('cycle'), entra, ad, workspace)).toEqual(['fullImport succeeded', 'fullImport succeeded', 'proveAbsence succeeded', 'fullSync succeeded'])
    expect(await runNamed(steps('delta cycle'), entra, ad, workspace)).toEqual(['deltaImport succeeded', 'deltaImport succeeded', 'proveAbsence succeeded', 'deltaSync succeeded'])
    expect(await workspace.planned()).toHaveLength(2)
    // A global catalog was asked and said that the names are free.
    expect((await workspace.exports()).every(({ change }) => change.kind === 'create' && change.notChecked === undefined)).toBe(true)
    await workspace.close()
  })

  it('stops behind a step that failed, so that no plan stands on half a source', async () => {
    const workspace = await openTestWorkspace()
    const ad = { full: [{ kind: 'unreachable', message: 'gone', remedy: '' }] } as const
    expect(await runNamed(steps('cycle'), {}, ad, workspace)).toEqual(['fullImport failed'])
    await workspace.close()
  })

  it('synchronises without a directory to ask, and says in the plan what was not checked', async () => {
    const workspace = await openTestWorkspace()
    await workspace.importAll('ad', [])
    await workspace.importAll('entra', [guest('anna')])
    const problem = { kind: 'unreachable', message: 'no network', remedy: '' } as const
    const sources = { entra: async () => fail(problem), ad: async () => fail(problem) }
    await runSteps(workspace.context(), steps('sync'), sources, { configuration: sample, deciding: workspace.deciding, smallerSource: { kind: 'refused', percent: 10 } })
    expect((await workspace.exports())[0]?.change).toMatchObject({ notChecked: [{ what: 'userPrincipalNameInForest' }] })
    await workspace.close()
  })
})
