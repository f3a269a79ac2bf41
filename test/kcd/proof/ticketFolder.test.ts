import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withTicketFolder } from '../../../src/main/kcd/proof/ticketFolder.ts'

describe('withTicketFolder', () => {
  let temporary: string
  beforeEach(async () => { temporary = await mkdtemp(join(tmpdir(), 'guestbridge-folder-')) })
  afterEach(() => rm(temporary, { recursive: true, force: true }))

  it('gives a folder that only its user may enter, and removes it with all that is in it', async () => {
    const used = await withTicketFolder(temporary, async (folder) => {
      expect((await stat(folder)).mode & 0o777).toBe(0o700)
      await writeFile(join(folder, 'guest'), 'a ticket')
      return folder
    })
    expect(existsSync(used)).toBe(false)
    expect(await readdir(temporary)).toEqual([])
  })

  it.skipIf(process.getuid?.() !== 0)('leaves what another user left in the folder that belongs to everybody (only root can try it)', async () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    const theirs = join(temporary, `guestbridge-proof-${pid}-theirs`)
    await mkdir(theirs)
    await chown(theirs, 65534, 65534)
    await withTicketFolder(temporary, () => Promise.resolve())
    expect(existsSync(theirs)).toBe(true)
  })

  it('removes it when the work fails', async () => {
    await expect(withTicketFolder(temporary, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await readdir(temporary)).toEqual([])
  })

  it('removes what a killed process left, and leaves what a running one needs', async () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    await mkdir(join(temporary, `guestbridge-proof-${pid}-left`))
    await mkdir(join(temporary, `guestbridge-proof-${process.pid}-needed`))
    await mkdir(join(temporary, 'of somebody else'))
    await withTicketFolder(temporary, () => Promise.resolve())
    expect((await readdir(temporary)).sort()).toEqual([`guestbridge-proof-${process.pid}-needed`, 'of somebody else'].sort())
  })
})
