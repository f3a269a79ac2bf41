import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendAudit, verifyAudit } from '../../src/main/workspace/audit.ts'

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-')) })
afterEach(async () => { await rm(folder, { recursive: true }) })

const append = (action: string, details: Readonly<Record<string, unknown>> = {}) =>
  appendAudit(folder, { at: '2026-03-01T10:00:00.000Z', actor: 'ada@admin', action, planHash: 'ab'.repeat(32), details })
const readLines = async () => (await readFile(join(folder, 'audit.jsonl'), 'utf8')).split('\n').slice(0, -1)
const writeLines = (lines: readonly string[]) => writeFile(join(folder, 'audit.jsonl'), lines.map((line) => `${line}\n`).join(''))

test('what was appended is there, in order, and the chain holds', async () => {
  await append('planApproved', { note: 'Zoë\n"ok"' })
  await append('exportEnded', { run: 7 })
  const lines = await readLines()
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { action: 'planApproved', actor: 'ada@admin', details: { note: 'Zoë\n"ok"' }, previous: '0'.repeat(64) }, { action: 'exportEnded', details: { run: 7 } },
  ])
  expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 2 } })
})

test('is for its owner alone', async () => {
  await append('a')
  expect((await stat(join(folder, 'audit.jsonl'))).mode & 0o777).toBe(0o600)
})

test('appends at the same time keep the chain', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, index) => append(`action ${index}`, { padding: 'x'.repeat(index * 500) })))
  expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 30 } })
})

test('a workspace without trail has no entries', async () => {
  expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 0 } })
})

test.each([
  ['a line that was changed shows in the next', (lines: readonly string[]) => lines.map((line, index) => (index === 1 ? line.replace('two', 'TWO') : line)), { line: 3, why: 'doesNotFollow' }],
  ['a line that was taken out', (lines: readonly string[]) => lines.filter((_, index) => index !== 1), { line: 2, why: 'doesNotFollow' }],
  ['lines that changed places', ([one = '', two = '', three = '', four = '']: readonly string[]) => [one, three, two, four], { line: 2, why: 'doesNotFollow' }],
  ['a first line that was taken out', (lines: readonly string[]) => lines.slice(1), { line: 1, why: 'doesNotFollow' }],
  ['a line that is no entry', ([one = '', ...rest]: readonly string[]) => [one, 'hello', ...rest], { line: 2, why: 'notAnEntry' }],
])('names %s', async (_, change, expected) => {
  for (const action of ['one', 'two', 'three', 'four']) await append(action)
  await writeLines(change(await readLines()))
  expect(await verifyAudit(folder)).toEqual({ ok: false, problem: expected })
})

test('half a line, left by a crash, stays as evidence and does not swallow the next entry', async () => {
  await append('one')
  await appendFile(join(folder, 'audit.jsonl'), '{"action":"tw')
  await append('three')
  const lines = await readLines()
  expect(lines).toHaveLength(3)
  expect(JSON.parse(lines[2] ?? '')).toMatchObject({ action: 'three' })
  expect(await verifyAudit(folder)).toEqual({ ok: false, problem: { line: 2, why: 'notAnEntry' } })
})

test('rejects where the trail cannot be written', async () => {
  await expect(appendAudit(join(folder, 'nowhere'), { at: '', actor: '', action: '', planHash: null, details: {} })).rejects.toThrow('ENOENT')
})
