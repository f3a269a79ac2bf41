import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')

describe.skipIf(!browser.available)('the audit trail', () => {
  let window: LabWindow
  const file = (): string => join(window.workspace, 'audit.jsonl')

  beforeAll(async () => { window = await openLabWindow({ lab: 'planned' }) })
  afterAll(() => window?.close())

  it('says what will stand here while nobody has decided anything', async () => {
    await window.page.getByRole('link', { name: 'Audit' }).click()
    await window.page.getByText(/^Nobody has approved or decided anything yet/).waitFor()
    expect(await window.page.getByRole('button', { name: 'Export as JSON Lines' }).isEnabled()).toBe(false)
  })

  it('shows who decided what, narrows by action, and hands the trail over byte for byte', async () => {
    const { page, run } = window
    const person = await firstPlanned(window)
    await run(['plan', '--exclude', person, '--note', 'Leaves in May'], [0, 3])
    await run(['hold', 'release', person])
    await page.reload()
    await page.getByText('The chain is intact: 2 entries').waitFor()
    await page.getByRole('button', { name: 'Action' }).click()
    await page.getByRole('menuitemcheckbox', { name: /person excluded/ }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('listbox', { name: 'Audit, 1 rows' }).getByRole('option').click()
    await page.getByRole('region', { name: 'The selected entry' }).getByText('Leaves in May').waitFor()
    expect(await findViolations(page)).toEqual([])
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export as JSON Lines' }).click()])
    expect(await readFile(await download.path(), 'utf8')).toBe(await readFile(file(), 'utf8'))
  })

  it('says of half a line that a crash has left what becomes of it, and then shows the entry that set it aside', async () => {
    const { page, run } = window
    await appendFile(file(), '{"action":"holdRel')
    await page.reload()
    await page.getByText(/^The chain is intact: 2 entries.* After them stands a line of 18 bytes that a crash has cut off/).waitFor()
    await run(['plan', '--exclude', await firstPlanned(window), '--note', 'Leaves in July'], [0, 3])
    await page.reload()
    await page.getByText('The chain is intact: 4 entries').waitFor()
    await page.evaluate(`location.hash = '#/audit?selected=3'`)
    const entry = page.getByRole('region', { name: 'The selected entry' })
    await entry.getByRole('heading', { name: 'Half a line set aside' }).waitFor()
    expect(await entry.innerText()).toMatch(/audit-torn-[0-9a-f]{16}\.bin/)
  })

  it('names the line at which somebody broke the chain, and shows it', async () => {
    const { page } = window
    const [first = '', ...rest] = (await readFile(file(), 'utf8')).split('\n')
    await writeFile(file(), [first.replace('Leaves in May', 'Leaves in June'), ...rest].join('\n'))
    await page.reload()
    await page.getByText(/^The chain is broken at line 2: an entry before it was changed or taken out/).waitFor()
    await page.getByRole('button', { name: 'Show that line' }).click()
    await expect.poll(() => page.evaluate<string>('location.hash')).toBe('#/audit?selected=2')
    await page.getByRole('region', { name: 'The selected entry' }).getByRole('heading', { name: 'Hold released' }).waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  it('keeps half a line that a crash has left as evidence', async () => {
    const { page } = window
    await appendFile(file(), '{"at":"20')
    await page.reload()
    await expect.poll(() => page.getByRole('option', { name: /Unreadable line/ }).count()).toBe(1)
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

/** Any guest who will get an account will do: the first. */
async function firstPlanned({ page }: LabWindow): Promise<string> {
  await page.getByRole('link', { name: /^Changes/ }).first().click()
  await page.getByRole('listbox', { name: /Changes to Active Directory/ }).getByRole('option').first().click()
  await expect.poll(() => page.evaluate<string>('location.hash')).toContain('selected=')
  const id = new URLSearchParams((await page.evaluate<string>('location.hash')).split('?')[1]).get('selected')
  await page.getByRole('link', { name: 'Audit' }).click()
  if (id === null) throw new Error('No change is selected')
  return id
}
