import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')

describe.skipIf(!browser.available)('questions that the window answers', () => {
  let window: LabWindow
  beforeAll(async () => { window = await openLabWindow({ lab: 'planned' }) })
  afterAll(() => window?.close())
  const goTo = async (address: string): Promise<void> => { await window.page.evaluate(`location.hash = ${JSON.stringify(`#/${address}`)}`) }

  it('why a guest has no account is on the screen of the guest, and in its preview without scrolling', async () => {
    const { page } = window
    await goTo('guests?state=pendingInvitation')
    const table = page.getByRole('grid', { name: /^Guests/ })
    await table.focus()
    await page.keyboard.press('j')
    const detail = page.getByRole('region', { name: 'The selected guest' })
    await expect.poll(() => detail.innerText()).toMatch(/pending invitation\n.*invitation/i)
    await detail.getByText('no account').waitFor()
    expect(await findViolations(page)).toEqual([])
    await table.focus()
    await page.keyboard.press('Enter')
    const story = page.getByRole('region', { name: 'The story' })
    const stopped = story.getByRole('listitem').filter({ hasText: /stopped here|needs somebody/ }).first()
    await stopped.waitFor()
    expect(await page.getByText('Nothing is planned.').isVisible()).toBe(true)
    const box = await stopped.boundingBox()
    expect((box?.y ?? Infinity) + 24).toBeLessThan(900)
    expect(await findViolations(page)).toEqual([])
  })

  it('which steps are open stands in the address, and survives a reload', async () => {
    const { page } = window
    const story = page.getByRole('region', { name: 'The story' })
    const step = story.getByRole('button', { expanded: false }).first()
    const name = await step.innerText()
    await step.press('Enter')
    await expect.poll(() => page.evaluate<string>('location.hash')).toMatch(/[?&]open=/)
    await page.reload()
    await expect.poll(() => story.getByRole('button', { expanded: true }).allInnerTexts()).toContain(name)
  })

  it('a person of the metaverse is found by any attribute, with both ends side by side and where each value comes from', async () => {
    const { page } = window
    await goTo('metaverse')
    const all = await page.getByRole('grid').getAttribute('aria-rowcount')
    await page.getByRole('searchbox').fill('fabrikam')
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).not.toBe(all)
    await page.getByRole('grid').focus()
    await page.keyboard.press('j')
    const object = page.getByRole('region', { name: 'The selected object' })
    await object.getByRole('heading', { name: 'Guest in Entra' }).waitFor()
    await object.getByRole('heading', { name: 'Account in Active Directory' }).waitFor()
    await expect.poll(() => object.innerText()).toMatch(/rule .+, userPrincipalName/)
    expect(await findViolations(page)).toEqual([])
  })

  it('conditions on attributes narrow the metaverse down, and stand in the address', async () => {
    const { page } = window
    await goTo('metaverse')
    const editor = page.getByRole('group', { name: 'Conditions' })
    await editor.getByRole('combobox', { name: 'Attribute' }).fill('sn')
    await editor.getByRole('combobox', { name: 'Attribute' }).press('Escape')
    await editor.getByRole('textbox', { name: 'Value' }).fill('Souza')
    await editor.getByRole('textbox', { name: 'Value' }).press('Enter')
    await editor.getByText('sn equals Souza').waitFor()
    await expect.poll(() => page.evaluate<string>('location.hash')).toContain('where=')
    await expect.poll(() => page.getByRole('grid').innerText()).toContain('Souza')
    await page.reload()
    await editor.getByText('sn equals Souza').waitFor()
  })

  it('a counter of a run opens the objects behind it, and back leads to the run', async () => {
    const { page } = window
    await goTo('runs')
    const list = page.getByRole('listbox', { name: /Runs/ })
    await list.focus()
    await page.keyboard.press('j')
    const detail = page.getByRole('region', { name: 'The selected run' })
    const counter = detail.getByRole('listitem').getByRole('link').first()
    const [name = '', count = ''] = (await counter.innerText()).split('\n').filter((part) => part !== '')
    await counter.press('Enter')
    await page.getByRole('heading', { name: `Objects behind “${name}”` }).waitFor()
    await expect.poll(() => page.locator('main').innerText()).toContain(count)
    expect(await findViolations(page)).toEqual([])
    await page.goBack()
    await detail.getByRole('listitem').getByRole('link').first().waitFor()
  })

  it('typing leads anywhere: Ctrl+K, a name, Enter', async () => {
    const { page } = window
    await goTo('overview')
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: /Go to a screen/ })
    await palette.getByRole('combobox').fill('souza')
    await palette.getByRole('group', { name: 'Guests' }).getByRole('option').first().waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await palette.waitFor({ state: 'hidden' })
    await expect.poll(() => page.evaluate<string>('decodeURIComponent(location.hash)')).not.toBe('#/overview')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: /^Keys of/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})
