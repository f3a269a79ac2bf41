import { createHash } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'

const entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sending'), key: z.string(), at: z.string() }),
  z.object({ kind: z.literal('ended'), key: z.string(), at: z.string(), id: z.string().nullable() }),
])
/** `sending` without `ended` behind it: nobody knows whether the invitation went out. */
type Entry = z.output<typeof entry>

/** What the journal knows of an address: nothing, that it was invited (`id`), or that an answer is missing; `since` is when. */
export type Known = { readonly kind: 'nothing' } | { readonly kind: 'invited'; readonly id: string; readonly since: string } | { readonly kind: 'unanswered'; readonly since: string }

export type InvitationJournal = {
  readonly known: (mail: string) => Known
  readonly sending: (mails: readonly string[], at: string) => void
  /** `id` null: refused, so it was not sent. */
  readonly ended: (outcomes: readonly { readonly mail: string; readonly id: string | null }[], at: string) => void
}

/**
 * Who was invited, over all lists of a workspace: so that a list that was interrupted, or comes again, invites nobody twice.
 * Addresses stand in it as hashes; a line is on the disk before the request goes out. The
 * caller holds the writer's lock. Fails where a line cannot be read: whom it is about could be invited twice.
 */
export function openInvitationJournal(file: string): Result<InvitationJournal, Problem> {
  mkdirSync(dirname(file), { recursive: true })
  const read = readEntries(file)
  if (!read.ok) return read
  const known = new Map<string, Known>()
  for (const entry of read.value) take(known, entry)
  const append = (entries: readonly Entry[]): void => {
    appendEntries(file, entries)
    for (const entry of entries) take(known, entry)
  }
  return succeed({
    known: (mail) => known.get(keyOf(mail)) ?? { kind: 'nothing' },
    sending: (mails, at) => append(mails.map((mail) => ({ kind: 'sending', key: keyOf(mail), at }))),
    ended: (outcomes, at) => append(outcomes.map(({ mail, id }) => ({ kind: 'ended', key: keyOf(mail), at, id }))),
  })
}

function take(known: Map<string, Known>, entry: Entry): void {
  if (entry.kind === 'sending') known.set(entry.key, { kind: 'unanswered', since: entry.at })
  else if (entry.id === null) known.delete(entry.key)
  else known.set(entry.key, { kind: 'invited', id: entry.id, since: entry.at })
}

function keyOf(mail: string): string {
  return createHash('sha256').update(mail.trim().toLowerCase()).digest('hex')
}

function appendEntries(file: string, entries: readonly Entry[]): void {
  // A crash can leave half a line: what comes next stands on a line of its own, or it would be lost with it.
  const handle = openSync(file, 'a+', 0o600)
  try {
    const { size } = fstatSync(handle)
    const last = Buffer.alloc(1)
    const isWhole = size === 0 || (readSync(handle, last, 0, 1, size - 1) === 1 && last[0] === 0x0a)
    writeFileSync(handle, `${isWhole ? '' : '\n'}${entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')}`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function readEntries(file: string): Result<readonly Entry[], Problem> {
  const entries: Entry[] = []
  const lines = readIfThere(file).split('\n')
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const parsed = entry.safeParse(parseJson(line))
    if (parsed.success) entries.push(parsed.data)
    else if (!isHalfLine(line)) return fail(damaged(file, index + 1))
  }
  return succeed(entries)
}

/** What a crash leaves: the beginning of an entry. What it was about to say is unknown, and the line before it counts. */
function isHalfLine(line: string): boolean {
  return '{"kind":"'.startsWith(line.slice(0, 9)) && parseJson(line) === undefined
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Refused by the schema.
    return undefined
  }
}

function damaged(file: string, line: number): Problem {
  return {
    kind: 'storeDamaged', message: `Line ${line} of ${file} is no entry of the journal of invitations, so nobody knows whom it was about. Nobody was invited.`,
    remedy: 'Bring the file back from a copy. Without one, move it away: then only what the tenant shows keeps people from being invited twice.', detail: { file, line },
  }
}
