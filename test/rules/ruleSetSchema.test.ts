import { expect, it } from 'vitest'
import { describeRuleSetSchema } from '../../src/main/rules/ruleSetSchema.ts'

it('resources/rules.schema.json is what the schema of rule files says (refresh it with vitest -u)', async () => {
  await expect(`${JSON.stringify(describeRuleSetSchema(), null, 2)}\n`).toMatchFileSnapshot('../../resources/rules.schema.json')
})
