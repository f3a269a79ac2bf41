import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openInvitationJournal as open, type InvitationJournal } from '../../src/main/invitations/invitationJournal.ts'
import { valueOf } from '../contract/directoryUnderTest.ts'

const openInvitationJournal = (path: string): InvitationJournal => valueOf(open(path))

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
  expect(after.known('ANA@fabrikam.com ')).toEqual({ kind: 'invited', id: '1', since: '2026-01-01T00:00:01Z' })
  expect(after.known('ben@fabrikam.com')).toEqual({ kind: 'unanswered', since: '2026-01-01T00:00:00Z' })
  expect(after.known('cleo@fabrikam.com')).toEqual({ kind: 'nothing' })
})

it('holds no address, and goes on behind half a line', async () => {
  openInvitationJournal(file).sending(['ana@fabrikam.com'], '2026-01-01T00:00:00Z')
  expect(await readFile(file, 'utf8')).not.toContain('ana@')
  await appendFile(file, '{"kind":"end')
  expect(openInvitationJournal(file).known('ana@fabrikam.com').kind).toBe('unanswered')
})

it('what is written behind half a line is not lost with it', async () => {
  openInvitationJournal(file).sending(['ana@fabrikam.com'], '2026-01-01T00:00:00Z')
  await appendFile(file, '{"kind":"end')
  openInvitationJournal(file).sending(['ben@fabrikam.com'], '2026-01-01T00:01:00Z')
  expect(openInvitationJournal(file).known('ben@fabrikam.com').kind).toBe('unanswered')
})

it.each(['null', '{"kind":"ended","key":1}', '{"kind":"forgotten","key":"k","at":"t"}', 'what is this'])('a line that is no entry (%s) is named, and nothing is taken for known', async (line) => {
  openInvitationJournal(file).sending(['ana@fabrikam.com'], '2026-01-01T00:00:00Z')
  await appendFile(file, `${line}\n`)
  expect(open(file)).toMatchObject({ ok: false, problem: { kind: 'storeDamaged', detail: { line: 2 } } })
})
