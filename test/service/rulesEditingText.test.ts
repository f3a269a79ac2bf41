import { describe, expect, it } from 'vitest'
import { readRulesText } from '../../src/main/service/rulesEditingText.ts'
import { shippedRuleSets } from '../../src/main/rules/shippedRuleSets.ts'

const sound = JSON.stringify(shippedRuleSets.guestbridge, null, 2)

describe('rules as a text', () => {
  it('has no problems where a shipped set stands in it', () => {
    expect(readRulesText(sound)).toMatchObject({ problems: [], rules: { source: { name: 'guestbridge' } } })
  })

  it('points at the character of an expression, behind escaped quotes', () => {
    const text = sound.replace('"\\"User_\\" + id"', '"\\"User_\\" + Upprr(id)"')
    const [problem] = readRulesText(text).problems
    expect(problem).toMatchObject({ path: '/rules/0/flows/2/from/expression' })
    expect(text.slice(problem?.from, problem?.to)).toBe('Upprr(id)')
  })

  it('points at the object that lacks a key', () => {
    const text = sound.replace(/"connector": "entra",\s*/, '')
    const [problem] = readRulesText(text).problems
    expect(problem?.path).toBe('/rules/0/connector')
    expect(problem?.from).toBe(text.indexOf('{', text.indexOf('"rules"')))
  })

  it('points at the place where the text stops being JSON', () => {
    const text = sound.replace('"version": 1,', '"version" 1,')
    const { rules, problems } = readRulesText(text)
    expect(rules).toBeNull()
    expect(problems[0]?.from).toBe(text.indexOf(' 1,') + 1)
  })

  it('refuses comments, which the reader of a rule file does not take', () => {
    expect(readRulesText(`// why\n${sound}`).rules).toBeNull()
  })
})
