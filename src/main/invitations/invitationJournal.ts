import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** `sending` without `ended` behind it: nobody knows whether the invitation went out. */
type Entry =
  | { readonly kind: 'sending'; readonly key: string; readonly at: string }
  | { readonly kind: 'ended'; readonly key: string; readonly at: string; readonly id: string | null }

/** What the journal knows of an address: nothing, that it was invited (`id`), or that an answer is missing since. */
export type Known = { readonly kind: 'nothing' } | { readonly kind: 'invited'; readonly id: string } | { readonly kind: 'unanswered'; readonly since: string }

/**
 * Who was invited, over all lists of a workspace: so that a list that was interrupted, or comes again, invites nobody twice.
 * Addresses stand in it as hashes; a line is on the disk before the request goes out.
 */
export function openInvitationJournal(file: string) {
  mkdirSync(dirname(file), { recursive: true })
  const known = new Map<string, Known>()
  for (const entry of readEntries(file)) take(known, entry)
  const append = (entries: readonly Entry[]): void => {
    const handle = openSync(file, 'a', 0o600)
    try {
      writeSync(handle, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    for (const entry of entries) take(known, entry)
  }
  return {
    known: (mail: string): Known => known.get(keyOf(mail)) ?? { kind: 'nothing' },
    sending: (mails: readonly string[], at: string): void => append(mails.map((mail) => ({ kind: 'sending', key: keyOf(mail), at }))),
    /** `id` null: refused, so it was not sent. */
    ended: (outcomes: readonly { readonly mail: string; readonly id: string | null }[], at: string): void => append(outcomes.map(({ mail, id }) => ({ kind: 'ended', key: keyOf(mail), at, id }))),
  }
}

export type InvitationJournal = ReturnType<typeof openInvitationJournal>

function take(known: Map<string, Known>, entry: Entry): void {
  if (entry.kind === 'sending') known.set(entry.key, { kind: 'unanswered', since: entry.at })
  else if (entry.id === null) known.delete(entry.key)
  else known.set(entry.key, { kind: 'invited', id: entry.id })
}

function keyOf(mail: string): string {
  return createHash('sha256').update(mail.trim().toLowerCase()).digest('hex')
}

/** A crash can leave half a line at the end; what it was about to say is then unknown, and the line before it counts. */
function readEntries(file: string): readonly Entry[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Entry]
    } catch {
      return []
    }
  })
}
