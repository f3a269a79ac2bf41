import type { Outputs } from '../../../../shared/api/contract.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { Client } from '../../app/client.ts'
import { texts } from '../../texts.ts'

export const planFormats = ['csv', 'ldif', 'jsonl'] as const
export type PlanFormat = (typeof planFormats)[number]

export type RenderedPlan = { readonly parts: readonly string[]; readonly changes: number; readonly hash: string }

const pageSize = 500

/** The whole plan as one file. It comes in pages; the hash before and after tells whether they are of one plan. */
export async function renderPlan(client: Client, format: PlanFormat, onProgress: (changes: number) => void): Promise<Result<RenderedPlan, Problem>> {
  const before = await client.call('plan.summary', {})
  if (!before.ok) return before
  const parts: string[] = []
  let changes = 0
  let after: Outputs['plan.render']['next'] = null
  do {
    const page: Result<Outputs['plan.render'], Problem> = await client.call('plan.render', { format, after, limit: pageSize })
    if (!page.ok) return page
    parts.push(page.value.text)
    changes += page.value.changes
    onProgress(changes)
    after = page.value.next
  } while (after !== null)
  const now = await client.call('plan.summary', {})
  if (!now.ok) return now
  const { hash } = now.value
  if (hash === null || hash !== before.value.hash) return fail({ kind: 'planStale', message: texts.review.planChanged, remedy: texts.review.planChangedRemedy })
  return succeed({ parts, changes, hash })
}
