import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { changeKinds } from '../../shared/domain/change.ts'
import { parseDn } from '../../shared/domain/dn.ts'
import type { PlanHeader, PlanLine } from '../../shared/domain/plan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { summarize, type Plan } from './plan.ts'
import { hashChange } from './planHash.ts'

/** JSON Lines: the header, then one change a line with its own hash. Written beside its place and then moved there. */
export async function writePlanFile(path: string, plan: Plan): Promise<void> {
  const beside = `${path}.writing`
  const file = await open(beside, 'w', 0o600)
  try {
    await file.write(`${JSON.stringify(plan.header)}\n`)
    for await (const line of plan.lines()) await file.write(`${JSON.stringify(line)}\n`)
    await file.sync()
  } catch (error) {
    await file.close()
    await rm(beside, { force: true })
    throw error
  }
  await file.close()
  await rename(beside, path)
}

const value = z.union([z.string(), z.number(), z.boolean()])
const dn = z.string().refine((text) => parseDn(text).ok, 'not a distinguished name')
const headerSchema = z.strictObject({
  format: z.literal('guestbridge-plan'), version: z.literal(1), workspace: z.string(), tenant: z.string(), domainSid: z.string(),
  runs: z.strictObject({ synchronization: z.int(), adImport: z.int(), entraImport: z.int() }), rulesHash: z.string(), plannedAt: z.string(),
  purpose: z.strictObject({ kind: z.literal('undo'), run: z.int(), created: z.enum(['disabled', 'deleted']) }).exactOptional(),
})
const lineSchema = z.strictObject({
  hash: z.string(),
  change: z.looseObject({
    kind: z.enum(changeKinds), metaverseId: z.string(), dn, anchor: z.string().nullable(), newDn: dn.nullable().optional(), rule: z.string(),
    attributes: z.array(z.looseObject({ name: z.string(), before: z.array(value), after: z.array(value) })),
  }),
})

/**
 * Reads a plan that somebody approved. Each line is held to its own hash, so a file that was edited is recognised
 * before the plan's hash is compared with the approved one.
 */
export async function readPlanFile(path: string): Promise<Result<Plan, Problem>> {
  let header: PlanHeader | null = null
  let number = 0
  const changes: PlanLine[] = []
  try {
    for await (const text of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1
      if (header === null) {
        const parsed = headerSchema.safeParse(parseJson(text))
        if (!parsed.success) return fail(unreadable(path, number, 'the header is not that of a plan of this version'))
        header = parsed.data
        continue
      }
      const line = readLine(text)
      if (!line.ok) return fail(unreadable(path, number, line.problem))
      changes.push(line.value)
    }
  } catch (error) {
    return fail(unreadable(path, number, error instanceof Error ? error.message : String(error)))
  }
  if (header === null) return fail(unreadable(path, 1, 'the file is empty'))
  const lines = async function* () { yield* changes }
  return succeed({ header, lines, ...(await summarize(header, lines())) })
}

function readLine(text: string): Result<PlanLine, string> {
  const parsed = lineSchema.safeParse(parseJson(text))
  if (!parsed.success) return fail(parsed.error.issues[0]?.message ?? 'not a change')
  // The hash covers every field, so what the schema does not spell out cannot have been changed by hand either.
  const line = parsed.data as unknown as PlanLine
  return hashChange(line.change) === line.hash ? succeed(line) : fail('the change was altered after it was planned')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unreadable(path: string, line: number, why: string): Problem {
  return {
    kind: 'planUnreadable',
    message: `The plan ${path} cannot be used: line ${line}: ${why}.`,
    remedy: 'Write it again with "guestbridge plan --out FILE" and have it approved again.',
    detail: { file: path, line },
  }
}
