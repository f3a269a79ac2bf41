import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openService, type Service } from '../../src/main/service.ts'
import { fileProblemOf } from '../../src/main/service/fileProblem.ts'
import { initialiseWorkspace } from '../../src/main/workspace/initialiseWorkspace.ts'
import type { CallName, Outputs } from '../../src/shared/api/contract.ts'
import type { Problem } from '../../src/shared/domain/problem.ts'
import type { Result } from '../../src/shared/domain/result.ts'
import { sample } from '../workspace/sample.ts'

const errorWith = (more: Readonly<Record<string, unknown>>): Error => Object.assign(new Error('refused'), more)

it('a disk that is read-only or full is a problem with the file and what to do', () => {
  expect(fileProblemOf(errorWith({ code: 'EROFS', syscall: 'open', path: '/w/readiness.json.new' }))).toMatchObject({ message: '/w/readiness.json.new cannot be read or written: the disk is read-only.' })
  expect(fileProblemOf(errorWith({ code: 'ENOENT', syscall: 'mkdir', path: '/w/delegation' }))?.message).toContain('/w/delegation')
  expect(fileProblemOf(errorWith({ code: 'ENOSPC', syscall: 'write' }))?.message).toContain('the disk is full')
})

it.each([
  ['a mistake of ours', new TypeError('x is not a function')], ['a socket that may not be opened', errorWith({ code: 'EACCES', syscall: 'listen', port: 80 })], ['a file that is not there', errorWith({ code: 'ENOENT', syscall: 'open', path: '/w/x' })],
])('%s stays an error', (_what, error) => {
  expect(fileProblemOf(error)).toBeNull()
})

describe.skipIf(process.platform !== 'linux')('on a disk that is full (needs /dev/full)', () => {
  let folder: string
  let service: Service
  const call = <Name extends CallName>(name: Name, input: unknown): Promise<Result<Outputs[Name], Problem>> => service.call(name, input, { signal: new AbortController().signal, onProgress: () => undefined })
  /** Every write to this device says that the disk is full. */
  const fill = (file: string): Promise<void> => symlink('/dev/full', join(folder, file))

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-refused-'))
    const made = await initialiseWorkspace(folder, { kind: 'production', name: 'Contoso', entra: sample.entra, activeDirectory: sample.activeDirectory })
    if (!made.ok) throw new Error(JSON.stringify(made.problem))
    const opened = await openService({ folder, environment: {}, labWorker: new URL('file:///none') })
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
    service = opened.value
  })
  afterEach(async () => {
    await service.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('a call whose file is refused answers with that problem', async () => {
    await fill('audit.jsonl')
    const given = await call('standing.give', { limits: { create: 10 }, until: new Date(Date.now() + 86_400_000).toISOString(), note: 'nights' })
    expect(given).toMatchObject({ ok: false, problem: { message: expect.stringContaining('the disk is full') as string } })
  })

  it('the checks tell what they found, and that it is not kept', async () => {
    await fill('readiness.json.new')
    const checked = await call('readiness.check', { only: ['workspace-folder'] })
    expect(checked).toMatchObject({ ok: true, value: { findings: [{ id: 'workspace-folder' }], notKept: { message: expect.stringMatching(/^The findings are not kept.*the disk is full/) as string } } })
    expect(await call('readiness.show', {})).toEqual({ ok: true, value: null })
    await rm(join(folder, 'readiness.json.new'))
    expect(await call('readiness.check', { only: ['workspace-folder'] })).toMatchObject({ ok: true, value: { notKept: null } })
  })
})
