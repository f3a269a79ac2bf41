import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')

// One story, each step on what the former left: choose a guest, learn why, provision this one, see that it was recorded.
describe.skipIf(!browser.available)('the preview of one person', () => {
  let window: LabWindow
  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    await window.page.getByRole('link', { name: 'Preview' }).click()
    await window.page.getByRole('listbox', { name: /^Guests/ }).waitFor()
  })
  afterAll(() => window?.close())

  it('opens at the clause that keeps a guest out of scope, without a click', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'State' }).click()
    await page.getByRole('menuitemcheckbox', { name: /out of scope/ }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('listbox', { name: /^Guests/ }).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const step = page.getByRole('button', { name: /^Not in the scope of rule/ })
    await step.waitFor()
    expect(await step.getAttribute('aria-expanded')).toBe('true')
    const failed = page.getByRole('listitem').filter({ has: page.getByRole('img', { name: 'no', exact: true }) }).last()
    expect((await failed.boundingBox())?.y).toBeLessThan(900)
    expect(await findViolations(page)).toEqual([])
  })

  it('keeps what is open over a reload, in the address', async () => {
    const { page } = window
    await page.getByRole('button', { name: /^Found in Entra/ }).click()
    await page.reload()
    await expect.poll(() => page.getByRole('button', { name: /^Found in Entra/ }).getAttribute('aria-expanded')).toBe('true')
  })

  it('says of an unknown name that nobody is known by it, and what to give instead', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Choose another' }).click()
    await page.getByRole('searchbox').fill('nobody@nowhere.example')
    await page.keyboard.press('Enter')
    await page.getByText(/Give an Entra id, a userPrincipalName/).waitFor()
    expect(await page.getByText('Nobody is known by "nobody@nowhere.example"').count()).toBe(1)
  })

  it('shows what would be written, copies it as LDIF, and writes this one alone once its hash is approved', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Choose another' }).click()
    await page.getByRole('button', { name: 'State' }).click()
    await page.getByRole('menuitemcheckbox', { name: /will get one/ }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('listbox', { name: /^Guests/ }).getByRole('option').first().click()
    await page.getByRole('heading', { name: 'Looked up in the directory just now' }).waitFor()
    await page.getByRole('button', { name: 'Copy LDIF' }).click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toMatch(/^dn: CN=[\s\S]*changetype: add/m)
    await page.getByRole('button', { name: 'Provision this one…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Write this one change to Active Directory?' })
    expect(await dialog.innerText()).toMatch(/Create .+ because guest is in scope and has no account[\s\S]*plan [0-9a-f]{64}/)
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Approve and write' }).click()
    await page.getByText('Confirmed 1 of 1 by reading again').waitFor({ timeout: 30_000 })
    await page.getByText('Nothing is planned.').waitFor()
    expect(await page.evaluate<boolean>(`document.activeElement?.textContent?.includes('Confirmed 1 of 1') ?? false`)).toBe(true)
  })

  it('leads to the run, whose counter shows the account as it was then', async () => {
    const { page } = window
    await page.getByRole('link', { name: 'See the run' }).click()
    await page.getByRole('region', { name: 'The selected run' }).getByRole('link', { name: /Export adds/ }).click()
    const objects = page.getByRole('region', { name: /Objects behind/ })
    await objects.getByRole('option').first().click()
    await expect.poll(() => page.evaluate<string>('location.hash')).toMatch(/counter=exportAdds&object=/)
    await page.getByRole('table', { name: /as it was when the run had ended/ }).waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})
