import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { excludeFirst } from '../fixtures/excludeFirst.ts'
import { focusedElement, hasFocus, walkByTab } from '../fixtures/keyboard.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')
/** The screens with what somebody comes there to do. */
const screens: readonly (readonly [screen: string, action: (page: Page) => Locator])[] = [
  ['Overview', (page) => page.getByRole('button', { name: /^Review .* changes/ })],
  ['Guests', (page) => page.getByRole('button', { name: 'Export CSV' })],
  ['Changes', (page) => page.getByRole('button', { name: /^Approve .* changes/ })],
  ['Metaverse', (page) => page.getByRole('searchbox')],
  ['Preview', (page) => page.getByRole('searchbox').or(page.getByRole('textbox')).or(page.getByRole('combobox')).first()],
  ['Delegation', (page) => page.getByRole('button', { name: 'Check delegation' })],
  ['Runs', (page) => page.getByRole('button', { name: 'Run the cycle' })],
  ['Rules', (page) => page.getByRole('tab', { name: 'Picture' })],
  ['Audit', (page) => page.getByRole('button', { name: 'Export as JSON Lines' })],
  ['Settings', (page) => page.getByRole('textbox').first()],
]
const stops = 45
const sizes = [{ width: 1024, height: 700 }, { width: 720, height: 450 }] as const

describe.skipIf(!browser.available)('by keyboard alone', () => {
  let window: LabWindow
  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    // Audit has an entry, too.
    await excludeFirst(window.page)
  })
  afterAll(() => window?.close())

  // Twice the size of 1440×900 is what a page of 720×450 gets.
  it.each(screens)('%s: what one comes for is reached and in sight at 1024×700 and at 200 %', async (screen, action) => {
    const { page } = window
    for (const size of sizes) {
      await page.setViewportSize(size)
      await open(page, screen)
      const wanted = action(page)
      await wanted.waitFor()
      await page.locator('main').focus()
      for (let press = 0; press < stops && !(await hasFocus(wanted)); press += 1) await page.keyboard.press('Tab')
      expect(await hasFocus(wanted), `the Tab key reaches it at ${size.width} px`).toBe(true)
      expect(await isInSight(wanted), `it is in sight at ${size.width} px`).toBe(true)
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it.each(screens)('%s shows where the focus is, at every stop of the Tab key', async (screen) => {
    const { page } = window
    await open(page, screen)
    const list = page.locator('[role=grid], [role=listbox]').first()
    if ((await list.count()) > 0) {
      await list.focus()
      await page.keyboard.press('j')
    }
    const walked = await walkByTab(page, stops)
    expect(walked.length).toBeGreaterThan(5)
    expect(walked.filter(({ isShown }) => !isShown).map(({ element }) => element)).toEqual([])
  })

  it.each(screens)('%s has the focus again after a dialog was left', async (screen) => {
    const { page } = window
    await open(page, screen)
    await page.locator('main').focus()
    await page.keyboard.press('Tab')
    const before = await focusedElement(page)
    for (const key of ['Control+k', '?']) {
      await page.locator('main').focus()
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await expect.poll(() => focusedElement(page), { message: `after ${key}` }).not.toBeNull()
    }
    await page.keyboard.press('Tab')
    expect(await focusedElement(page), 'the Tab key goes on where the screen begins').toBe(before)
  })

  it('Changes: the approval and an exclusion give the focus back to what opened them', async () => {
    const { page } = window
    await open(page, 'Changes')
    const approve = page.getByRole('button', { name: /^Approve .* changes/ })
    await approve.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => hasFocus(approve)).toBe(true)
    const list = page.getByRole('listbox').first()
    await list.focus()
    await page.keyboard.press('j')
    await page.keyboard.press('e')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => hasFocus(list)).toBe(true)
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

async function open(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => page.title()).toBe(`${screen} · Guestbridge`)
  await expect.poll(() => page.getByLabel('Loading…').count()).toBe(0)
}

/** Nothing lies over its middle, and all of it is inside of the window. */
function isInSight(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const box = node.getBoundingClientRect()
    const { innerWidth, innerHeight } = node.ownerDocument.defaultView ?? { innerWidth: 0, innerHeight: 0 }
    const top = node.ownerDocument.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && top !== null && (node.contains(top) || top.contains(node))
  })
}
