import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openInvitationJournal } from '../../src/main/invitations/invitationJournal.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guestbridge-invitations-'))
  file = join(folder, 'invitations.jsonl')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('knows after a crash who was invited, and whose answer is missing', () => {
  const journal = openInvitationJournal(file)
  journal.sending(['ana@fabrikam.com', 'ben@fabrikam.com', 'cleo@fabrikam.com'], '2026-01-01T00:00:00Z')
  journal.ended([{ mail: 'ana@fabrikam.com', id: '1' }, { mail: 'cleo@fabrikam.com', id: null }], '2026-01-01T00:00:01Z')
  const after = openInvitationJournal(file)
  expect(after.known('ANA@fabrikam.com ')).toEqual({ kind: 'invited', id: '1' })
  expect(after.known('ben@fabrikam.com')).toEqual({ kind: 'unanswered', since: '2026-01-01T00:00:00Z' })
  expect(after.known('cleo@fabrikam.com')).toEqual({ kind: 'nothing' })
})

it('holds no address, and goes on behind half a line', async () => {
  openInvitationJournal(file).sending(['ana@fabrikam.com'], '2026-01-01T00:00:00Z')
  expect(await readFile(file, 'utf8')).not.toContain('ana@')
  await appendFile(file, '{"kind":"end')
  expect(openInvitationJournal(file).known('ana@fabrikam.com').kind).toBe('unanswered')
})
