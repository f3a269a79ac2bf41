import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readinessAreas } from '../../../shared/domain/readiness.ts'
import type { CheckedReadiness, ReadinessFinding, ReadinessReport } from '../../../shared/domain/readiness.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { replaceFile } from '../../workspace/replaceFile.ts'
import { fileProblemOf } from '../fileProblem.ts'

const fileName = 'readiness.json'

const findingSchema = z.strictObject({
  id: z.string(), area: z.enum(readinessAreas), title: z.string(), state: z.enum(['passed', 'warning', 'failed', 'notChecked']), message: z.string(), read: z.array(z.string()),
  remedy: z.string().nullable(), canApply: z.boolean(),
  scripts: z.array(z.strictObject({ title: z.string(), language: z.enum(['powershell', 'shell', 'json', 'text', 'link']), text: z.string() })),
})
const reportSchema = z.strictObject({ checkedAt: z.iso.datetime(), findings: z.array(findingSchema) })

/** Null where nothing was checked yet, or where an older version left a form that is not understood: checking again makes it anew. */
export async function readLastReport(folder: string): Promise<ReadinessReport | null> {
  try {
    const parsed = reportSchema.safeParse(JSON.parse(await readFile(join(folder, fileName), 'utf8')))
    return parsed.success ? parsed.data : null
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isMissing || error instanceof SyntaxError) return null
    throw error
  }
}

/** It names guests and their accounts: who is purged must not stay in it. The next check makes it anew. */
export async function forgetReport(folder: string): Promise<void> {
  await rm(join(folder, fileName), { force: true })
}

/**
 * What was checked anew takes the place of what was there; the rest stays, in the order of `ids`. Both workers of a window read
 * it. Who checks wants to know what was found, above all where a disk is full or read-only: that it is not kept is said beside it.
 */
export async function keepReport(folder: string, checkedAt: string, fresh: readonly ReadinessFinding[], ids: readonly string[]): Promise<CheckedReadiness> {
  const before = (await readLastReport(folder))?.findings ?? []
  const byId = new Map([...before, ...fresh].map((finding) => [finding.id, finding]))
  const findings = ids.flatMap((id) => byId.get(id) ?? [])
  const report: ReadinessReport = { checkedAt, findings }
  return { ...report, notKept: tryToWrite(folder, report) }
}

function tryToWrite(folder: string, report: ReadinessReport): Problem | null {
  try {
    replaceFile(join(folder, fileName), `${JSON.stringify(report, null, 2)}\n`)
    return null
  } catch (error) {
    const problem = fileProblemOf(error)
    if (problem === null) throw error
    return { ...problem, message: `The findings are not kept. ${problem.message}` }
  }
}
