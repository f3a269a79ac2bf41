import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appearances, settle } from '../fixtures/accessibility.ts'
import { excludeFirst } from '../fixtures/excludeFirst.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')
/** Screens with a list. */
const lists = ['Guests', 'Changes', 'Metaverse', 'Preview', 'Runs', 'Audit'] as const

describe.skipIf(!browser.available)('the appearance that was chosen', () => {
  let window: LabWindow
  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    // Audit has an entry, too.
    await excludeFirst(window.page)
  })
  afterAll(() => window?.close())

  it.each(lists)('compact rows are lower on %s, at once and after a reload', async (screen) => {
    const { page } = window
    await choose(page, 'Comfortable')
    const comfortable = await rowHeightOf(page, screen)
    await choose(page, 'Compact')
    const compact = await rowHeightOf(page, screen)
    expect(compact).toBeLessThan(comfortable)
    expect(compact, 'pixels, which are not too few for a finger (WCAG 2.5.8)').toBeGreaterThanOrEqual(24)
    await page.reload()
    expect(await rowHeightOf(page, screen)).toBe(compact)
  })

  it('a link in a message is told from its sentence in forced colours', async () => {
    const { page } = window
    await open(page, 'Changes')
    await page.getByRole('listbox').first().focus()
    await page.keyboard.press('j')
    const why = page.getByRole('link', { name: 'Why?' })
    await why.waitFor()
    await page.emulateMedia(appearances['forced colors'])
    await settle(page)
    const look = await why.evaluate((link) => {
      const [own, around] = [link, link.parentElement ?? link].map((element) => element.ownerDocument.defaultView?.getComputedStyle(element))
      const { width, height } = link.getBoundingClientRect()
      return { color: own?.color, around: around?.color, line: own?.textDecorationLine, isThere: width > 0 && height > 0 }
    })
    expect(look).toMatchObject({ line: 'underline', isThere: true })
    expect(look.color).not.toBe(look.around)
    await page.emulateMedia(appearances.light)
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

async function open(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click()
  await expect.poll(() => page.title()).toBe(`${screen} · Guestbridge`)
}

async function choose(page: Page, density: 'Comfortable' | 'Compact'): Promise<void> {
  await open(page, 'Settings')
  await page.getByRole('radio', { name: density }).check()
}

/** Of the first row of the screen's list, in pixels. */
async function rowHeightOf(page: Page, screen: string): Promise<number> {
  await open(page, screen)
  const row = page.getByRole('rowgroup').getByRole('row').or(page.getByRole('listbox').getByRole('option')).first()
  await row.waitFor()
  return row.evaluate((element) => element.getBoundingClientRect().height)
}
