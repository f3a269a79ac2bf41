import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { delegationMap } from '../fixtures/delegationMap.ts'
import { walkByTab } from '../fixtures/keyboard.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')
const spn = 'HTTP/erp.contoso.lab'

// One story, each step on what the former left: a setting is taken away, its lack is found, planned, written, and found again.
describe.skipIf(!browser.available)('delegation', () => {
  let window: LabWindow
  const { groupOf, detail, cell, checkAgain } = delegationMap(() => window)
  const approve = async (): Promise<void> => {
    const { page } = window
    await page.getByRole('button', { name: 'Review and approve…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Write this to Active Directory?' })
    await expect(dialog.innerText()).resolves.toMatch(/[0-9a-f]{64}/)
    await dialog.getByRole('button', { name: 'Approve and write' }).click()
    await page.getByText(/^1 written and read back/).waitFor()
  }

  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    await window.page.getByRole('link', { name: 'Delegation' }).click()
  })
  afterAll(() => window?.close())

  it('says before the first check what will be here, and one button fills it', async () => {
    const { page } = window
    await page.getByText('7 connectors and 15 applications are named in workspace.json', { exact: false }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Check delegation' }).press('Enter')
    await groupOf('Headquarters').waitFor({ timeout: 30_000 })
    await expect(page.locator('main > header').innerText()).resolves.toMatch(/7 connectors · 15 applications · \d+ guests · checked/)
    expect(await findViolations(page)).toEqual([])
  })

  it('shows each connector with each application that it serves, in words, and how many guests could sign on', async () => {
    await expect(cell().innerText()).resolves.toMatch(/^warning/)
    const row = groupOf('Headquarters').getByRole('row', { name: /^ERP/ })
    await expect(row.getByRole('gridcell').allInnerTexts()).resolves.toEqual([expect.stringMatching(/^warning/), expect.stringMatching(/^fails/), expect.stringMatching(/^fails/), expect.stringMatching(/\d+ warn · \d+ fail/)])
    await expect(groupOf('Branch offices').getByRole('row').count()).resolves.toBe(6)
  })

  it('is walked by the arrow keys, over headings, cells and groups; what is selected stands in the address', async () => {
    const { page } = window
    await groupOf('Headquarters').getByRole('columnheader', { name: /^CONNECTOR01/ }).focus()
    await page.keyboard.press('ArrowDown')
    await detail('CONNECTOR01 → Intranet').waitFor()
    await page.keyboard.press('ArrowRight')
    await detail('CONNECTOR02 → Intranet').waitFor()
    await page.keyboard.press('Home')
    await detail('Application Intranet').waitFor()
    await page.keyboard.press('End')
    await detail('Guests and Intranet').waitFor()
    expect(await findViolations(page)).toEqual([])
    for (const _row of ['ERP', 'Wiki', 'the next group']) await page.keyboard.press('ArrowDown')
    await detail('Connector CONNECTOR05').waitFor()
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => page.evaluate<string>('location.hash')).toContain('application=Wiki')
    await page.reload()
    await detail('CONNECTOR02 → Wiki').waitFor()
    const stops = await walkByTab(page, 25)
    expect(stops.length).toBeGreaterThan(10)
    expect(stops.filter(({ isShown }) => !isShown).map(({ element }) => element)).toEqual([])
  })

  it('shows the difference of a connector’s settings, and the script for it, before anything is written', async () => {
    const { page } = window
    await groupOf('Headquarters').getByRole('columnheader', { name: /^CONNECTOR01/ }).click()
    const form = page.getByRole('form', { name: 'Settings of delegation of CONNECTOR01' })
    await form.getByRole('combobox', { name: 'Another service' }).fill('https/no spn')
    await form.getByRole('button', { name: 'Add' }).click()
    await form.getByText(/^This is no SPN/).waitFor()
    await form.getByRole('button', { name: `Remove ${spn}` }).press('Enter')
    await form.getByText('will be removed').waitFor()
    expect(await findViolations(page)).toEqual([])
    await form.getByRole('button', { name: 'Show what would be written (1)…' }).click()
    const changes = detail('Changes of CONNECTOR01$')
    await expect(changes.innerText()).resolves.toMatch(/msDS-AllowedToDelegateTo/)
    await expect(changes.getByRole('listitem').allInnerTexts()).resolves.toEqual([`− ${spn}`])
    await page.getByRole('button', { name: 'Show the script' }).click()
    await expect(page.getByRole('group', { name: 'Equivalent in PowerShell' }).innerText()).resolves.toContain(spn)
    expect(await findViolations(page)).toEqual([])
    // A reload has the same plan again, and back leads to the draft.
    await page.reload()
    await changes.waitFor()
    await page.goBack()
    await form.getByText('will be removed').waitFor()
    await page.goForward()
    await changes.waitFor()
  })

  it('writes what was approved by its hash, says that the map is older, and finds the lack at the next check', async () => {
    const { page } = window
    await approve()
    expect(await findViolations(page)).toEqual([])
    await page.getByText('Delegation was changed', { exact: false }).waitFor()
    await expect(cell().innerText()).resolves.toMatch(/^warning/)
    await checkAgain()
    await expect.poll(() => cell().innerText(), { timeout: 30_000 }).toMatch(/^fails/)
  })

  it('leads from a cell that fails to its findings, from a finding to its plan, and after the export to a cell that works, by keyboard alone', async () => {
    const { page } = window
    await cell().focus()
    await detail('CONNECTOR01 → ERP').waitFor()
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: /^Plan this: CONNECTOR01\$ may not delegate/ }))
    await page.keyboard.press('Enter')
    const changes = detail('Changes of CONNECTOR01$')
    await changes.waitFor()
    await expect(changes.getByRole('listitem').allInnerTexts()).resolves.toEqual([`+ ${spn}`])
    await tabTo(page, page.getByRole('button', { name: 'Review and approve…' }))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Write this to Active Directory?' })
    await dialog.waitFor()
    await tabTo(page, dialog.getByRole('button', { name: 'Approve and write' }))
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('heading', { name: 'What was written' }).waitFor()
    await expect.poll(() => page.getByRole('heading', { name: 'What was written' }).evaluate((heading) => heading === heading.ownerDocument.activeElement)).toBe(true)
    await tabTo(page, page.getByRole('region', { name: 'What was written' }).getByRole('button', { name: 'Check again' }))
    await page.keyboard.press('Enter')
    await expect.poll(() => cell().innerText(), { timeout: 30_000 }).toMatch(/^warning/)
  })

  it('offers to take an export back: as a plan that shows what would go again', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Show what an undo would do' }).click()
    await page.getByRole('heading', { name: /^What an undo of run \d+ would write/ }).waitFor()
    await detail('Changes of CONNECTOR01$').waitFor()
    await expect(detail('Changes of CONNECTOR01$').getByRole('listitem').allInnerTexts()).resolves.toEqual([`− ${spn}`])
    expect(await findViolations(page)).toEqual([])
    await page.goBack()
    await page.getByRole('button', { name: 'Dismiss' }).click()
  })

  it('writes beyond the limit of a day only where the approval lifts it, with a reason', async () => {
    const { page, workspace } = window
    const file = join(workspace, 'workspace.json')
    const configuration = JSON.parse(await readFile(file, 'utf8')) as { readonly thresholds: Readonly<Record<string, unknown>> }
    await writeFile(file, JSON.stringify({ ...configuration, thresholds: { ...configuration.thresholds, delegation: { count: 1 } } }, null, 2))
    await groupOf('Headquarters').getByRole('columnheader', { name: /^CONNECTOR02/ }).click()
    await page.getByRole('button', { name: 'Remove HTTP/retired.contoso.lab' }).click()
    await page.getByRole('button', { name: 'Show what would be written (1)…' }).click()
    await page.getByRole('button', { name: 'Review and approve…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Write this to Active Directory?' })
    const write = dialog.getByRole('button', { name: 'Approve and write' })
    expect(await write.isEnabled()).toBe(false)
    await dialog.getByRole('checkbox', { name: /^Delegation: 3 in this plan and the last 24 hours, the limit is 1\./ }).check()
    expect(await write.isEnabled()).toBe(false)
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('textbox').fill('The service is gone for good')
    await write.click()
    await page.getByText(/^1 written and read back/).waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
  })

  it('plans the end of a trust, and leaves all other entries of the descriptor', async () => {
    const { page } = window
    await groupOf('Headquarters').getByRole('rowheader', { name: /^Wiki/ }).click()
    await page.getByRole('table', { name: 'Whom the service trusts' }).getByRole('button').click()
    await detail('Changes of WEB02$').waitFor()
    await expect(detail('Changes of WEB02$').getByRole('listitem').allInnerTexts()).resolves.toEqual([expect.stringMatching(/^− allows S-1-5-21-/)])
    await page.goBack()
    await detail('Application Wiki').waitFor()
  })

  it('plans all that an application needs on the way that was chosen, and says which privilege that takes', async () => {
    const { page } = window
    await groupOf('Headquarters').getByRole('rowheader', { name: /^Intranet/ }).click()
    await page.getByRole('button', { name: 'Make “Intranet” work…' }).click()
    await page.getByRole('menuitem', { name: /^By the connectors’ lists/ }).click()
    await detail('Changes of CONNECTOR03$').waitFor()
    await expect(detail('Changes of CONNECTOR03$').getByRole('listitem').allInnerTexts()).resolves.toEqual(['+ TRUSTED_TO_AUTH_FOR_DELEGATION'])
    await expect(detail('What would be written').innerText()).resolves.toMatch(/SeEnableDelegationPrivilege/)
    expect(await findViolations(page)).toEqual([])
    await page.goBack()
    await detail('Application Intranet').waitFor()
  })

  it.each([{ width: 1024, height: 700 }, { width: 720, height: 450 }])('has map and detail as pages of their own in $width×$height, without scrolling the page sideways', async (viewport) => {
    const { page } = window
    await page.setViewportSize(viewport)
    await page.getByRole('button', { name: 'Back to the list' }).click()
    await expect.poll(() => groupOf('Headquarters').locator('[tabindex="0"]').evaluate((place) => place === place.ownerDocument.activeElement)).toBe(true)
    for (const key of ['', 'Enter']) {
      if (key !== '') await page.keyboard.press(key)
      expect(await page.evaluate<readonly number[]>(`[document.documentElement, document.querySelector('main')].map((frame) => frame.scrollWidth - frame.clientWidth)`)).toEqual([0, 0])
      expect(await findViolations(page)).toEqual([])
    }
    await detail('Application Intranet').waitFor()
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

/** The Tab key reaches it; nobody needs a mouse for it. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  for (let presses = 0; presses < 40; presses += 1) {
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('The Tab key does not reach it')
}
