import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendAudit, readAuditLines, verifyAudit } from '../../src/main/workspace/audit.ts'

// A namespace of its own for its mounts: nobody else sees that the folder is read-only in there.
const canMountReadOnly = process.platform === 'linux' && spawnSync('unshare', ['--mount', 'mount', '--bind', tmpdir(), tmpdir()]).status === 0

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-')) })
afterEach(async () => { await rm(folder, { recursive: true }) })

const append = (action: string, details: Readonly<Record<string, unknown>> = {}) =>
  appendAudit(folder, { at: '2026-03-01T10:00:00.000Z', actor: 'ada@admin', action, planHash: 'ab'.repeat(32), details })
const trail = () => join(folder, 'audit.jsonl')
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

test('a workspace without trail has no entries, and gets no trail by being looked at', async () => {
  expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 0 } })
  expect(await readAuditLines(folder)).toEqual([])
  expect(await readdir(folder)).toEqual([])
})

test.runIf(canMountReadOnly)('is verified on a disk that is read-only, where nothing can be appended (needs Linux, util-linux, root)', async () => {
  await append('one')
  const inReadOnlyMount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
  const program = `import { appendAudit, verifyAudit } from ${JSON.stringify(join(import.meta.dirname, '../../src/main/workspace/audit.ts'))}
    const refused = await appendAudit(process.argv[1], { at: '', actor: '', action: '', planHash: null, details: {} }).catch((error) => error.code)
    console.log(JSON.stringify({ refused, verified: await verifyAudit(process.argv[1]) }))`
  const { stdout, stderr } = spawnSync('unshare', ['--mount', 'bash', '-c', inReadOnlyMount, 'bash', folder, process.execPath, '--input-type=module-typescript', '-e', program, folder], { encoding: 'utf8' })
  expect(stdout, stderr).toBe(`${JSON.stringify({ refused: 'EROFS', verified: { ok: true, value: { entries: 1 } } })}\n`)
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

test('what a process that ended in the middle of a write has left of a line is set aside byte for byte, and the trail says so in an entry of the chain', async () => {
  // As on a full disk: the system writes so much of the line as fits, and the process ends with that.
  const child = spawn('bash', ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, join(import.meta.dirname, 'appendUntilFull.ts'), folder], { stdio: 'ignore' })
  expect(await once(child, 'exit')).toEqual([1, null])
  const torn = await readFile(trail())
  expect([torn.length, torn.at(-1) === 0x0a]).toEqual([8 * 1024, false])
  const half = torn.subarray(torn.lastIndexOf(0x0a) + 1)
  const before = await verifyAudit(folder)
  expect(before).toMatchObject({ ok: true, value: { unfinishedBytes: half.length } })

  await append('next')
  const lines = await readLines()
  const [record = '', next = ''] = lines.slice(-2)
  const { file, bytes, sha256 } = (JSON.parse(record) as { readonly details: { readonly file: string; readonly bytes: number; readonly sha256: string } }).details
  expect(JSON.parse(record)).toMatchObject({ action: 'trailMended', actor: 'ada@admin', planHash: null })
  expect(await readFile(join(folder, file))).toEqual(half)
  expect([bytes, sha256]).toEqual([half.length, createHash('sha256').update(half).digest('hex')])
  expect(JSON.parse(next)).toMatchObject({ action: 'next' })
  expect((await readFile(trail())).subarray(0, torn.length - half.length)).toEqual(torn.subarray(0, torn.length - half.length))
  expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: before.ok ? before.value.entries + 2 : null } })
  for (const name of [file, 'audit.jsonl']) expect((await stat(join(folder, name))).mode & 0o777, name).toBe(0o600)
})

test('wherever a line was cut off, the lines before it hold, and the next entries follow them', async () => {
  await append('one', { note: 'Zoë 漢' })
  const whole = await readFile(trail())
  await append('two', { note: 'Zoë 漢' })
  const both = await readFile(trail())
  for (let length = whole.length + 1; length < both.length - 1; length += 1) {
    await writeFile(trail(), both.subarray(0, length))
    expect(await verifyAudit(folder), `cut off at ${length}`).toEqual({ ok: true, value: { entries: 1, unfinishedBytes: length - whole.length } })
    await append('three')
    expect((await readLines()).map((line) => (JSON.parse(line) as { readonly action: string }).action)).toEqual(['one', 'trailMended', 'three'])
    expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 3 } })
  }
})

test('a line that lacks its line break alone is an entry', async () => {
  await append('one')
  await append('two')
  await writeFile(trail(), (await readFile(trail())).subarray(0, -1))
  expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 2 } })
  await append('three')
  expect((await readLines()).map((line) => (JSON.parse(line) as { readonly action: string }).action)).toEqual(['one', 'two', 'three'])
  expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 3 } })
})

test('the first line of all can be torn, too', async () => {
  await writeFile(trail(), '{"action":"on')
  expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 0, unfinishedBytes: 13 } })
  await append('one')
  expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 2 } })
})

test('a crash while half a line is set aside is made good by the next append', async () => {
  await append('one')
  await appendFile(trail(), '{"action":"tw')
  // What such a crash leaves: the bytes aside, and half of what was to take the place of the trail.
  const name = `audit-torn-${createHash('sha256').update('{"action":"tw').digest('hex').slice(0, 16)}.bin`
  await writeFile(join(folder, name), '{"action":"tw')
  await writeFile(join(folder, 'audit.jsonl.new'), 'rubbish that is longer than nothing')
  await append('three')
  expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 3 } })
  expect((await readdir(folder)).toSorted()).toEqual([name, 'audit.jsonl'].toSorted())
})

test.each([
  ['half a line with a line break', '{"action":"tw\n', { line: 2, why: 'notAnEntry' }],
  ['half a line in the middle', '{"action":"tw\n{"action":"th', { line: 2, why: 'notAnEntry' }],
  ['a whole line without line break that does not follow', `{"previous":"${'0'.repeat(64)}"}`, { line: 2, why: 'doesNotFollow' }],
])('%s is no crash of ours: the chain is broken, and stays so', async (_, left, problem) => {
  await append('one')
  await appendFile(trail(), left)
  expect(await verifyAudit(folder)).toEqual({ ok: false, problem })
  await append('three')
  expect(await verifyAudit(folder)).toEqual({ ok: false, problem })
})

test('a changed line before a torn one is found as ever', async () => {
  for (const action of ['one', 'two', 'three']) await append(action)
  await writeFile(trail(), `${(await readFile(trail(), 'utf8')).replace('two', 'TWO')}{"action":"fo`)
  expect(await verifyAudit(folder)).toEqual({ ok: false, problem: { line: 3, why: 'doesNotFollow' } })
})

test('rejects where the trail cannot be written', async () => {
  await expect(appendAudit(join(folder, 'nowhere'), { at: '', actor: '', action: '', planHash: null, details: {} })).rejects.toThrow('ENOENT')
})
