import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { documentOf, guestbridge, requireExit } from '../fixtures/commandLine.ts'
import { focusedElement } from '../fixtures/keyboard.ts'
import { startSecretService, type SecretService } from '../fixtures/secretService.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'
import { openWindow, prepareNothing, type LabWindow } from '../fixtures/window.ts'

const reasons = (['browser', 'keychain'] as const).map(requireGroup).flatMap((group) => (group.available ? [] : [group.reason]))

// What the window keeps a schedule has to find: the same session, another process, no variable set.
describe.skipIf(reasons.length > 0)(`secrets of a workspace in a real Secret Service${reasons.length === 0 ? '' : ` (skipped: ${reasons.join('; ')})`}`, () => {
  let session: SecretService
  let folder: string
  let tenant: TestTenant
  let window: LabWindow
  /** Everything that went between window and host, both ways. */
  const frames: { readonly direction: 'sent' | 'received'; readonly text: string }[] = []
  const card = (): Locator => window.page.getByRole('region', { name: 'Secrets', exact: true })
  const row = (): Locator => card().locator('li').filter({ hasText: 'GUESTBRIDGE_ENTRA_SECRET' })
  const command = (...args: string[]) => guestbridge(['--workspace', window.workspace, '--json', ...args], { cwd: folder, environment: session.environment })
  const testOfEntra = async (): Promise<readonly string[]> => {
    const { steps } = documentOf(await command('connect', 'test')) as { steps: { system: string; outcome: string }[] }
    return steps.filter(({ system }) => system === 'entra').map(({ outcome }) => outcome)
  }

  beforeAll(async () => {
    session = await startSecretService()
    const nothing = await prepareNothing()
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-secrets-'))
    tenant = await startTestTenant(folder)
    requireExit(await guestbridge(['--workspace', nothing.workspace, 'init', '--name', 'Contoso', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile,
      '--tenant', tenant.tenantId, '--client', tenant.clientId, '--server', 'ldaps://127.0.0.1:1', '--account', 'svc@contoso.test', '--guest-ou', 'OU=Guests,DC=contoso,DC=test'], { cwd: folder }), 0)
    window = await openWindow(nothing, { environment: session.environment })
    window.page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => frames.push({ direction: 'sent', text: payload.toString() }))
      socket.on('framereceived', ({ payload }) => frames.push({ direction: 'received', text: payload.toString() }))
    })
    // The socket of the first load was open before anybody listened.
    await window.page.evaluate(`location.hash = '#/settings'`)
    await window.page.reload()
    await card().waitFor()
  }, 60_000)
  afterAll(async () => {
    await window?.close()
    await tenant?.close()
    await session?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('says that one is not there, and a process of this session cannot sign in', async () => {
    await row().getByText('not there').waitFor()
    expect(await testOfEntra()).toContain('failed')
  })

  it('is kept by keyboard alone, in a dialog that forgets what was typed and not kept', async () => {
    const { page } = window
    const open = row().getByRole('button', { name: /^Keep…/ })
    await open.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Keep a secret in the keychain' })
    await dialog.locator('input[type=password]').fill('typed and not kept')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await open.press('Enter')
    expect(await dialog.locator('input[type=password]').inputValue()).toBe('')
    await dialog.locator('input[type=password]').fill(tenant.clientSecret)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await row().getByText('kept in the keychain').waitFor()
    await card().getByRole('status').filter({ hasText: /^Kept: / }).waitFor()
    await expect.poll(() => focusedElement(page)).toMatch(/^Kept: /)
    expect(await findViolations(page)).toEqual([])
  })

  it('a process of the same session signs in with it, and one of another session finds nothing', async () => {
    expect(await testOfEntra()).not.toContain('failed')
    const elsewhere = await guestbridge(['--workspace', window.workspace, '--json', 'connect', 'test'], { cwd: folder })
    expect(elsewhere.exitCode).not.toBe(0)
    expect(elsewhere.stdout + elsewhere.stderr).toContain('GUESTBRIDGE_ENTRA_SECRET')
  })

  it('went to the host once and never came back, and lies nowhere in the window or the workspace', async () => {
    const { page, workspace } = window
    await page.reload()
    await row().getByText('kept in the keychain').waitFor()
    const carrying = frames.filter(({ text }) => text.includes(tenant.clientSecret))
    expect(carrying.map(({ direction }) => direction)).toEqual(['sent'])
    expect(frames.some(({ direction }) => direction === 'received')).toBe(true)
    expect(await page.evaluate<string>('JSON.stringify({ ...sessionStorage, ...localStorage }) + location.href + document.documentElement.outerHTML + [...document.querySelectorAll("input")].map((input) => input.value).join()')).not.toContain(tenant.clientSecret)
    const files = (await readdir(workspace, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(1)
    for (const { parentPath, name } of files) expect((await readFile(join(parentPath, name))).includes(tenant.clientSecret), name).toBe(false)
  })

  it('is announced where it ends within 30 days, and where it has ended', async () => {
    const { page } = window
    const announced = page.getByRole('status').filter({ hasText: 'The client secret of the application in Entra' })
    await page.evaluate(`location.hash = '#/overview'`)
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    for (const [days, sentence] of [[10, /ends on \d{4}-\d\d-\d\d, in (9|10) days/], [-1, /ended on \d{4}-\d\d-\d\d: nothing can be read/]] as const) {
      await setEnd(window.workspace, days)
      await page.reload()
      await announced.getByText(sentence).waitFor()
      expect(await findViolations(page)).toEqual([])
    }
    await setEnd(window.workspace, 60)
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await expect.poll(() => announced.count()).toBe(0)
    await page.evaluate(`location.hash = '#/settings'`)
  })

  it('is removed after a question, and no process has it then', async () => {
    const { page } = window
    await row().getByRole('button', { name: /^Remove…/ }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Remove this secret from the keychain?' })
    await dialog.waitFor()
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Remove it' }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await row().getByText('not there').waitFor()
    await expect.poll(() => focusedElement(page)).toMatch(/^Removed: /)
    expect(await testOfEntra()).toContain('failed')
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

/** As somebody writes it into the file by hand; `days` from now. */
async function setEnd(workspace: string, days: number): Promise<void> {
  const file = join(workspace, 'workspace.json')
  const configuration = JSON.parse(await readFile(file, 'utf8')) as { readonly entra: object }
  const expires = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  await writeFile(file, JSON.stringify({ ...configuration, entra: { ...configuration.entra, credential: { kind: 'secret', expires } } }))
}
