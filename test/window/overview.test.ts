import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')

describe.skipIf(!browser.available)('Overview of a lab that nothing was imported into', () => {
  let window: LabWindow
  beforeAll(async () => { window = await openLabWindow({ lab: 'new' }) })
  afterAll(() => window?.close())

  it('says that it is the lab, on a page without complaints', async () => {
    await window.page.getByRole('complementary', { name: /nothing here is real/i }).waitFor()
    expect(await findViolations(window.page)).toEqual([])
  })

  it('runs the cycle with progress that can be cancelled, and leads to the changes', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Run the cycle' }).first().click()
    const strip = page.getByRole('status', { name: 'What runs now' })
    await strip.getByRole('button', { name: 'Cancel' }).waitFor()
    await strip.getByRole('progressbar').first().waitFor()
    await page.getByRole('button', { name: /Review .* changes/ }).click({ timeout: 60_000 })
    await page.getByRole('heading', { level: 1, name: 'Changes to Active Directory' }).waitFor()
    expect(await page.evaluate<string>('location.hash')).toBe('#/changes')
  })

  it('shows numbers of the pipeline that lead to the objects behind them', async () => {
    const { page } = window
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('link', { name: /without account/ }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Guests' }).waitFor()
  })

  it.each(['', '?trend=written'])('no panel is ever wider than its place, also at the moment in which the window becomes narrow (#/overview%s)', async (parameters) => {
    const { page } = window
    await page.evaluate(`location.hash = '#/overview${parameters}'`)
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await expect.poll(() => page.getByLabel('Loading…').count()).toBe(0)
    for (const width of [1640, 1440, 1100, 1024, 720]) {
      await page.setViewportSize({ width, height: 700 })
      // At once, before anything could measure again.
      expect(await widerThanScreen(page), `${width} px`).toEqual([])
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

/** Parts of the screen that reach beyond its right edge, and are not cut off there. */
function widerThanScreen(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const main = document.querySelector('main')
    const edge = main.getBoundingClientRect().right
    const parts = [...main.querySelectorAll('section, section > *, button, h1')]
    return [...(main.scrollWidth > main.clientWidth ? ['the screen: ' + main.scrollWidth + ' > ' + main.clientWidth] : []), ...parts.filter((part) => part.getBoundingClientRect().right > edge + 0.5).map((part) => part.tagName + ' ' + part.textContent.slice(0, 60))]
  })()`)
}
