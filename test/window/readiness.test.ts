import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { focusedElement } from '../fixtures/keyboard.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')
const patience = 60_000

describe.skipIf(!browser.available)('Readiness of a lab that nothing was checked in', () => {
  let window: LabWindow
  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    await window.page.evaluate(`location.hash = '#/readiness'`)
  })
  afterAll(() => window?.close())

  it('says what will be here, and one button fills it', async () => {
    const { page } = window
    const check = page.getByRole('button', { name: 'Make all checks' })
    await check.waitFor()
    expect(await findViolations(page)).toEqual([])
    await check.click()
    await page.getByRole('button', { name: 'Check all again' }).waitFor({ timeout: patience })
    await page.getByRole('region', { name: 'Domain of the accounts' }).waitFor()
    expect(await focusedElement(page)).not.toBeNull()
  })

  it('groups the findings by area, the worst first, each with icon and word', async () => {
    const { page } = window
    for (const area of ['This workspace', 'Tenant in Entra', 'Domain of the accounts']) {
      const states = await statesOf(page, area)
      expect(states.length, area).toBeGreaterThan(0)
      expect(states, area).toEqual(states.toSorted((left, right) => order.indexOf(left) - order.indexOf(right)))
    }
    const badges = page.locator('main li .fui-Badge')
    expect(await badges.count()).toBeGreaterThan(10)
    expect(await badges.locator('svg').count()).toBe(await badges.count())
  })

  it('unfolds one finding with remedy, scripts in their language and what was read, and the address brings it again', async () => {
    const { page } = window
    const item = page.locator('main li').filter({ hasNot: page.locator('.fui-Badge', { hasText: 'Passed' }) }).first()
    const title = await item.getByRole('heading', { level: 3 }).innerText()
    await item.getByRole('button', { name: `Details: ${title}` }).press('Enter')
    await item.getByText('What to do').or(item.getByText('What was read')).first().waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.reload()
    await page.getByRole('button', { name: `Details: ${title}`, expanded: true }).waitFor()
    expect(await page.getByRole('button', { name: /^Details: /, expanded: true }).count()).toBe(1)
  })

  it('copies a script whole', async () => {
    const { page } = window
    await page.evaluate(`location.hash = '#/readiness?finding=' + ${JSON.stringify(await findingWithScript(window))}`)
    const script = page.locator('main li pre').first()
    await script.waitFor()
    await page.locator('main li').getByRole('button', { name: /^Copy:/ }).first().click()
    await page.getByText('Copied').first().waitFor()
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(await script.evaluate((element) => element.textContent))
  })

  it('shows only what is open where that is wanted', async () => {
    const { page } = window
    await page.evaluate(`location.hash = '#/readiness'`)
    await page.getByRole('switch', { name: 'Only what is open' }).check()
    await expect.poll(() => page.locator('main li .fui-Badge', { hasText: 'Passed' }).count()).toBe(0)
    expect(await page.evaluate<string>('location.hash')).toContain('only=open')
    await page.getByRole('switch', { name: 'Only what is open' }).uncheck()
  })

  it('makes one check again, as work that the strip shows', async () => {
    const { page } = window
    const again = page.getByRole('button', { name: /^Check again: / }).first()
    await again.click()
    await page.getByRole('status', { name: 'What runs now' }).getByText('The checks were made').waitFor({ timeout: patience })
    await expect.poll(() => page.getByRole('button', { name: 'Check all again' }).isEnabled()).toBe(true)
  })

  it('is reached from the palette', async () => {
    const { page } = window
    await page.evaluate(`location.hash = '#/overview'`)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('readiness')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.title()).toBe('Readiness · Guestbridge')
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

const order = ['Failed', 'Warning', 'Not checked', 'Passed']

async function statesOf(page: Page, area: string): Promise<readonly string[]> {
  return page.getByRole('region', { name: area, exact: true }).locator('li .fui-Badge').allInnerTexts()
}

/** Of the report in the workspace: the first check whose finding brings a script. */
async function findingWithScript({ page }: LabWindow): Promise<string> {
  for (const details of await page.getByRole('button', { name: /^Details: / }).all()) {
    if ((await details.getAttribute('aria-expanded')) === 'false') await details.click()
    if ((await page.locator('main li pre').count()) > 0) return page.evaluate<string>(`new URLSearchParams(location.hash.split('?')[1]).get('finding')`)
  }
  throw new Error('No finding of the lab has a script')
}
