import { readFileSync } from 'node:fs'
import type { CompiledRuleSet } from '../../src/main/rules/compiled.ts'
import { parseRuleSet } from '../../src/main/rules/parseRuleSet.ts'
import type { RuleSet } from '../../src/main/rules/ruleSet.ts'

/** The rule set that is shipped: what the tables say of the engine they say of the product. */
export const testRules: CompiledRuleSet = compile(JSON.parse(readFileSync(new URL('../../resources/rules/guestbridge.json', import.meta.url), 'utf8')))

/** The shipped set with another part: for rules that it does not have. */
export function changedRules(change: (rules: RuleSet) => RuleSet): CompiledRuleSet {
  return compile(change(testRules.source))
}

function compile(input: unknown): CompiledRuleSet {
  const result = parseRuleSet(input)
  if (!result.ok) throw new Error(JSON.stringify(result.problem, null, 2))
  return result.value
}
