import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ProofOutcome } from '../../../shared/domain/delegation.ts'
import { replaceFile } from '../../workspace/replaceFile.ts'

/** Beside workspace.json: the last proof of each application and guest. Holds no ticket and no secret. */
export const proofsFileName = 'proofs.json'

const checks = z.array(z.int())
const site = z.strictObject({ url: z.string(), status: z.int(), seenAs: z.string().nullable(), text: z.string() })
const outcomeSchema = z.strictObject({
  application: z.string(), guest: z.string(), connector: z.string().nullable(), at: z.string(), controller: z.string().nullable(),
  result: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('ticket'), principal: z.string(), service: z.string(), encryptionType: z.string(), startsAt: z.string().nullable(), endsAt: z.string().nullable(),
      site: site.nullable(), siteProblem: z.exactOptional(z.string()),
    }),
    z.strictObject({
      kind: z.literal('refused'), text: z.string(), checks, remedy: z.string(),
      reason: z.enum(['notAllowedToDelegate', 'accountRestricted', 'accountUnknown', 'serviceUnknown', 'connectorRefused', 'clockSkew', 'encryptionType', 'unreachable', 'other']),
    }),
    z.strictObject({ kind: z.literal('notProven'), why: z.string(), remedy: z.string() }),
  ]),
}) satisfies z.ZodType<ProofOutcome>

const fileSchema = z.strictObject({ version: z.literal(1), proofs: z.array(outcomeSchema) })

/** More pairs than anybody proves by hand; the oldest go first. */
const mostKept = 5_000

/**
 * The last proof of each application and guest, oldest first; none where nothing was ever proved. A file that is not ours
 * or of a later version counts as none, because a proof can always be made again: keeping the next one replaces it.
 */
export async function readProofs(folder: string): Promise<readonly ProofOutcome[]> {
  const proofs = await readKept(folder)
  return proofs === 'unusable' ? [] : proofs
}

/**
 * Takes the place of the former proof of the same application, guest and connector; but that nothing could be asked says
 * less than what was answered before, and replaces nothing. The caller holds the writer's lock.
 */
export async function keepProof(folder: string, outcome: ProofOutcome): Promise<void> {
  const proofs = await readProofs(folder)
  const others = proofs.filter(({ application, guest, connector }) => application !== outcome.application || guest !== outcome.guest || connector !== outcome.connector)
  if (outcome.result.kind === 'notProven' && proofs.some((former) => !others.includes(former) && former.result.kind !== 'notProven')) return
  write(folder, [...others, outcome].slice(-mostKept))
}

/** Of a guest who is purged; by Entra id. What cannot be read could name him, and goes as a whole. The caller holds the writer's lock. */
export async function forgetProofs(folder: string, guest: string): Promise<void> {
  const proofs = await readKept(folder)
  if (proofs === 'unusable') return rm(join(folder, proofsFileName), { force: true })
  const others = proofs.filter((outcome) => outcome.guest !== guest)
  if (others.length < proofs.length) write(folder, others)
}

async function readKept(folder: string): Promise<readonly ProofOutcome[] | 'unusable'> {
  const text = await readIfThere(join(folder, proofsFileName))
  if (text === null) return []
  const parsed = fileSchema.safeParse(parseJson(text))
  return parsed.success ? parsed.data.proofs : 'unusable'
}

function write(folder: string, proofs: readonly ProofOutcome[]): void {
  replaceFile(join(folder, proofsFileName), `${JSON.stringify({ version: 1, proofs }, null, 1)}\n`)
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Damaged: the schema refuses it.
    return null
  }
}
