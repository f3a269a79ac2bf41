import { createHash } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../../shared/domain/canonicalJson.ts'
import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'

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

const beginning = '0'.repeat(64)

/**
 * Appends one line that carries the SHA-256 of the line before, and returns when the disk has it. What is in the trail
 * cannot be changed without every later line showing it; that lines were cut off at its end shows only against a copy.
 * Rejects where the trail cannot be written: what cannot be recorded must not go on.
 *
 * Synchronous inside on purpose: no other append of this thread comes between reading the last line and writing. Other
 * processes are kept away by the lock that every writer of a workspace holds.
 */
export async function appendAudit(folder: string, entry: AuditEntry): Promise<void> {
  const file = openSync(join(folder, auditFileName), 'a+', 0o600)
  try {
    const last = readLastLine(file)
    const { at, actor, action, planHash, details } = entry
    const line = canonicalJson({ at, actor, action, planHash, details, previous: last === null ? beginning : hashAuditLine(last.text) })
    // A crash can leave half a line: it stays as evidence, on a line of its own.
    writeWhole(file, `${last === null || last.isWhole ? '' : '\n'}${line}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Goes through the whole trail; a workspace without one has no entries. */
export async function verifyAudit(folder: string): Promise<Result<{ readonly entries: number }, AuditBreak>> {
  const file = await open(join(folder, auditFileName), 'a+', 0o600)
  try {
    let previous = beginning
    let entries = 0
    for await (const line of file.readLines({ start: 0, autoClose: false })) {
      entries += 1
      const claimed = readPrevious(line)
      if (claimed === null) return fail({ line: entries, why: 'notAnEntry' })
      if (claimed !== previous) return fail({ line: entries, why: 'doesNotFollow' })
      previous = hashAuditLine(line)
    }
    return succeed({ entries })
  } finally {
    await file.close()
  }
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

/** What the next line carries of this one: SHA-256, hex. */
export function hashAuditLine(line: string): string {
  return createHash('sha256').update(line, 'utf8').digest('hex')
}

type LastLine = { readonly text: string; readonly isWhole: boolean }

/** Reads from the end, in pieces that double until they hold a whole line. Null: the trail is empty. */
function readLastLine(file: number): LastLine | null {
  const { size } = fstatSync(file)
  if (size === 0) return null
  for (let length = Math.min(size, 4_096); ; length = Math.min(size, length * 2)) {
    const bytes = Buffer.alloc(length)
    readSync(file, bytes, 0, length, size - length)
    const isWhole = bytes.at(-1) === 0x0a
    const end = isWhole ? length - 1 : length
    const lineBreak = bytes.lastIndexOf(0x0a, end - 1)
    if (lineBreak !== -1 || length === size) return { text: bytes.toString('utf8', lineBreak + 1, end), isWhole }
  }
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
}
