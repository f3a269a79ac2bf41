import type { Page } from 'playwright'

/** A picture: its file's name and how the window comes to show it, from any other place of the window. */
export type Screenshot = { readonly name: string; readonly open: (page: Page) => Promise<void> }

export const screenshots: readonly Screenshot[] = [
  { name: 'overview', open: (page) => goTo(page, 'overview') },
  { name: 'guests', open: (page) => selectFirst(page, 'guests') },
  { name: 'changes', open: (page) => selectFirst(page, 'changes') },
  { name: 'approval', open: openApproval },
  { name: 'metaverse', open: (page) => selectFirst(page, 'metaverse') },
  { name: 'preview', open: (page) => openPreview(page, 'willGetAccount') },
  { name: 'preview-without-account', open: (page) => openPreview(page, 'pendingInvitation') },
  { name: 'delegation', open: openPairOfMap },
  { name: 'delegation-plan', open: openPlanOfPair },
  { name: 'delegation-connector', open: openConnectorOfMap },
  { name: 'runs', open: (page) => selectFirst(page, 'runs') },
  { name: 'rules', open: (page) => goTo(page, 'rules') },
  { name: 'readiness', open: openReadiness },
  { name: 'invite', open: (page) => goTo(page, 'guests?invite=one') },
  { name: 'invite-list', open: (page) => goTo(page, 'guests?invite=list') },
  { name: 'connect', open: (page) => goTo(page, 'settings?connect=tenant') },
  { name: 'connect-controllers', open: (page) => goTo(page, 'settings?connect=controllers') },
  { name: 'audit', open: (page) => goTo(page, 'audit') },
  { name: 'settings', open: (page) => goTo(page, 'settings') },
  { name: 'commands', open: openCommands },
]

async function goTo(page: Page, address: string): Promise<void> {
  await page.keyboard.press('Escape')
  await page.evaluate(`location.hash = ${JSON.stringify(`#/${address}`)}`)
  await page.getByRole('navigation', { name: 'Screens' }).locator(`[aria-current=page][href^="#/${address.split('?')[0]}"]`).waitFor()
  await page.getByRole('heading', { level: 1 }).waitFor()
}

async function selectFirst(page: Page, address: string): Promise<void> {
  await goTo(page, address)
  const list = page.locator('main').locator('[role=listbox], [role=grid]').first()
  await list.focus()
  await page.keyboard.press('j')
  await page.waitForURL(/[?&](selected|run)=/)
}

async function openApproval(page: Page): Promise<void> {
  await goTo(page, 'changes')
  await page.getByRole('button', { name: /^Approve/ }).first().click()
  await page.getByRole('dialog').waitFor()
}

async function openPreview(page: Page, state: string): Promise<void> {
  await selectFirst(page, `guests?state=${state}`)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /story/i }).waitFor()
}

/** The map after a check, with a pair that fails. */
async function openPairOfMap(page: Page): Promise<void> {
  await goTo(page, 'delegation')
  const check = page.getByRole('button', { name: 'Check delegation' })
  const map = page.getByRole('grid').first()
  await check.or(map).waitFor()
  if (await check.isVisible()) await check.click()
  await map.getByRole('gridcell', { name: /fails/ }).nth(1).click()
  await page.getByRole('region', { name: /→/ }).waitFor()
}

async function openPlanOfPair(page: Page): Promise<void> {
  await openPairOfMap(page)
  await page.getByRole('button', { name: /^Plan this:/ }).first().click()
  await page.getByRole('button', { name: 'Review and approve…' }).waitFor()
}

async function openConnectorOfMap(page: Page): Promise<void> {
  await openPairOfMap(page)
  await page.getByRole('columnheader', { name: /^CONNECTOR02/ }).click()
  await page.getByRole('form').waitFor()
}

async function openCommands(page: Page): Promise<void> {
  await goTo(page, 'overview')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('ana')
  await page.getByRole('option').first().waitFor()
}

/** Checked once; the first finding that did not pass is unfolded. */
async function openReadiness(page: Page): Promise<void> {
  await goTo(page, 'readiness')
  const again = page.getByRole('button', { name: 'Check all again' })
  const first = page.getByRole('button', { name: 'Make all checks' })
  await again.or(first).waitFor()
  if ((await first.count()) > 0) await first.click()
  await again.waitFor({ timeout: 60_000 })
  const details = page.getByRole('button', { name: /^Details: / }).first()
  if ((await details.getAttribute('aria-expanded')) === 'false') await details.click()
}
