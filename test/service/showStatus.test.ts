import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openService } from '../../src/main/service.ts'
import { openStoreWriter } from '../../src/main/store/sqlite/openStore.ts'
import { acquireWriter } from '../../src/main/store/sqlite/writerLock.ts'
import { initialiseWorkspace } from '../../src/main/workspace/initialiseWorkspace.ts'
import type { Outputs } from '../../src/shared/api/contract.ts'
import type { Result } from '../../src/shared/domain/result.ts'
import { sample } from '../workspace/sample.ts'

const [began, ended, later] = ['2026-03-01T08:00:00.000Z', '2026-03-01T08:05:00.000Z', '2026-03-01T09:00:00.000Z']

describe('the status of a workspace', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-status-'))
    valueOf(await initialiseWorkspace(folder, { kind: 'production', name: 'Contoso', entra: sample.entra, activeDirectory: sample.activeDirectory }))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** As an export leaves the store that went to its end, and one of an hour later whose process was killed. */
  const leaveExports = async (): Promise<void> => {
    const store = valueOf(await openStoreWriter(folder, { metaverseIndex: [] }))
    const first = await store.beginRun({ profile: 'export', step: 'export', connector: 'ad', startedAt: began })
    await store.endRun(first, { status: 'succeeded', endedAt: ended, counters: {}, problem: null })
    await store.beginRun({ profile: 'export', step: 'export', connector: 'ad', startedAt: later })
    await store.close()
  }
  const statusNow = async (): Promise<Outputs['status.show']> => {
    const service = valueOf(await openService({ folder, environment: {}, labWorker: new URL('file:///none') }))
    try {
      return valueOf(await service.call('status.show', {}, { signal: new AbortController().signal, onProgress: () => undefined }))
    } finally {
      await service.close()
    }
  }

  it('needs somebody where a run was cut off, and the last export is the one that ended', async () => {
    await leaveExports()
    const status = await statusNow()
    expect(status).toMatchObject({ isHealthy: false, lastExportAt: ended, writer: null })
    expect(status.reasons).toContainEqual(expect.stringMatching(/^Run 2 \(export\) was cut off/))
  })

  it('needs nobody for a run that somebody works on', async () => {
    await leaveExports()
    const lock = valueOf(acquireWriter(folder, { what: 'export', pid: process.pid, since: later }))
    try {
      const status = await statusNow()
      expect(status.writer).toMatchObject({ pid: process.pid })
      expect(status.reasons).toEqual([])
    } finally {
      lock.release()
    }
  })
})

function valueOf<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
