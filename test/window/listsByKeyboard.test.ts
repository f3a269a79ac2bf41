import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { excludeFirst } from '../fixtures/excludeFirst.ts'
import { hasFocus } from '../fixtures/keyboard.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')
const listOf = '#screen :is([role=grid], [role=listbox])'

describe.skipIf(!browser.available)('lists by keyboard', () => {
  let window: LabWindow
  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    // Audit has an entry, too.
    await excludeFirst(window.page)
  })
  afterAll(() => window?.close())

  const open = async (screen: string): Promise<void> => {
    await window.page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click()
    await window.page.getByRole('heading', { level: 1, name: new RegExp(`^${screen}`) }).waitFor()
    await window.page.locator(listOf).first().waitFor()
  }

  it.each(['Guests', 'Changes', 'Metaverse', 'Runs', 'Audit'])('%s: one key leads from the screen to its list', async (screen) => {
    const { page } = window
    await open(screen)
    await page.locator('main').focus()
    await page.keyboard.press('j')
    await expect.poll(() => hasFocus(page.locator(listOf).first())).toBe(true)
  })

  it.each(['Guests', 'Changes', 'Metaverse'])('%s: a slash leads to the search, and the arrow down from there to the list', async (screen) => {
    const { page } = window
    await open(screen)
    await page.locator('main').focus()
    await page.keyboard.press('/')
    const search = page.locator('#screen').getByRole('searchbox')
    await expect.poll(() => hasFocus(search)).toBe(true)
    // What is typed there is typed.
    await page.keyboard.type('j/?')
    expect(await search.inputValue()).toBe('j/?')
    await search.fill('')
    await page.locator(listOf).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => hasFocus(page.locator(listOf).first())).toBe(true)
  })

  it.each(['Guests', 'Changes', 'Metaverse', 'Runs', 'Audit'])('%s in a narrow window: moving stays in the list, the detail is opened and left, and the focus goes along', async (screen) => {
    const { page } = window
    await page.setViewportSize({ width: 1024, height: 700 })
    await open(screen)
    await page.locator(listOf).first().focus()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const back = page.getByRole('button', { name: 'Back to the list' })
    expect(await hasFocus(page.locator(listOf).first())).toBe(true)
    expect(await back.count()).toBe(0)
    await page.keyboard.press(screen === 'Changes' ? 'o' : screen === 'Guests' || screen === 'Metaverse' ? 'Space' : 'Enter')
    await back.waitFor()
    await expect.poll(() => page.locator(':focus').filter({ has: back }).count()).toBe(1)
    await page.keyboard.press('Escape')
    await back.waitFor({ state: 'detached' })
    await expect.poll(() => hasFocus(page.locator(listOf).first())).toBe(true)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('says where there is nothing to narrow down by', async () => {
    const { page } = window
    await open('Guests')
    await page.locator('#screen').getByRole('searchbox').fill('nobody has this name')
    await page.getByText('No guest matches').waitFor()
    await page.getByRole('button', { name: 'State' }).click()
    const said = page.getByRole('menuitem', { name: 'no row to narrow down by' })
    await said.waitFor()
    expect(await said.isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await page.locator('#screen').getByRole('searchbox').fill('')
  })

  it('complains about nothing', () => {
    expect(window.complaints).toEqual([])
  })
})
