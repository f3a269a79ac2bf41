import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import type { Locator } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { startGuestbridge } from '../fixtures/commandLine.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')
const patience = 60_000
/** Exit code of a cycle whose plan waits for a person. */
const waits = 3

// What a schedule starts is a process of its own, which tells the window nothing: it is the command line of the same build.
describe.skipIf(!browser.available)('what another process does in the workspace of the window', () => {
  let window: LabWindow
  let lab: ChildProcess
  const runs = (): Locator => window.page.getByRole('region', { name: 'Runs' })
  const elsewhere = (): Locator => runs().getByRole('status').filter({ hasText: 'In another process' })

  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    // A lab of its own process, which the window and the cycle both find: it stays when either goes.
    lab = startGuestbridge(['--workspace', window.workspace, '--json', 'lab', 'serve'], { cwd: dirname(window.workspace) })
    if (lab.stdout !== null) await once(lab.stdout, 'data')
    await window.page.evaluate(`location.hash = '#/overview'; window.sinceTheBeginning = 'yes'`)
  })
  afterAll(async () => {
    lab?.kill('SIGTERM')
    if (lab !== undefined && lab.exitCode === null) await once(lab, 'exit')
    await window?.close()
  })

  it('is told while it runs: which process, what, and since when; what is started here is refused with that', async () => {
    const { page, run } = window
    await run(['lab', 'change', 'inviteGuest', 'mail=while.open@fabrikam.com', 'displayName=While Open'])
    const before = await countGuests(window)
    // As slow as a large tenant: the changes of the guests take their time.
    await run(['lab', 'fault', '/v1.0/users/delta', '--delay', '15', '--times', '1'])
    const cycle = run(['run', 'cycle', '--unattended'], [waits])
    await elsewhere().waitFor({ timeout: patience })
    expect(await elsewhere().innerText()).toMatch(/In another process \(\d+\): unattended delta cycle is running, begun .+/)
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Run the cycle' }).first().click()
    await page.locator('main').getByText(/The workspace is in use by unattended delta cycle \(process \d+, since /).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Go to/ }).fill('run the cycle')
    await page.keyboard.press('Enter')
    await page.getByRole('banner').getByText(/The workspace is in use by unattended delta cycle/).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await findViolations(page)).toEqual([])
    expect(await countGuests(window)).toBe(before)
    await cycle
    await expect.poll(() => countGuests(window), { timeout: patience }).toBe(before + 1)
    await elsewhere().waitFor({ state: 'detached' })
  })

  it('shows what a cycle has brought that was over between two looks', async () => {
    const { run } = window
    const before = await countGuests(window)
    await run(['lab', 'change', 'inviteGuest', 'mail=soon.over@fabrikam.com', 'displayName=Soon Over'])
    await run(['run', 'cycle', '--unattended'], [waits])
    await expect.poll(() => countGuests(window), { timeout: patience }).toBe(before + 1)
  })

  it('had no error in the console, and the page was never loaded anew', async () => {
    expect(window.complaints).toEqual([])
    expect(await window.page.evaluate<string | null>('window.sinceTheBeginning ?? null')).toBe('yes')
  })
})

/** As the node of Entra in the pipeline says it. */
async function countGuests({ page }: LabWindow): Promise<number> {
  const text = await page.getByRole('group', { name: 'From Entra through the metaverse' }).textContent()
  const [, count = ''] = /([\d,]+) guests/.exec(text ?? '') ?? []
  return Number(count.replaceAll(',', ''))
}
