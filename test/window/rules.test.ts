import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')

describe.skipIf(!browser.available)('rules and settings', () => {
  let window: LabWindow
  beforeAll(async () => { window = await openLabWindow({ lab: 'planned' }) })
  afterAll(() => window?.close())

  it('shows each flow as a line that the keyboard reaches, and leads to its place in the text', async () => {
    const { page } = window
    await page.getByRole('link', { name: 'Rules' }).click()
    await page.getByRole('button', { name: 'accountName ← Left(id, 20), expression' }).focus()
    await page.keyboard.press('Enter')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('status').getByRole('button', { name: 'Show in the text' }).click()
    await page.getByRole('textbox', { name: 'Rules as text' }).getByText('"Left(id, 20)"').waitFor()
  })

  it('names a mistake while it is typed', async () => {
    const { page } = window
    await replaceQuoted(window, 'Left(id, 20)', 'Lefft(id, 20)')
    await page.getByText('There is no function Lefft').first().waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  it('saves a version only after it was shown what it changes, and the service follows at once', async () => {
    const { page, workspace } = window
    await replaceQuoted(window, 'Lefft(id, 20)', 'Left(id, 18)')
    await page.getByText('The rules are sound.').waitFor()
    await page.getByRole('button', { name: 'Compare and save…' }).click()
    expect(await page.getByRole('button', { name: 'Save and put in force' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Work out what would change' }).click()
    await page.getByText(/^\d+ persons are decided differently/).waitFor()
    await page.getByRole('textbox', { name: /^Why/ }).fill('Shorter names')
    await page.getByRole('button', { name: 'Save and put in force' }).click()
    await page.getByText('Version 1 is in force.').waitFor()
    await page.getByText('in force: rules.json').waitFor()
    expect(await readFile(join(workspace, 'rules', '1.json'), 'utf8')).toBe(await readFile(join(workspace, 'rules.json'), 'utf8'))
    expect(await readFile(join(workspace, 'audit.jsonl'), 'utf8')).toContain('"note":"Shorter names"')
  })

  it('checks a setting by the schema of the workspace, and keeps the former file', async () => {
    const { page, workspace } = window
    const before = await readFile(join(workspace, 'workspace.json'), 'utf8')
    await page.getByRole('link', { name: 'Settings' }).click()
    const count = page.getByRole('group', { name: 'Create' }).getByRole('textbox', { name: 'At most', exact: true })
    await count.fill('many')
    await page.getByText('This value is not possible here.').waitFor()
    await count.fill('300')
    await page.getByRole('button', { name: 'Review and save…' }).click()
    await page.getByRole('textbox', { name: /^Why/ }).fill('Fewer at once')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(/^Saved and in force/).waitFor()
    expect(await readFile(join(workspace, 'former-configurations', '1.json'), 'utf8')).toBe(before)
    expect(await readFile(join(workspace, 'workspace.json'), 'utf8')).toBe(before.replace(/("create": \{\s*"count": )500/, '$1300'))
    expect(await findViolations(page)).toEqual([])
  })

  it('has the limit of changes of delegation, which is by count only', async () => {
    const { page, workspace } = window
    const limitOfFile = async (): Promise<unknown> => (JSON.parse(await readFile(join(workspace, 'workspace.json'), 'utf8')) as { readonly thresholds: Readonly<Record<string, unknown>> }).thresholds['delegation']
    expect(await limitOfFile()).toEqual({ count: 20 })
    const fields = page.getByRole('group', { name: 'Changes of delegation' }).getByRole('textbox')
    await expect(fields.evaluateAll((shown) => shown.map((field) => (field as { readonly value?: string }).value))).resolves.toEqual(['20'])
    await fields.fill('-1')
    await page.getByText('This value is not possible here.').waitFor()
    await fields.fill('7')
    await page.getByRole('button', { name: 'Review and save…' }).click()
    await page.getByRole('textbox', { name: /^Why/ }).fill('Few connectors')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(/^Saved and in force/).waitFor()
    expect(await limitOfFile()).toEqual({ count: 7 })
    await page.reload()
    await expect.poll(() => fields.inputValue()).toBe('7')
    expect(window.complaints).toEqual([])
  })
})

/** Replaces the text between quotes in the editor with another one, by the keys of the editor. */
async function replaceQuoted({ page }: LabWindow, old: string, typed: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Rules as text' }).getByText(`"${old}"`).click()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  for (const _character of old) await page.keyboard.press('Backspace')
  await page.keyboard.insertText(typed)
}
