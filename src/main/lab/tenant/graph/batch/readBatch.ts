import { z } from 'zod'
import { graphErrors } from '../graphErrors.ts'
import type { QueryResult } from '../query/filterExpression.ts'

const itemSchema = z.object({
  id: z.string().min(1),
  method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
  /** Relative to the version: `/users/…`. */
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).default([]),
})

export type BatchItem = z.infer<typeof itemSchema>

const mostItems = 20

/** The requests of a batch in an order in which each comes after those that it depends on. */
export function readBatch(body: Readonly<Record<string, unknown>> | null): QueryResult<readonly BatchItem[]> {
  const requests = body?.['requests']
  if (!Array.isArray(requests) || requests.length === 0) return refuse('Invalid batch payload format.')
  if (requests.length > mostItems) return refuse(`Number of batch request steps exceeds the maximum value of ${mostItems}.`)
  const parsed = z.array(itemSchema).safeParse(requests)
  if (!parsed.success) return refuse(`Invalid batch payload format: ${z.prettifyError(parsed.error)}`)
  const items = parsed.data
  const ids = new Set(items.map(({ id }) => id))
  if (ids.size < items.length) return refuse('Duplicate request ids were found in the batch; each must be unique.')
  const lacking = items.flatMap(({ dependsOn }) => dependsOn).find((id) => !ids.has(id))
  if (lacking !== undefined) return refuse(`A request depends on '${lacking}', which is not in the batch.`)
  const sorted = sortByDependency(items)
  return sorted === null ? refuse('The requests of the batch depend on each other in a circle.') : { ok: true, value: sorted }
}

/** Null where they depend on each other in a circle. */
function sortByDependency(items: readonly BatchItem[]): readonly BatchItem[] | null {
  const sorted: BatchItem[] = []
  const done = new Set<string>()
  while (sorted.length < items.length) {
    const next = items.find(({ id, dependsOn }) => !done.has(id) && dependsOn.every((other) => done.has(other)))
    if (next === undefined) return null
    sorted.push(next)
    done.add(next.id)
  }
  return sorted
}

function refuse(message: string): QueryResult<never> {
  return { ok: false, error: graphErrors.malformedQuery(message) }
}
