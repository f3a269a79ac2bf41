import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseWindow, findElectron } from '../../../scripts/preparation/chooseWindow.mjs'

// The real Electron, where its binary is. It comes from a site that many networks do not let through, so that it is
// missing is no failure, with CI=true neither; the stand-in of the entry's tests checks the settings everywhere.
const projectFolder = join(import.meta.dirname, '..', '..', '..')
const electron = findElectron(projectFolder, existsSync)
const choice = chooseWindow({ platform: process.platform, environment: { ...process.env, GUESTBRIDGE_BROWSER: '' }, user: process.getuid?.(), electron, options: [] })
const entry = join(projectFolder, 'out', 'main', 'index.js')
const reason = whyNot()
if (reason !== null) console.info(`Skipped: the window in Electron. ${reason}`)

describe.skipIf(reason !== null)('the window in Electron', () => {
  let folder: string
  let application: ElectronApplication
  let page: Page

  beforeAll(async () => {
    if (choice.kind !== 'electron') throw new Error('There is no Electron')
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-electron-'))
    application = await _electron.launch({ executablePath: choice.program, args: [...choice.options, entry, `--user-data-dir=${folder}`, '--workspace', join(folder, 'W')] })
    page = await application.firstWindow()
  })
  afterAll(async () => {
    try {
      await application.close()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('shows the lab over its port', async () => {
    await page.getByRole('navigation').waitFor()
    expect(page.url()).toMatch(/^app:\/\/guestbridge\//)
    await page.getByText('Lab').first().waitFor()
  })

  it('has no Node and no way out', async () => {
    expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in globalThis))).toEqual([])
    expect(await page.evaluate('window.open("https://example.com/")')).toBeNull()
    await expect(page.evaluate(() => fetch('https://example.com/'))).rejects.toThrow('Failed to fetch')
    expect(application.windows()).toHaveLength(1)
  })

  it('joins the service again after it was loaded again', async () => {
    await page.reload()
    await page.getByRole('navigation').waitFor()
    expect(await page.title()).toContain('Guestbridge')
  })
})

function whyNot(): string | null {
  if (electron === null) return 'The binary of Electron is not here; "npm start" on a desktop fetches it where the network lets it through.'
  if (choice.kind !== 'electron') return 'There is no display.'
  return existsSync(entry) ? null : 'There is no build: npm run build.'
}
