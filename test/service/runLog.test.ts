import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openService } from '../../src/main/service.ts'
import { createRunLog } from '../../src/main/service/runLog.ts'
import { initialiseWorkspace } from '../../src/main/workspace/initialiseWorkspace.ts'
import type { Result } from '../../src/shared/domain/result.ts'
import { sample } from '../workspace/sample.ts'

describe('the log of runs', () => {
  let folder: string
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-log-')) })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is made when work begins that is logged, and has its end', async () => {
    const log = createRunLog(folder)
    expect(log.open()).toBeNull()
    log.ended('export', null)
    expect(await readFile(join(folder, 'guestbridge.log'), 'utf8')).toContain('"what":"export"')
  })

  it('that cannot be written stops nobody who reads; who writes is told before anything is done', async () => {
    valueOf(await initialiseWorkspace(folder, { kind: 'production', name: 'Contoso', entra: sample.entra, activeDirectory: sample.activeDirectory }))
    // A folder in its place refuses root too, which a file without rights does not.
    await mkdir(join(folder, 'guestbridge.log'))
    const service = valueOf(await openService({ folder, environment: {}, labWorker: new URL('file:///none') }))
    try {
      const calm = { signal: new AbortController().signal, onProgress: () => undefined }
      expect(await service.call('status.show', {}, calm)).toMatchObject({ ok: true })
      expect(await service.call('runs.start', { profile: 'cycle', acceptSmallerSource: null }, calm)).toMatchObject({ ok: false, problem: { message: expect.stringContaining('guestbridge.log cannot be written') as string } })
      expect(valueOf(await service.call('status.show', {}, calm)).lastRun).toBeNull()
    } finally {
      await service.close()
    }
  })
})

function valueOf<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
