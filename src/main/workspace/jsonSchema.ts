import { z } from 'zod'
import { configurationSchema } from './configurationSchema.ts'

/** The published JSON Schema of `workspace.json` (draft-07, which editors know), as the text of its file. */
export function writeJsonSchema(): string {
  const schema = z.toJSONSchema(configurationSchema, { target: 'draft-07', io: 'input' })
  return `${JSON.stringify(schema, null, 2)}\n`
}
