import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { loginMappings } from '../../shared/domain/delegation.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { ApplicationProxy } from '../connectors/applicationProxy.ts'
import { replaceFile } from '../workspace/replaceFile.ts'

/** What a signed-in person has read of application proxy: checks and plans of later go on from it, because nobody is signed in then. */
export type KeptProxy = { /** ISO 8601 in UTC. */ readonly readAt: string; readonly account: string | null; readonly proxy: ApplicationProxy }

const text = z.string().nullable()
const schema = z.strictObject({
  version: z.literal(1), readAt: z.iso.datetime(), account: text,
  proxy: z.strictObject({
    connectors: z.array(z.strictObject({ id: z.string(), machineName: z.string(), status: z.enum(['active', 'inactive']), group: text })),
    applications: z.array(z.strictObject({
      id: z.string(), name: z.string(), group: text, internalUrl: text, singleSignOnMode: text, preAuthentication: text, spn: text,
      mapping: z.enum(loginMappings).nullable(), assignedTo: z.array(z.string()).nullable(),
    })),
  }),
})

/** `delegation/application-proxy.json`, for its owner alone. Holds no token. */
export async function keepProxy(folder: string, kept: KeptProxy): Promise<void> {
  await mkdir(join(folder, 'delegation'), { recursive: true, mode: 0o700 })
  replaceFile(fileOf(folder), `${JSON.stringify({ version: 1, ...kept }, null, 1)}\n`)
}

/** Null: nobody has read it yet. */
export async function readKeptProxy(folder: string): Promise<Result<KeptProxy | null, Problem>> {
  const content = await readIfThere(fileOf(folder))
  if (content === null) return succeed(null)
  const parsed = schema.safeParse(parseJson(content))
  return parsed.success ? succeed(parsed.data) : fail({ kind: 'storeDamaged', message: `What was read of application proxy, in ${fileOf(folder)}, cannot be used.`, remedy: 'Read it again: guestbridge kcd check --sign-in' })
}

/** Takes a person who is purged off the lists of those who may use an application; what cannot be read could name him, and goes as a whole. */
export async function forgetInProxy(folder: string, entraId: string): Promise<void> {
  const kept = await readKeptProxy(folder)
  if (!kept.ok) return rm(fileOf(folder), { force: true })
  if (kept.value === null) return
  const { proxy } = kept.value
  const applications = proxy.applications.map((application) => ({ ...application, assignedTo: application.assignedTo?.filter((id) => id !== entraId.toLowerCase()) ?? null }))
  await keepProxy(folder, { ...kept.value, proxy: { ...proxy, applications } })
}

function fileOf(folder: string): string {
  return join(folder, 'delegation', 'application-proxy.json')
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Error(`${file} cannot be read`, { cause: error })
  }
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    // Refused by the schema.
    return null
  }
}
