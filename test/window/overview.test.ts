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

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})
