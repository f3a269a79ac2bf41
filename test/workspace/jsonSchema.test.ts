import { expect, test } from 'vitest'
import { writeJsonSchema } from '../../src/main/workspace/jsonSchema.ts'

test('the published schema is up to date (vitest run test/workspace/jsonSchema.test.ts -u writes it)', async () => {
  await expect(writeJsonSchema()).toMatchFileSnapshot('../../resources/workspace.schema.json')
})

test('every key has a description, for editors', () => {
  const undescribed: string[] = []
  const visit = (schema: { readonly [key: string]: unknown }, path: string): void => {
    for (const [name, value] of Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>)) {
      if (value['description'] === undefined && value['const'] === undefined) undescribed.push(`${path}/${name}`)
      visit(value, `${path}/${name}`)
    }
  }
  visit(JSON.parse(writeJsonSchema()) as Record<string, unknown>, '')
  expect(undescribed).toEqual([])
})
