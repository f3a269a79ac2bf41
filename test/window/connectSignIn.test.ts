import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { focusedElement } from '../fixtures/keyboard.ts'
import { startLabDirectory, type LabDirectory } from '../fixtures/labDirectory.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'
import { openWindow, prepareLab, type LabWindow, type PreparedLab } from '../fixtures/window.ts'

const browser = requireGroup('browser')
const patience = 60_000

/** The window of a lab, a tenant that it knows nothing of, and a second page in which the person signs in. */
describe.skipIf(!browser.available)('a tenant, connected from the window in the name of a person', () => {
  let folder: string
  let tenant: TestTenant
  let directory: LabDirectory
  let prepared: PreparedLab
  let window: LabWindow
  const signIn = () => window.page.getByRole('button', { name: 'Sign in', exact: true })
  const link = () => window.page.getByRole('link', { name: `open the sign-in at ${new URL(tenant.signInUrl).host}` })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-connect-'))
    tenant = await startTestTenant(folder)
    directory = await startLabDirectory()
    prepared = await prepareLab('new')
    window = await openWindow(prepared, {})
  })
  afterAll(async () => {
    await window?.close()
    await directory?.stop()
    await tenant?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('can be chosen beside secret and certificate, and says what it is not for', async () => {
    const { page } = window
    await page.getByRole('link', { name: 'Connect your tenant…' }).click()
    await page.getByRole('combobox', { name: 'Cloud' }).selectOption('custom')
    await page.getByLabel('Address of Graph').fill(tenant.graphUrl)
    await page.getByLabel('Address of the sign-in').fill(tenant.signInUrl)
    await page.getByLabel('Authorities of a proxy').fill(await readFile(tenant.caFile, 'utf8'))
    const field = page.getByRole('textbox', { name: 'Tenant', exact: true })
    await field.fill(tenant.domainName)
    await field.press('Enter')
    await page.getByText(`Found: ${tenant.tenantId}`).waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('radio', { name: 'A person signs in' }).check()
    await page.getByText('runs that nobody watches need a certificate').waitFor()
    expect(await page.getByRole('radio', { name: 'In the browser of this computer' }).isChecked()).toBe(true)
    await page.getByText('"Mobile and desktop applications"').waitFor()
    expect(await signIn().getAttribute('aria-disabled'), 'without application').toBe('true')
    await page.getByText('Missing: Application (client) id, A person signs in.').waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  it('waits for a sign-in on another page, and stops when the person cancels', async () => {
    const { page } = window
    await page.getByLabel('Application (client) id').fill(tenant.clientId)
    await signIn().click()
    await link().waitFor()
    expect([await link().getAttribute('target'), await link().getAttribute('rel')]).toEqual(['_blank', 'noreferrer'])
    expect(await findViolations(page)).toEqual([])
    const address = await addressOf(link())
    const redirect = new URL(address).searchParams.get('redirect_uri') ?? ''
    expect((await fetch(redirect)).status, 'without the state').toBe(400)
    await page.getByRole('button', { name: 'Cancel the sign-in' }).press('Enter')
    await signIn().waitFor()
    expect(await focusedElement(page), 'the focus is not lost').toContain('Sign in')
    expect(await link().count()).toBe(0)
    await expect(fetch(redirect)).rejects.toThrow('fetch failed')
    expect(await page.getByText('was cancelled').count(), 'who cancelled knows it').toBe(0)
  })

  it('waits no longer when the person goes to another step', async () => {
    const { page } = window
    await signIn().click()
    const redirect = new URL(await addressOf(link())).searchParams.get('redirect_uri') ?? ''
    await page.getByRole('button', { name: 'Back' }).click()
    await expect.poll(() => fetch(redirect).then(({ status }) => status, () => 'nobody listens')).toBe('nobody listens')
    await page.getByRole('button', { name: 'Next' }).click()
    await signIn().waitFor()
  })

  it('says that somebody declined, and lets him try again', async () => {
    const { page } = window
    await signIn().click()
    await inBrowser(await addressOf(link()), 'Decline', 'Nobody was signed in')
    await page.locator('main').getByText('The sign-in was declined in the browser.').waitFor()
    await page.getByText('Missing: A person signs in.').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Dismiss' }).click()
  })

  it('goes on by itself when the person is back, names who signed in, and keeps it over a reload', async () => {
    const { page } = window
    await signIn().click()
    await inBrowser(await addressOf(link()), 'Sign in as administrator of the lab', 'Entra has sent its answer to Guestbridge')
    await page.getByText(/Signed in as admin@/).waitFor()
    expect(await page.getByText(/^Missing:/).count()).toBe(0)
    expect(await findViolations(page)).toEqual([])
    await page.reload()
    await page.getByText(/Signed in as admin@/).waitFor()
    expect(await page.evaluate<string>('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toMatch(/refresh|eyJ/i)
  })

  it('asks again where the application is another one', async () => {
    const { page } = window
    const field = page.getByLabel('Application (client) id')
    await field.fill('00000000-0000-4000-8000-000000000000')
    await page.getByText('Missing: A person signs in.').waitFor()
    expect(await page.getByText(/Signed in as/).count()).toBe(0)
    await field.fill(tenant.clientId)
    await page.getByText('Missing: A person signs in.').waitFor()
  })

  it('takes a code that is entered in any browser', async () => {
    const { page } = window
    await page.getByRole('radio', { name: 'In any browser, with a code' }).check()
    await page.getByText('"Allow public client flows"').waitFor()
    await signIn().click()
    const [, code = ''] = /Enter the code ([A-Z0-9]{9}) at/.exec(await page.getByText(/Enter the code [A-Z0-9]{9} at/).innerText()) ?? []
    expect(await findViolations(page)).toEqual([])
    await inBrowser(`${tenant.signInUrl}/devicelogin`, 'Sign in as administrator of the lab', 'Done.', code)
    await page.getByText(/Signed in as admin@/).waitFor({ timeout: patience })
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { level: 2, name: '3. Domain controllers' }).waitFor()
  })

  it('is tested and saved like the others, without anything that renews it', async () => {
    const { page } = window
    await page.getByRole('textbox', { name: 'Controllers' }).fill(`ldaps://${directory.ip}:${directory.ldapsPort}`)
    await page.locator('input[type=file]').setInputFiles({ name: 'ca.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(directory.caPem) })
    await page.getByRole('textbox', { name: 'Account' }).fill(directory.sync.account)
    await page.locator('input[type=password]').fill(directory.sync.password)
    await page.getByRole('button', { name: 'Use this password' }).click()
    await page.getByText('The password is there').waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('textbox', { name: 'Guest OU' }).fill(directory.guestOu)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Test both connections' }).click()
    await page.getByText(/Entra · Guests: passed/).waitFor({ timeout: patience })
    await page.getByLabel('Folder of the new workspace').fill(join(folder, 'Contoso'))
    await page.getByRole('textbox', { name: 'Name' }).fill('Contoso')
    await page.getByLabel('Why? Kept in the audit trail.').fill('first connection')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved in ').waitFor()
    const text = await readFile(join(folder, 'Contoso', 'workspace.json'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ entra: { clientId: tenant.clientId, credential: { kind: 'person' } } })
    expect(text).not.toMatch(/eyJ/)
    expect(window.complaints).toEqual([])
  })

  it('is named in the settings of that workspace', async () => {
    const other = await openWindow({ ...prepared, folder: await mkdtemp(join(folder, 'home-')), workspace: join(folder, 'Contoso') }, {})
    try {
      await other.page.getByRole('link', { name: 'Settings' }).click()
      await other.page.getByText('a person who signed in (for runs that somebody watches)').waitFor()
      expect(await findViolations(other.page)).toEqual([])
    } finally {
      await other.close()
    }
  })

  async function addressOf(shown: ReturnType<typeof link>): Promise<string> {
    return (await shown.getAttribute('href')) ?? ''
  }

  /** In a browser of its own, which trusts the tenant: the person decides, and reads what the page says then. */
  async function inBrowser(address: string, decision: string, says: string, code?: string): Promise<void> {
    const context = await window.page.context().browser()?.newContext({ ignoreHTTPSErrors: true })
    if (context === undefined) throw new Error('There is no browser')
    const page: Page = await context.newPage()
    await page.goto(address)
    expect(await findViolations(page)).toEqual([])
    if (code !== undefined) await page.getByLabel('Code').fill(code)
    await page.getByRole('button', { name: decision }).click()
    await page.getByText(says).waitFor()
    expect(await findViolations(page)).toEqual([])
    await context.close()
  }
})
