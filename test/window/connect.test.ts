import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { focusedElement } from '../fixtures/keyboard.ts'
import { startLabDirectory, type LabDirectory } from '../fixtures/labDirectory.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'
import { openLabWindow, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')
const patience = 60_000

/** The window of a lab, and a tenant and a domain that it knows nothing of. */
describe.skipIf(!browser.available)('a tenant and a domain, connected from the window of the lab', () => {
  let folder: string
  let window: LabWindow
  let tenant: TestTenant
  let directory: LabDirectory
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-connect-'))
    tenant = await startTestTenant(folder)
    directory = await startLabDirectory()
    window = await openLabWindow({ lab: 'new' })
  })
  afterAll(async () => {
    await window?.close()
    await directory?.stop()
    await tenant?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is a link in the banner of the lab, and begins with what is missing', async () => {
    const { page } = window
    await page.getByRole('link', { name: 'Connect your tenant…' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Connect a tenant and a domain' }).waitFor()
    await page.getByText('Missing: Tenant.').waitFor()
    expect(await page.getByRole('button', { name: 'Next' }).getAttribute('aria-disabled')).toBe('true')
    expect(await findViolations(page)).toEqual([])
  })

  it('a tenant that there is not is said at its field, another one is found by its name', async () => {
    const { page } = window
    await page.getByRole('combobox', { name: 'Cloud' }).selectOption('custom')
    await page.getByLabel('Address of Graph').fill(tenant.graphUrl)
    await page.getByLabel('Address of the sign-in').fill(tenant.signInUrl)
    await page.getByLabel('Authorities of a proxy').fill(await readFile(tenant.caFile, 'utf8'))
    const field = page.getByRole('textbox', { name: 'Tenant', exact: true })
    await field.fill('nobody.example')
    await field.press('Enter')
    await page.locator('main').getByText('No tenant was found for "nobody.example"').waitFor()
    await field.fill(tenant.domainName)
    await field.press('Enter')
    await page.getByText(`Found: ${tenant.tenantId}`).waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { level: 2, name: '2. Application' }).waitFor()
    expect(await focusedElement(page)).toContain('2. Application')
  })

  it('without a keychain a certificate wants a password for its key file, which whoever makes it keeps', async () => {
    const { page } = window
    await page.getByLabel('Application (client) id').fill(tenant.clientId)
    const make = page.getByRole('button', { name: 'Make a certificate' })
    const password = page.getByLabel('Password for the key file')
    await password.fill('short')
    expect(await make.getAttribute('aria-disabled')).toBe('true')
    await password.fill('long enough')
    await make.press('Enter')
    await page.getByText(/^CN=Guestbridge .*, valid until/).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await page.evaluate<string>('JSON.stringify({ ...sessionStorage, ...localStorage }) + location.href')).not.toContain('long enough')
  })

  it('a reload loses nothing, and no secret is in what the window keeps', async () => {
    const { page } = window
    await page.getByLabel('Application (client) id').fill(tenant.clientId)
    await page.getByRole('radio', { name: 'Client secret' }).check()
    await page.locator('input[type=password]').fill(tenant.clientSecret)
    await page.getByRole('button', { name: 'Use this secret' }).click()
    await page.getByText('The secret is there').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.reload()
    await page.getByText('The secret is there').waitFor()
    expect(await page.getByLabel('Application (client) id').inputValue()).toBe(tenant.clientId)
    expect(await page.evaluate<string>('JSON.stringify({ ...sessionStorage, ...localStorage }) + location.href')).not.toContain(tenant.clientSecret)
    await page.getByRole('button', { name: 'Next' }).click()
  })

  it('a controller that nobody vouches for is not trusted, and what it presented is shown', async () => {
    const { page } = window
    await page.getByRole('textbox', { name: 'Controllers' }).fill(`ldaps://${directory.ip}:${directory.ldapsPort}`)
    await page.getByRole('button', { name: 'Look at its certificate' }).click()
    await page.getByText('This computer does not trust it yet').waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  it('an authority that the server did not send comes from a file', async () => {
    const { page } = window
    await page.locator('input[type=file]').setInputFiles({ name: 'ca.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(directory.caPem) })
    await page.getByText('A certificate is trusted for these controllers.').waitFor()
    await page.getByRole('textbox', { name: 'Account' }).fill(directory.sync.account)
    await page.locator('input[type=password]').fill(directory.sync.password)
    await page.getByRole('button', { name: 'Use this password' }).click()
    await page.getByText('The password is there').waitFor()
    expect(await page.getByText(/^Missing:/).count()).toBe(0)
    await page.getByRole('button', { name: 'Next' }).click()
  })

  it('the guest OU is picked from the tree', async () => {
    const { page } = window
    const name = /^OU=([^,]+)/.exec(directory.guestOu)?.[1] ?? ''
    const pick = page.getByRole('button', { name: `For guests: ${name}` })
    await page.getByRole('region', { name: 'OUs of the domain' }).getByRole('list').first().waitFor()
    for (const branch of await page.getByRole('button', { name: /^Open / }).all()) if ((await pick.count()) === 0) await branch.click()
    await pick.click()
    expect((await page.getByRole('textbox', { name: 'Guest OU' }).inputValue()).toLowerCase()).toBe(directory.guestOu.toLowerCase())
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Next' }).click()
  })

  it('both are tested, saved as a workspace of their own, and the way to it is said', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Test both connections' }).click()
    await page.getByText(/Entra · Guests: passed/).waitFor({ timeout: patience })
    await page.getByText(/Active Directory · OU of the guests: passed/).waitFor({ timeout: patience })
    expect(await page.getByText(/: failed$/).count()).toBe(0)
    expect(await findViolations(page)).toEqual([])
    const made = join(folder, 'Contoso')
    await page.getByLabel('Folder of the new workspace').fill(made)
    await page.getByRole('textbox', { name: 'Name' }).fill('Contoso')
    await page.getByLabel('Why? Kept in the audit trail.').fill('first connection')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(`Saved in ${made}.`).waitFor()
    await page.getByText(`npm start -- --workspace "${made}"`).first().waitFor()
    const text = await readFile(join(made, 'workspace.json'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ purpose: 'production', entra: { tenantId: tenant.tenantId, clientId: tenant.clientId }, activeDirectory: { account: directory.sync.account } })
    expect(text).not.toContain(tenant.clientSecret)
    expect(text).not.toContain(directory.sync.password)
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})
