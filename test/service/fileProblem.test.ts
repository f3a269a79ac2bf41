import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openService } from '../../src/main/service.ts'
import { fileProblemOf } from '../../src/main/service/fileProblem.ts'
import { initialiseWorkspace } from '../../src/main/workspace/initialiseWorkspace.ts'
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

it.skipIf(process.platform !== 'linux')('a call whose file is refused answers with that problem (needs /dev/full)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guestbridge-refused-'))
  try {
    expect((await initialiseWorkspace(folder, { kind: 'production', name: 'Contoso', entra: sample.entra, activeDirectory: sample.activeDirectory })).ok).toBe(true)
    const service = await openService({ folder, environment: {}, labWorker: new URL('file:///none') })
    if (!service.ok) throw new Error(JSON.stringify(service.problem))
    try {
      // Every write to this device says that the disk is full.
      await symlink('/dev/full', join(folder, 'readiness.json.new'))
      const checked = await service.value.call('readiness.check', { only: ['workspace-folder'] }, { signal: new AbortController().signal, onProgress: () => undefined })
      expect(checked).toMatchObject({ ok: false, problem: { message: expect.stringContaining('the disk is full') as string } })
    } finally {
      await service.value.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
