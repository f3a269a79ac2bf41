import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { forgetInFiles } from '../../src/main/service/forgetPerson.ts'
import { openInvitationJournal } from '../../src/main/invitations/invitationJournal.ts'

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-forget-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

it('plans that name a purged person go as a whole, the others stay', async () => {
  await mkdir(join(folder, 'plans'))
  await writeFile(join(folder, 'plans', '3.undo.jsonl'), '{"format":"guestbridge-plan"}\n{"change":{"anchor":"AAAA-1"}}\n')
  await writeFile(join(folder, 'plans', '5.undo.jsonl'), '{"format":"guestbridge-plan"}\n{"change":{"anchor":"bbbb-2"}}\n')
  await forgetInFiles(folder, ['entra:x', 'aaaa-1'])
  expect(await readdir(join(folder, 'plans'))).toEqual(['5.undo.jsonl'])
})

it('the journal of invitations knows a purged person no more, and the others as before', async () => {
  const file = join(folder, 'invitations.jsonl')
  const journal = openInvitationJournal(file)
  if (!journal.ok) throw new Error(journal.problem.message)
  journal.value.sending(['ana@fabrikam.com', 'ben@fabrikam.com'], '2026-01-01T00:00:00Z')
  journal.value.ended([{ mail: 'ana@fabrikam.com', id: 'aaaa-1' }, { mail: 'ben@fabrikam.com', id: 'bbbb-2' }], '2026-01-01T00:00:01Z')
  await forgetInFiles(folder, ['aaaa-1'])
  const after = openInvitationJournal(file)
  expect(after.ok ? [after.value.known('ana@fabrikam.com').kind, after.value.known('ben@fabrikam.com').kind] : after.problem).toEqual(['nothing', 'invited'])
  expect(await readFile(file, 'utf8')).not.toContain('aaaa-1')
})

it('a workspace without such files is left as it is', async () => {
  await forgetInFiles(folder, ['aaaa-1'])
  expect(await readdir(folder)).toEqual([])
})
