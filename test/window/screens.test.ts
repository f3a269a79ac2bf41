import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')
/** Screens by the words of the rail, with the title that each shows. */
const screens = ['Overview', 'Guests', 'Changes', 'Metaverse', 'Preview', 'Delegation', 'Runs', 'Rules', 'Readiness', 'Audit', 'Settings'] as const
/** Pages that the rail does not name, by their addresses. */
const pages = ['guests?invite=one', 'guests?invite=list', 'settings?connect=tenant', 'settings?connect=credential', 'settings?connect=controllers', 'settings?connect=ous', 'settings?connect=test'] as const

describe.skipIf(!browser.available)('every screen', () => {
  let window: LabWindow
  beforeAll(async () => { window = await openLabWindow({ lab: 'planned' }) })
  afterAll(() => window?.close())

  it.each(screens)('%s opens by keyboard from the rail and has no violations in any appearance', async (name) => {
    const { page } = window
    await openByKeyboard(page, name)
    expect(await page.title()).toBe(`${name} · Guestbridge`)
    expect(await findViolations(page)).toEqual([])
  })

  it.each(screens)('%s fits into 1024×700 and into twice the size without scrolling the page sideways', async (name) => {
    const { page } = window
    // Twice the size of 1440×900 is what a page of 720×450 gets.
    for (const viewport of [{ width: 1024, height: 700 }, { width: 720, height: 450 }]) {
      await page.setViewportSize(viewport)
      await openByKeyboard(page, name)
      expect(await overflowOf(page), `${viewport.width} px`).toEqual([])
      expect(await coveredBy(page), `${viewport.width} px`).toEqual([])
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it.each(pages)('#/%s has no violations in any appearance, and fits into 1024×700 and into twice the size', async (address) => {
    const { page } = window
    await page.evaluate(`location.hash = '#/${address}'`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expect.poll(() => page.getByLabel('Loading…').count()).toBe(0)
    expect(await findViolations(page)).toEqual([])
    for (const viewport of [{ width: 1024, height: 700 }, { width: 720, height: 450 }]) {
      await page.setViewportSize(viewport)
      await expect.poll(() => overflowOf(page), { message: `${viewport.width} px` }).toEqual([])
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it.each(screens)('%s is there again after a reload', async (name) => {
    const { page } = window
    await openByKeyboard(page, name)
    const heading = await page.getByRole('heading', { level: 1 }).innerText()
    await page.reload()
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe(heading)
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

/** The Tab key reaches the entry of the rail, and Enter follows it. */
async function openByKeyboard(page: Page, name: string): Promise<void> {
  await page.locator('main').focus()
  const reached = await tabUntil(page, name)
  expect(reached, `the Tab key does not reach ${name}`).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'Screens' }).locator('[aria-current=page]').filter({ visible: true }).and(page.getByRole('link', { name })).waitFor()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => page.getByLabel('Loading…').count()).toBe(0)
}

async function tabUntil(page: Page, name: string): Promise<boolean> {
  const entry = page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name })
  for (let presses = 0; presses < 20; presses += 1) {
    if (await entry.evaluate((element) => element === element.ownerDocument.activeElement)) return true
    await page.keyboard.press('Shift+Tab')
  }
  return false
}

/** What makes the page, or the screen in its frame, wider than the window, as outlines of the elements. */
function overflowOf(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const frames = [document.documentElement, document.querySelector('main')]
    return frames.filter((frame) => frame.scrollWidth > frame.clientWidth).map((frame) => frame.tagName + ' ' + frame.scrollWidth + ' > ' + frame.clientWidth)
  })()`)
}

/** What reaches below the activity at the lower edge, where nobody sees it: the screen, the rail and its entries. */
function coveredBy(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const edge = document.querySelector('footer').getBoundingClientRect().top
    const parts = [...document.querySelectorAll('main, nav, nav a')]
    return parts.filter((part) => part.getBoundingClientRect().bottom > edge + 1).map((part) => part.tagName + ' ' + (part.title ?? ''))
  })()`)
}
