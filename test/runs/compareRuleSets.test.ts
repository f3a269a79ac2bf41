import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareRuleSets } from '../../src/main/runs/compareRuleSets.ts'
import { changedRules } from '../engine/testRules.ts'
import { guest, personIdOf, shadowAccount } from '../engine/world.ts'
import { openTestWorkspace, type TestWorkspace } from './testWorkspace.ts'

let workspace: TestWorkspace
beforeEach(async () => {
  workspace = await openTestWorkspace()
  await workspace.importAll('ad', [shadowAccount('anna'), shadowAccount('bert', { sn: 'Drifted' })])
  await workspace.importAll('entra', [guest('anna'), guest('bert'), guest('cleo')])
  await workspace.answerAbsences({})
  await workspace.synchronize('everything')
})
afterEach(() => workspace.close())

/** The shipped rules, but nobody's surname is written. */
const withoutSurnames = changedRules((rules) => ({
  ...rules, name: 'without surnames',
  rules: rules.rules.map((rule) => (rule.direction === 'outbound' ? { ...rule, flows: rule.flows.filter((flow) => flow.to !== 'sn') } : rule)),
}))

function compare(limit = 10) {
  const other = { ...workspace.deciding, rules: withoutSurnames }
  return compareRuleSets(workspace.store, { workspace: 'w', current: workspace.deciding, other, now: workspace.now, limit, signal: new AbortController().signal })
}

describe('the comparison of two rule sets', () => {
  it('counts what each would do and names who is treated otherwise', async () => {
    const compared = await compare()
    expect(compared).toMatchObject({ ok: true, value: {
      current: { name: 'guestbridge', changes: { create: 1, update: 1 }, skips: { unchanged: 1 } },
      other: { name: 'without surnames', changes: { create: 1, update: 0 }, skips: { unchanged: 2 } },
      differing: 2,
    } })
    expect(compared.ok && compared.value.differences.map(({ metaverseId }) => metaverseId).toSorted()).toEqual([personIdOf('bert'), personIdOf('cleo')].toSorted())
  })

  it('finds no difference between a set and itself under another name', async () => {
    const other = { ...workspace.deciding, rules: changedRules((rules) => ({ ...rules, name: 'copy' })) }
    const compared = await compareRuleSets(workspace.store, { workspace: 'w', current: workspace.deciding, other, now: workspace.now, limit: 10, signal: new AbortController().signal })
    expect(compared).toMatchObject({ ok: true, value: { differing: 0, differences: [] } })
  })

  it('shows no more differences than asked for, and counts all', async () => {
    const compared = await compare(1)
    expect(compared.ok && [compared.value.differences.length, compared.value.differing]).toEqual([1, 2])
  })

  it('stores nothing', async () => {
    const before = [await workspace.exports(), await workspace.skips(), await workspace.store.metaverseBatch(null, 100), await workspace.store.runs(10)]
    await compare()
    expect([await workspace.exports(), await workspace.skips(), await workspace.store.metaverseBatch(null, 100), await workspace.store.runs(10)]).toEqual(before)
  })
})
