import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { DelegationReport } from '../../shared/api/delegationCalls.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { replaceFile } from '../workspace/replaceFile.ts'

/** What this version writes and takes for its own; another version's is as good as none. */
const format = 'guestbridge-delegation-check'
const version = 1
const heading = z.object({ format: z.literal(format), version: z.int() })

/** As deep as it takes not to stumble over a file that was cut or edited: what stands in the lists is this version's own. */
const lists = (...names: readonly string[]) => z.looseObject(Object.fromEntries(names.map((name) => [name, z.array(z.looseObject({}))])))
const shape = lists('findings', 'cells', 'readiness').extend({
  facts: lists('domains', 'connectors', 'applications', 'guests', 'proofs').extend({ readAt: z.string(), services: z.record(z.string(), z.unknown()), names: z.record(z.string(), z.unknown()) }),
  guestsLeftOut: z.int(), proxy: z.looseObject({ kind: z.string() }),
})
const whole = z.object({ report: z.custom<DelegationReport>((value) => shape.safeParse(value).success) })

/** The last check of a workspace, for whoever asks later and elsewhere: `delegation/last-check.json`, for its owner alone. */
export async function keepCheck(folder: string, report: DelegationReport): Promise<void> {
  await mkdir(join(folder, 'delegation'), { recursive: true, mode: 0o700 })
  replaceFile(fileOf(folder), JSON.stringify({ format, version, report }))
}

/** Null: nothing was checked yet, or by another version. */
export async function readLastCheck(folder: string): Promise<Result<DelegationReport | null, Problem>> {
  const file = fileOf(folder)
  const text = await readFileIfThere(file)
  if (text === null) return succeed(null)
  const json = parseJson(text)
  const kept = heading.safeParse(json)
  if (kept.success && kept.data.version !== version) return succeed(null)
  const read = whole.safeParse(json)
  if (kept.success && read.success) return succeed(read.data.report)
  return fail({ kind: 'storeDamaged', message: `The last check of delegation in ${file} cannot be read.`, remedy: 'Check again: it is written anew.' })
}

/** It names guests: who is purged must not stay in it. */
export async function forgetLastCheck(folder: string): Promise<void> {
  await rm(fileOf(folder), { force: true })
}

function fileOf(folder: string): string {
  return join(folder, 'delegation', 'last-check.json')
}

async function readFileIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Error(`${file} cannot be read`, { cause: error })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Refused by the schema.
    return null
  }
}
