import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { focusedElement } from '../fixtures/keyboard.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')

describe.skipIf(!browser.available)('cycles that nobody watches, in Settings', () => {
  let window: LabWindow
  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    await window.page.evaluate(`location.hash = '#/settings'`)
  })
  afterAll(async () => {
    // Whoever runs this as root has the timer in the system: it goes also where a test failed before.
    await window?.run(['schedule', 'remove'])
    await window?.close()
  })
  const card = (name: string): Locator => window.page.getByRole('region', { name, exact: true })

  it('shows the files of a schedule before there is one', async () => {
    const { page } = window
    const schedule = card('Schedule')
    await schedule.getByRole('button', { name: /^Files that it would write/ }).click()
    await schedule.getByText('run cycle --unattended').or(schedule.locator('pre', { hasText: '--unattended' })).first().waitFor()
    expect(await schedule.getByRole('switch').isChecked()).toBe(false)
    expect(await findViolations(page)).toEqual([])
  })

  it('a switch installs the schedule with its interval, and the trail knows it', async () => {
    const schedule = card('Schedule')
    await schedule.getByLabel('Every').selectOption('120')
    await schedule.getByRole('switch', { name: 'Run the cycle by itself' }).press('Space')
    await expect.poll(() => schedule.getByRole('switch').isChecked()).toBe(true)
    const timer = await timerOf(schedule)
    expect(await readFile(timer, 'utf8')).toMatch(/OnCalendar=.*\/2/)
    expect(await readFile(join(window.workspace, 'audit.jsonl'), 'utf8')).toContain('"scheduleInstalled"')
  })

  it('the overview then says that the schedule starts the next run', async () => {
    const { page } = window
    await page.evaluate(`location.hash = '#/overview'`)
    await page.getByText(/Next run: (the schedule starts it|next run .*started by the schedule)/).waitFor()
    expect(await page.getByText('nothing is scheduled').count()).toBe(0)
    await page.evaluate(`location.hash = '#/settings'`)
  })

  it('the same switch removes it', async () => {
    const schedule = card('Schedule')
    const timer = await timerOf(schedule)
    await schedule.getByRole('switch', { name: 'Run the cycle by itself' }).press('Space')
    await expect.poll(() => schedule.getByRole('switch').isChecked()).toBe(false)
    expect(existsSync(timer)).toBe(false)
  })

  it('a standing approval names who, until when and how much, and what it lacks for the present plan', async () => {
    const { page } = window
    await card('Standing approval').getByRole('button', { name: 'Give a standing approval…' }).click()
    const dialog = page.getByRole('dialog')
    expect(await findViolations(page)).toEqual([])
    const give = dialog.getByRole('button', { name: 'Give it' })
    expect(await give.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('At most, create').fill('many')
    await dialog.getByText('A whole number').waitFor()
    await dialog.getByLabel('At most, create').fill('5')
    await dialog.getByLabel('Until the end of').fill(inDays(30))
    await dialog.getByLabel('Why? Kept in the audit trail.').fill('nights and weekends')
    await give.click()
    await dialog.waitFor({ state: 'hidden' })
    const standing = card('Standing approval')
    await standing.getByText('nights and weekends').waitFor()
    await standing.getByText('create: at most 5').waitFor()
    await standing.getByText('It would not let the present plan through').waitFor()
    await standing.getByText(/has "create" for \d+.*allows 5/).waitFor()
    expect(await focusedElement(page)).not.toBeNull()
    expect(await findViolations(page)).toEqual([])
  })

  it('is withdrawn with a note, and every plan waits for a person again', async () => {
    const { page } = window
    await card('Standing approval').getByRole('button', { name: 'Withdraw…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Why? Kept in the audit trail.').fill('an audit')
    await dialog.getByLabel('Why? Kept in the audit trail.').press('Enter')
    await card('Standing approval').getByText('every plan waits for a person').waitFor()
    expect(await readFile(join(window.workspace, 'audit.jsonl'), 'utf8')).toContain('"standingApprovalWithdrawn"')
  })

  it('lists secrets by what they are for, and without a keychain says so and takes none', async () => {
    const secrets = card('Secrets')
    await secrets.getByText('GUESTBRIDGE_AD_PASSWORD', { exact: true }).waitFor()
    await secrets.getByText(/keychain of this user cannot be used/i).waitFor()
    expect(await secrets.getByRole('button', { name: /^Keep/ }).count()).toBe(0)
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

/** As the field of a date takes it. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

/** Path of the timer's file, as the card names it. */
async function timerOf(schedule: Locator): Promise<string> {
  const files = schedule.getByRole('button', { name: /^Files/ })
  if ((await files.getAttribute('aria-expanded')) === 'false') await files.click()
  const path = await schedule.getByText(/\.timer$/).first().textContent()
  if (path === null) throw new Error('The card names no timer')
  return path
}
