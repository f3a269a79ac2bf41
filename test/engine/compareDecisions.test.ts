import { describe, expect, it } from 'vitest'
import type { OutboundDecision } from '../../src/shared/domain/decision.ts'
import { compareDecisions } from '../../src/main/engine/compareDecisions.ts'
import { parseRuleSet } from '../../src/main/rules/parseRuleSet.ts'
import { shippedRuleSets } from '../../src/main/rules/shippedRuleSets.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { guest, shadowAccount, testSettings, world, type World } from './world.ts'

/** What a shipped rule set decides about the only person of the world. */
function decisionOf(set: keyof typeof shippedRuleSets, given: World): OutboundDecision {
  const rules = parseRuleSet(shippedRuleSets[set])
  if (!rules.ok) throw new Error(JSON.stringify(rules.problem))
  const { changes, skips } = synchronizeWorld({ ...given, settings: testSettings({ rules: rules.value }) })
  const [change] = changes
  const [skip] = skips
  if (change !== undefined) return { kind: 'change', change }
  if (skip === undefined) throw new Error('Nothing was decided')
  return { kind: 'skip', ...skip }
}

const compare = (given: World) => compareDecisions(decisionOf('guestbridge', given), decisionOf('tutorial', given))

describe('two rule sets on the same data', () => {
  it('are the same where they write the same, by rules of whatever names', () => {
    expect(compare(world({ guests: [guest('anna')] }))).toEqual({ kind: 'same' })
    expect(compare(world({ guests: [guest('anna')], accounts: [shadowAccount('anna')] }))).toEqual({ kind: 'same' })
  })

  it('differ where one clears what the other keeps', () => {
    const given = world({ guests: [guest('anna', { mail: null })], accounts: [shadowAccount('anna')] })
    expect(compare(given)).toMatchObject({ kind: 'otherDecision', before: { change: { kind: 'update' } }, after: { reason: { kind: 'unchanged' } } })
    const alsoRenamed = world({ guests: [guest('anna', { mail: null, surname: 'New' })], accounts: [shadowAccount('anna')] })
    expect(compare(alsoRenamed)).toEqual({ kind: 'otherValues', differences: [{ attribute: 'mail', before: [], after: null }] })
  })

  it('differ where only one moves the account', () => {
    const given = world({ guests: [guest('anna')], accounts: [shadowAccount('anna', { dn: 'CN=elsewhere,OU=Sub,OU=AAD Guest Users,DC=contoso,DC=local' })] })
    expect(compareDecisions(decisionOf('guestbridge', given), decisionOf('tutorial-ou', given))).toMatchObject({ kind: 'otherDecision', after: { change: { kind: 'move' } } })
  })
})
