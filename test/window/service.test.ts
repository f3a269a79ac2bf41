import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')

describe.skipIf(!browser.available)('a window and its service', () => {
  let window: LabWindow
  beforeAll(async () => { window = await openLabWindow({ lab: 'new' }) })
  afterAll(() => window?.close())

  it('a reload during a run joins it again', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Run the cycle' }).first().click()
    const strip = page.getByRole('status', { name: 'What runs now' })
    await strip.getByRole('button', { name: 'Cancel' }).waitFor()
    await page.reload()
    await strip.getByRole('button', { name: 'Cancel' }).waitFor()
    await page.getByRole('link', { name: /changes wait/ }).waitFor({ timeout: 60_000 })
    await expect.poll(() => strip.getByRole('button', { name: 'Cancel' }).count(), { timeout: 60_000 }).toBe(0)
  })

  it('back and forward lead through the screens that were seen', async () => {
    const { page } = window
    for (const name of ['Guests', 'Changes', 'Metaverse']) {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click()
      await expect.poll(() => page.title()).toBe(`${name} · Guestbridge`)
    }
    await page.goBack()
    await expect.poll(() => page.title()).toBe('Changes · Guestbridge')
    await page.goBack()
    await expect.poll(() => page.title()).toBe('Guests · Guestbridge')
    await page.goForward()
    await expect.poll(() => page.title()).toBe('Changes · Guestbridge')
  })

  it('says which work has ended in words, never by the name of a call', async () => {
    const strip = window.page.getByRole('status', { name: 'What runs now' })
    await strip.getByText('The run has ended.').waitFor()
    expect(await strip.innerText()).not.toContain('runs.start')
  })

  it('starts a worker that died again, with what was typed still there and the bar in nobody’s way', async () => {
    const { page } = window
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Guests' }).click()
    const rows = page.getByRole('rowgroup').getByRole('row')
    const [first = '', second = ''] = await Promise.all([0, 1].map((row) => rows.nth(row).getByRole('gridcell').first().innerText()))
    await page.getByRole('searchbox').first().fill(first)
    await expect.poll(() => rows.first().innerText()).toContain(first)
    expect(window.complaints).toEqual([])
    await window.killWorker()
    const bar = page.getByRole('alert').filter({ hasText: 'The service of Guestbridge has ended' })
    await bar.waitFor()
    expect(await overlapOf(page), 'pixels of the banner under the bar').toBe(0)
    expect(await findViolations(page)).toEqual([])
    await bar.getByRole('button', { name: 'Connect again' }).click()
    await bar.waitFor({ state: 'detached' })
    expect(await page.getByRole('searchbox').first().inputValue()).toBe(first)
    await page.getByRole('searchbox').first().fill(second)
    await expect.poll(() => rows.first().innerText()).toContain(second)
    // Lists that were open when the worker died are nobody's mistake.
    expect(window.complaints).toEqual([])
  })

  it('says that Guestbridge itself has to be started again where the host is gone', async () => {
    const { page } = window
    await page.getByRole('searchbox').first().fill('souza')
    await window.killHost()
    const bar = page.getByRole('alert').filter({ hasText: 'The service of Guestbridge has ended' })
    await bar.getByRole('button', { name: 'Connect again' }).click()
    await page.getByRole('alert').getByText('Start it again: it opens a new window').waitFor()
    expect(await page.getByRole('searchbox').first().inputValue()).toBe('souza')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Metaverse' }).click()
    await page.getByText('Connect again with the button at the top').first().waitFor()
    // Chromium itself reports that nobody answers at the address; nothing of ours may complain.
    expect(window.complaints.filter((complaint) => !complaint.includes('ERR_CONNECTION_REFUSED'))).toEqual([])
  })
})

/** How far the bar of the lost connection covers the banner of the lab. */
function overlapOf(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const [bar, banner] = [document.querySelector('[role=alert]'), document.querySelector('aside')].map((element) => element.getBoundingClientRect())
    return Math.max(0, Math.min(bar.bottom, banner.bottom) - Math.max(bar.top, banner.top))
  })()`)
}
