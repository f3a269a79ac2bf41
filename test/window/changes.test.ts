import type { Locator } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')

// One story, each step on what the former left: a plan is reviewed, approved, written, confirmed, and taken back.
describe.skipIf(!browser.available)('the review of a plan', () => {
  let window: LabWindow
  let planned = 0
  const list = (): Locator => window.page.getByRole('listbox', { name: /Changes to Active Directory/ })
  const approveButton = (): Locator => window.page.getByRole('button', { name: /^Approve .* changes/ })
  const countChanges = async (): Promise<number> => Number((/[\d,]+/.exec(await approveButton().innerText())?.[0] ?? '').replaceAll(',', ''))

  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    await window.page.getByRole('link', { name: /^Changes/ }).first().click()
    await list().waitFor()
    planned = await countChanges()
  })
  afterAll(() => window?.close())

  it('moves through the list by j and k and shows the difference of each with its reason', async () => {
    const { page } = window
    await list().focus()
    await page.keyboard.press('j')
    const detail = page.getByRole('region', { name: 'The selected change' })
    const first = await detail.getByRole('heading').innerText()
    await page.keyboard.press('j')
    await expect.poll(() => detail.getByRole('heading').innerText()).not.toBe(first)
    await page.keyboard.press('k')
    await expect.poll(() => detail.getByRole('heading').innerText()).toBe(first)
    await expect(detail.innerText()).resolves.toMatch(/Because .* \(rule .+\)\./)
    await expect(detail.getByRole('table').innerText()).resolves.toMatch(/(Entra|Active Directory), /)
  })

  it('keeps selection and filters over a reload, in the address', async () => {
    const { page } = window
    const selected = await page.getByRole('region', { name: 'The selected change' }).getByRole('heading').innerText()
    await page.getByRole('searchbox').fill('fabrikam')
    await expect.poll(() => page.evaluate<string>('location.hash')).toContain('text=fabrikam')
    await expect.poll(() => sizeOf(list())).toBeLessThan(planned)
    await page.getByRole('searchbox').fill('')
    await expect.poll(() => sizeOf(list())).toBe(planned)
    await page.reload()
    await expect.poll(() => page.getByRole('region', { name: 'The selected change' }).getByRole('heading').innerText()).toBe(selected)
    expect(await findViolations(page)).toEqual([])
  })

  it('leads to the preview of the selected object and back', async () => {
    const { page } = window
    await list().focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate<string>('location.hash')).toMatch(/^#\/preview\?id=/)
    await page.getByRole('heading', { level: 1, name: 'Preview' }).waitFor()
    await page.goBack()
    await list().waitFor()
  })

  it('excludes two with a note, and the plan has two fewer', async () => {
    const { page } = window
    for (const fewer of [1, 2]) {
      await list().focus()
      await page.keyboard.press('Home')
      const first = list().getByRole('option').first()
      const excluded = await first.innerText()
      await page.keyboard.press('e')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').fill('Leaves the project in May')
      if (fewer === 1) expect(await findViolations(page)).toEqual([])
      await dialog.getByRole('button', { name: /^(Exclude|Leave)/ }).click()
      await dialog.waitFor({ state: 'hidden' })
      await expect.poll(countChanges).toBe(planned - fewer)
      // The list follows a moment after the number; until then its first row is the one that has just gone.
      await expect.poll(() => first.innerText()).not.toBe(excluded)
    }
  })

  it('approves with the counts in words and the hash, writes, and confirms by reading again', async () => {
    const { page } = window
    await approveButton().click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.innerText()).resolves.toContain(`${planned - 2} changes`)
    await expect(dialog.innerText()).resolves.toMatch(/[0-9a-f]{64}/)
    for (const lift of await dialog.getByRole('checkbox').all()) await lift.check()
    const note = dialog.getByRole('textbox')
    if (await note.isVisible()) await note.fill('First batch of accounts')
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Approve and write' }).click()
    await page.getByText(/Confirmed [\d,]+ of [\d,]+/).first().waitFor({ timeout: 60_000 })
    const [confirmed, of] = [...(await page.getByText(/Confirmed [\d,]+ of [\d,]+/).first().innerText()).matchAll(/\d[\d,]*/g)].map(String)
    expect(confirmed).toBe(of)
    expect(await findViolations(page)).toEqual([])
  })

  it('takes the export back as a plan of its own, lifting the threshold in its approval', async () => {
    const { page } = window
    await page.getByRole('link', { name: 'See the run' }).click()
    await page.getByRole('button', { name: 'Show what an undo would do' }).click()
    await page.getByText(/would be taken back\.$/).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: /^Undo [\d,]+ changes/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Take these changes back in Active Directory?' })
    const write = dialog.getByRole('button', { name: 'Approve and write' })
    expect(await write.isEnabled()).toBe(false)
    for (const lift of await dialog.getByRole('checkbox').all()) await lift.check()
    expect(await write.isEnabled()).toBe(false)
    await dialog.getByRole('textbox').fill('The batch was meant for another domain')
    await write.click()
    await page.getByText(/Confirmed [\d,]+ of [\d,]+/).first().waitFor({ timeout: 60_000 })
    await expect.poll(() => page.getByText('Nothing of this run can be taken back (any more).').count(), { timeout: 30_000 }).toBeGreaterThan(0)
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

async function sizeOf(list: Locator): Promise<number> {
  return Number(/([\d,]+) rows/.exec((await list.getAttribute('aria-label')) ?? '')?.[1]?.replaceAll(',', '') ?? Number.NaN)
}
