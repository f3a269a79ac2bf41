import { createHash } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../../shared/domain/canonicalJson.ts'
import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import { readTrailEnd, type TrailEnd } from './auditEnd.ts'
import { setAsideTornLine } from './tornAuditLine.ts'
import { writeDurably } from './writeDurably.ts'

export const auditFileName = 'audit.jsonl'

/** One thing that somebody decided or that was done in consequence. Never holds a secret. */
export type AuditEntry = {
  /** ISO 8601 in UTC. */
  readonly at: string
  /** `user@computer`, or the name of a standing approval. */
  readonly actor: string
  readonly action: string
  readonly planHash: string | null
  /** JSON values only. */
  readonly details: Readonly<Record<string, unknown>>
}

/** `line` counts from 1. */
export type AuditBreak = { readonly line: number; readonly why: 'notAnEntry' | 'doesNotFollow' }

/** `unfinishedBytes`: of a last line that a crash has cut off in the middle; missing where there is none. It is no entry, and the next append sets it aside. */
export type VerifiedTrail = { readonly entries: number; readonly unfinishedBytes?: number }

const beginning = '0'.repeat(64)

/**
 * Appends one line that carries the SHA-256 of the line before, and returns when the disk has it. What is in the trail
 * cannot be changed without every later line showing it; that lines were cut off at its end shows only against a copy.
 * A last line that a crash has torn is set aside first, which is an entry of its own (`trailMended`).
 * Rejects where the trail cannot be written: what cannot be recorded must not go on.
 *
 * Synchronous inside on purpose: no other append of this thread comes between reading the last line and writing. Other
 * processes are kept away by the lock that every writer of a workspace holds.
 */
export async function appendAudit(folder: string, entry: AuditEntry): Promise<void> {
  const trail = join(folder, auditFileName)
  const end = lookAtEnd(trail)
  if (isTorn(end)) {
    setAsideTornLine(trail, end, (details) => lineOf({ at: entry.at, actor: entry.actor, action: 'trailMended', planHash: null, details }, end.lastLine))
    return appendAudit(folder, entry)
  }
  const isFinished = end.unfinished.length === 0
  const line = lineOf(entry, isFinished ? end.lastLine : end.unfinished.toString('utf8'))
  // Only the line break was lost: what is whole is an entry as any other.
  writeDurably(openSync(trail, 'a', 0o600), Buffer.from(`${isFinished ? '' : '\n'}${line}\n`, 'utf8'))
}

/**
 * Goes through the whole trail; a workspace without one has no entries. Only what follows the last line break may be unfinished.
 * Nothing is opened for writing: evidence is verified on a disk that is read-only, too.
 */
export async function verifyAudit(folder: string): Promise<Result<VerifiedTrail, AuditBreak>> {
  const file = await openIfThere(join(folder, auditFileName))
  if (file === null) return succeed({ entries: 0 })
  try {
    const end = readTrailEnd(file.fd)
    const unfinishedBytes = isTorn(end) ? end.unfinished.length : 0
    const length = end.finishedBytes + end.unfinished.length - unfinishedBytes
    let previous = beginning
    let entries = 0
    for await (const line of length === 0 ? [] : file.readLines({ start: 0, end: length - 1, autoClose: false })) {
      entries += 1
      const claimed = readPrevious(line)
      if (claimed === null) return fail({ line: entries, why: 'notAnEntry' })
      if (claimed !== previous) return fail({ line: entries, why: 'doesNotFollow' })
      previous = hashAuditLine(line)
    }
    return succeed({ entries, ...(unfinishedBytes === 0 ? {} : { unfinishedBytes }) })
  } finally {
    await file.close()
  }
}

/** The lines of the trail as they stand, none where there is no trail, without one that a crash has torn: that one says nothing. */
export async function readAuditLines(folder: string): Promise<readonly string[]> {
  const file = await openIfThere(join(folder, auditFileName))
  if (file === null) return []
  try {
    const lines = (await file.readFile('utf8')).split('\n')
    const last = lines.pop() ?? ''
    return readPrevious(last) === null ? lines : [...lines, last]
  } finally {
    await file.close()
  }
}

/** What the next line carries of this one: SHA-256, hex. */
export function hashAuditLine(line: string): string {
  return createHash('sha256').update(line, 'utf8').digest('hex')
}

async function openIfThere(trail: string): Promise<FileHandle | null> {
  try {
    return await open(trail, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function lineOf({ at, actor, action, planHash, details }: AuditEntry, lastLine: string | null): string {
  return canonicalJson({ at, actor, action, planHash, details, previous: lastLine === null ? beginning : hashAuditLine(lastLine) })
}

function readPrevious(line: string): string | null {
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'object' && entry !== null && 'previous' in entry && typeof entry.previous === 'string' ? entry.previous : null
  } catch {
    // Not JSON, so not an entry: the caller names the line.
    return null
  }
}

/** A line is written whole with its line break, so one without either was never acknowledged to anybody. */
function isTorn({ unfinished }: TrailEnd): boolean {
  return unfinished.length > 0 && readPrevious(unfinished.toString('utf8')) === null
}

function lookAtEnd(trail: string): TrailEnd {
  const file = openSync(trail, 'a+', 0o600)
  try {
    return readTrailEnd(file)
  } finally {
    closeSync(file)
  }
}
