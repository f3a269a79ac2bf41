import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DelegationPlan } from '../../shared/domain/delegationPlan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { writeDelegationPlan } from '../kcd/planning/delegationPlanFile.ts'

/** The plan by its hash in the workspace, and in a file that was asked for; answers where to find it. Null: without changes there is nothing to keep. */
export async function keepDelegationPlan(folder: string, plan: DelegationPlan, path: string | null): Promise<Result<string | null, Problem>> {
  if (plan.lines.length === 0) return succeed(null)
  await mkdir(join(folder, 'plans'), { recursive: true, mode: 0o700 })
  const file = planFileOf(folder, plan.hash)
  for (const place of path === null ? [file] : [file, path]) {
    const written = writeDelegationPlan(place, plan)
    if (!written.ok) return written
  }
  return succeed(path ?? file)
}

export function planFileOf(folder: string, hash: string): string {
  return join(folder, 'plans', `delegation-${hash.toLowerCase()}.jsonl`)
}
