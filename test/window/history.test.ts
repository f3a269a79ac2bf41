import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')

describe.skipIf(!browser.available)('the history of an object', () => {
  let window: LabWindow
  let guest = ''
  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    const { page } = window
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Metaverse' }).click()
    await page.getByRole('grid').focus()
    await page.keyboard.press('j')
    guest = new URLSearchParams((await page.evaluate<string>('location.hash')).split('?')[1]).get('selected')?.replace('entra:', '') ?? ''
  })
  afterAll(() => window?.close())

  it('begins with the runs that brought the person and the guest, and leads to them', async () => {
    const { page } = window
    const steps = page.getByRole('list', { name: 'History' }).getByRole('listitem')
    await expect.poll(() => steps.allInnerTexts()).toEqual([expect.stringMatching(/^Person came/), expect.stringMatching(/^Guest in Entra came/)])
    await page.getByRole('table', { name: 'Attributes of the person' }).getByText(/^since /).first().waitFor()
    expect(await findViolations(page)).toEqual([])
    await steps.first().getByRole('link').click()
    await expect.poll(() => page.title()).toBe('Runs · Guestbridge')
    await page.goBack()
  })

  it('shows what a later run changed, and since when the new value is what it is', async () => {
    const { page } = window
    const strip = page.getByRole('status', { name: 'What runs now' })
    const cycle = async (): Promise<void> => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: /^Go to/ }).fill('run the cycle')
      await page.keyboard.press('Enter')
      await strip.getByRole('button', { name: 'Cancel' }).waitFor()
      await expect.poll(() => strip.getByRole('button', { name: 'Cancel' }).count(), { timeout: 60_000 }).toBe(0)
    }
    // The lab runs in the host from its first use on, and takes what happens from the command line.
    await cycle()
    await window.run(['lab', 'change', 'changeUser', `user=${guest}`, 'values.surname=Later'])
    await cycle()
    const changed = page.getByRole('list', { name: 'History' }).getByRole('listitem').filter({ hasText: 'Person changed' })
    await changed.first().waitFor()
    const row = changed.first().getByRole('table', { name: 'What changed' }).getByRole('row', { name: /^sn/ })
    expect(await row.getByRole('cell').last().innerText()).toBe('Later')
    await page.getByRole('list', { name: 'History' }).getByText('Guest in Entra changed').waitFor()
    // What closes fades out first.
    await expect.poll(() => findViolations(page), { timeout: 15_000 }).toEqual([])
  }, 180_000)

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})
