import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildWindow } from '../fixtures/windowBuild.ts'
import { runToEnd } from './runToEnd.ts'

it('the built entry of Electron starts its workers, serves the built page and hands the built preload to the window', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guestbridge-entry-'))
  try {
    const { exitCode, stdout, stderr } = await runToEnd(process.execPath, [join(import.meta.dirname, 'runBuiltEntry.ts'), await buildWindow(), folder], { cwd: folder, environment: { PATH: process.env['PATH'] ?? '', HOME: folder } })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({
      boxes: [], hasPreload: true, icon: 'guestbridge.png', page: { status: 200, text: expect.stringMatching(/name="guestbridge-nonce" content="[\w+/=]{24}"/) }, workspace: { ok: true, value: { purpose: 'lab' } },
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
