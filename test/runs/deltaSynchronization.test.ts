import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/shared/domain/canonicalJson.ts'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import type { DeltaStage } from '../../src/main/store/store.ts'
import { account, guest, guidOf, personIdOf, shadowAccount } from '../engine/world.ts'
import { openTestWorkspace, type TestWorkspace } from './testWorkspace.ts'

type Round = { readonly guests: readonly ConnectorObject[]; readonly accounts: readonly ConnectorObject[] }

const labels = ['partners1', 'partners2', 'partners3', 'anna', 'bert', 'cleo']
const upnOf = (label: string) => `${label}_fabrikam.com#EXT#@contoso.onmicrosoft.com`

const someGuest = fc.record({
  label: fc.constantFrom(...labels),
  userType: fc.constantFrom('Guest', 'Guest', 'Guest', 'Member'), accountEnabled: fc.constantFrom(true, true, false), onPremisesSyncEnabled: fc.constantFrom(null, null, true),
  surname: fc.constantFrom('One', 'Two'), userPrincipalName: fc.constantFrom(null, null, upnOf('shared')),
})
const someAccount = fc.record({ label: fc.constantFrom(...labels, 'stranger'), of: fc.constantFrom(...labels), kind: fc.constantFrom('ours', 'ours', 'byName', 'stranger'), sn: fc.constantFrom('One', 'Two') })

const guests = fc.uniqueArray(someGuest, { selector: ({ label }) => label }).map((rows) => rows.map(({ label, userPrincipalName, ...row }) => (
  guest(label, { ...row, ...(userPrincipalName === null ? {} : { userPrincipalName }) })
)))
const accounts = fc.uniqueArray(someAccount, { selector: ({ label }) => label }).map((rows) => rows.map(({ label, of, kind, sn }) => {
  // No domain has one account name twice: the name that follows from a guest belongs to the account of the same label.
  const accountName = of === label ? {} : { sAMAccountName: `name-${label}` }
  if (kind === 'ours') return { ...shadowAccount(of, { sn, cn: `account ${label}`, ...accountName }), anchor: guidOf(`ad-${label}`) }
  return account(label, { cn: `account ${label}`, sn, userPrincipalName: kind === 'byName' ? upnOf(of) : `${label}@contoso.local` })
}))
const rounds: fc.Arbitrary<readonly Round[]> = fc.array(fc.record({ guests, accounts }), { minLength: 2, maxLength: 4 })

function changesBetween(before: readonly ConnectorObject[], after: readonly ConnectorObject[]): readonly DeltaStage[] {
  const former = new Map(before.map((object) => [object.anchor, canonicalJson(object)]))
  const now = new Set(after.map(({ anchor }) => anchor))
  return [
    ...after.filter((object) => former.get(object.anchor) !== canonicalJson(object)).map((object) => ({ kind: 'replaced', object }) as const),
    ...before.filter(({ anchor }) => !now.has(anchor)).map(({ anchor }) => ({ kind: 'removed', anchor, why: 'deleted' }) as const),
  ]
}

async function proveAll(workspace: TestWorkspace): Promise<void> {
  const missing = await workspace.store.missingGuests(null, 1000)
  await workspace.answerAbsences(Object.fromEntries(missing.map(({ entraId }) => [entraId, { kind: 'gone' } as const])))
}

async function stateOf(workspace: TestWorkspace): Promise<unknown> {
  const exports = await workspace.exports()
  return { exports: exports.map(({ hash, change }) => [hash, change]), skips: await workspace.skips(), persons: await workspace.store.metaverseBatch(null, 1000) }
}

describe('a synchronisation of what changed', () => {
  // Each run opens two stores and goes through several cycles: on a busy machine that takes a second and more.
  it('leads to the same plan, skips and metaverse as one of everybody, whatever has changed', { timeout: 120_000 }, async () => {
    await fc.assert(fc.asyncProperty(rounds, async (given) => {
      const [full, delta] = [await openTestWorkspace(), await openTestWorkspace()]
      try {
        let before: Round = { guests: [], accounts: [] }
        for (const [index, round] of given.entries()) {
          await full.importAll('ad', round.accounts)
          await full.importAll('entra', round.guests)
          await proveAll(full)
          await full.synchronize('everything')
          if (index === 0) {
            await delta.importAll('ad', round.accounts)
            await delta.importAll('entra', round.guests)
          } else {
            await delta.importChanges('ad', changesBetween(before.accounts, round.accounts))
            await delta.importChanges('entra', changesBetween(before.guests, round.guests))
          }
          await proveAll(delta)
          const run = await delta.synchronize('changes')
          expect(run.step).toBe(index === 0 ? 'fullSync' : 'deltaSync')
          expect(await stateOf(delta)).toEqual(await stateOf(full))
          before = round
        }
      } finally {
        await Promise.all([full.close(), delta.close()])
      }
    }), { numRuns: 30 })
  })

  it('gives a name once, although the account that has it is only planned', async () => {
    const workspace = await openTestWorkspace()
    await workspace.importAll('ad', [])
    await workspace.importAll('entra', [guest('partners2')])
    await proveAll(workspace)
    await workspace.synchronize('everything')
    await workspace.importChanges('entra', [{ kind: 'replaced', object: guest('partners1') }])
    await proveAll(workspace)
    await workspace.synchronize('changes')
    const names = (await workspace.exports()).map(({ change }) => change.attributes.find(({ name }) => name === 'sAMAccountName')?.after[0])
    expect(new Set(names).size).toBe(2)
    await workspace.close()
  })

  it('reads nobody who stayed as he was', async () => {
    const workspace = await openTestWorkspace()
    const many = Array.from({ length: 60 }, (_, index) => `g${index}`)
    await workspace.importAll('ad', many.map((label) => shadowAccount(label)))
    await workspace.importAll('entra', many.map((label) => guest(label)))
    await proveAll(workspace)
    await workspace.synchronize('everything')
    await workspace.importChanges('entra', [{ kind: 'replaced', object: guest('g7', { surname: 'New' }) }])
    const run = await workspace.synchronize('changes')
    expect(run).toMatchObject({ step: 'deltaSync', counters: { connectorsWithFlowUpdates: 1, exportAttributeFlow: 1 } })
    expect(run.counters.connectorsWithoutFlowUpdates).toBeUndefined()
    expect(await workspace.planned()).toEqual([`update ${personIdOf('g7')}`])
    await workspace.close()
  })

  it.each(['stopped', 'interrupted'] as const)('that follows one that was %s is one of everybody', async (how) => {
    const workspace = await openTestWorkspace()
    await workspace.importAll('ad', [])
    await workspace.importAll('entra', [guest('anna')])
    await workspace.synchronize('everything')
    if (how === 'stopped') await workspace.synchronize('changes', AbortSignal.abort())
    else {
      await workspace.store.beginRun({ profile: 'p', step: 'deltaSync', connector: null, startedAt: workspace.now })
      await workspace.store.recover(workspace.now)
    }
    expect((await workspace.synchronize('changes')).step).toBe('fullSync')
    expect((await workspace.synchronize('changes')).step).toBe('deltaSync')
    await workspace.close()
  })

  it('is one of everybody when rules or settings have changed', async () => {
    const workspace = await openTestWorkspace()
    await workspace.importAll('ad', [])
    await workspace.importAll('entra', [guest('anna')])
    await workspace.synchronize('everything')
    workspace.deciding = { ...workspace.deciding, createForPendingInvitations: !workspace.deciding.createForPendingInvitations }
    expect((await workspace.synchronize('changes')).step).toBe('fullSync')
    await workspace.close()
  })
})
