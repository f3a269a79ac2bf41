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

  it('says that the service has ended and offers to connect again, with what was typed still there', async () => {
    const { page } = window
    await page.getByRole('searchbox').first().fill('souza')
    expect(window.complaints).toEqual([])
    await window.killHost()
    await page.getByRole('alert').getByText('The service of Guestbridge has ended').waitFor()
    await page.getByRole('alert').getByRole('button', { name: 'Connect again' }).waitFor()
    expect(await page.getByRole('searchbox').first().inputValue()).toBe('souza')
    expect(await findViolations(page)).toEqual([])
  })
})
