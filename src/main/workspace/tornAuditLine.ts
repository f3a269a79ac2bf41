import { createHash } from 'node:crypto'
import { copyFileSync, openSync, renameSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TrailEnd } from './auditEnd.ts'
import { writeDurably } from './writeDurably.ts'

/** Where the torn line went (beside the trail), how many bytes it has, and their SHA-256, hex. */
export type SetAside = { readonly file: string; readonly bytes: number; readonly sha256: string }

/**
 * Moves a torn last line, byte for byte, into a file beside the trail, and puts in its place the entry that says so
 * (`recordOf`, one line without line break). The trail is replaced as a whole: after a crash it either still ends with the torn
 * line, and this is done again with the same outcome, or it has the entry.
 */
export function setAsideTornLine(trail: string, { finishedBytes, unfinished }: TrailEnd, recordOf: (setAside: SetAside) => string): void {
  const sha256 = createHash('sha256').update(unfinished).digest('hex')
  // Named after what it holds: the same bytes have the same name, and other bytes are never written over.
  const file = `audit-torn-${sha256.slice(0, 16)}.bin`
  keepBytes(join(dirname(trail), file), unfinished)
  replaceEnd(trail, finishedBytes, `${recordOf({ file, bytes: unfinished.length, sha256 })}\n`)
}

function keepBytes(file: string, bytes: Uint8Array): void {
  writeDurably(openSync(besideOf(file), 'w', 0o600), bytes)
  renameSync(besideOf(file), file)
}

function replaceEnd(file: string, from: number, text: string): void {
  copyFileSync(file, besideOf(file))
  truncateSync(besideOf(file), from)
  writeDurably(openSync(besideOf(file), 'a'), Buffer.from(text, 'utf8'))
  renameSync(besideOf(file), file)
}

function besideOf(file: string): string {
  return `${file}.new`
}
