import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile } from '../workspace/replaceFile.ts'
import { invitationsFile } from './invitations/journalOf.ts'

/**
 * Takes a person out of the files beside the store (sync-semantics 24). A kept plan that names him goes as a whole: without
 * his line it would be another plan. `undo` makes it again from the journal, for everybody else.
 */
export async function forgetInFiles(folder: string, ids: readonly string[]): Promise<void> {
  const plans = join(folder, 'plans')
  for (const name of await namesIn(plans)) {
    const file = join(plans, name)
    if (name.endsWith('.jsonl') && names(await readFile(file, 'utf8'), ids)) await rm(file, { force: true })
  }
  await forgetInvitations(invitationsFile(folder), ids)
}

/** All entries of an address whose invitation led to one of these ids; the address itself stands there as a hash only. */
async function forgetInvitations(file: string, ids: readonly string[]): Promise<void> {
  const lines = (await readIfThere(file)).split('\n').filter((line) => line !== '')
  const keys = lines.filter((line) => names(line, ids)).map((line) => /"key":"([0-9a-f]{64})"/.exec(line)?.[1]).filter((key) => key !== undefined)
  const kept = lines.filter((line) => !keys.some((key) => line.includes(key)))
  if (kept.length < lines.length) replaceFile(file, kept.map((line) => `${line}\n`).join(''))
}

function names(text: string, ids: readonly string[]): boolean {
  const lowered = text.toLowerCase()
  return ids.some((id) => lowered.includes(id.toLowerCase()))
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
