import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { guestbridge, requireExit } from '../fixtures/commandLine.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')

describe.skipIf(!browser.available)('another workspace in the same window', () => {
  let window: LabWindow
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-other-'))
    requireExit(await guestbridge(['--workspace', 'Other', 'init', '--lab', '--name', 'Second lab'], { cwd: folder }), 0)
    window = await openLabWindow({ lab: 'planned' })
    await window.page.evaluate(`location.hash = '#/settings'`)
  })
  afterAll(async () => {
    await window?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('a folder without one is refused with what to do', async () => {
    const { page } = window
    await page.getByLabel('Open another workspace in this window').fill(folder)
    await page.getByLabel('Open another workspace in this window').press('Enter')
    await page.getByText(/There is no workspace in/).waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  it('is shown at once, by keyboard alone, with its own data, and stays over a reload', async () => {
    const { page } = window
    await page.getByLabel('Open another workspace in this window').fill(join(folder, 'Other'))
    await page.getByLabel('Open another workspace in this window').press('Enter')
    await page.getByText('Second lab').first().waitFor()
    expect(await page.getByText('Review 214 changes').count()).toBe(0)
    await page.reload()
    await page.getByText('Second lab').first().waitFor()
    expect(window.complaints).toEqual([])
  })

  it('what was typed and not saved stays with its workspace, and is there again on the way back', async () => {
    const { page, workspace } = window
    const limit = page.getByLabel('At most', { exact: true }).first()
    await page.evaluate(`location.hash = '#/settings'`)
    await limit.fill('77')
    await page.getByLabel('Open another workspace in this window').fill(workspace)
    await page.getByLabel('Open another workspace in this window').press('Enter')
    await page.getByText('Review 214 changes').waitFor()
    await page.evaluate(`location.hash = '#/settings'`)
    await limit.waitFor()
    expect(await limit.inputValue()).toBe('20')
    await page.getByLabel('Open another workspace in this window').fill(join(folder, 'Other'))
    await page.getByLabel('Open another workspace in this window').press('Enter')
    await page.getByText('Second lab').first().waitFor()
    await page.evaluate(`location.hash = '#/settings'`)
    await expect.poll(() => limit.inputValue()).toBe('77')
    expect(window.complaints).toEqual([])
  })
})
