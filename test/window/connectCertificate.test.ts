import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { answerTenant } from '../fixtures/answerTenant.ts'
import { documentOf, guestbridge } from '../fixtures/commandLine.ts'
import { startLabDirectory, type LabDirectory } from '../fixtures/labDirectory.ts'
import { startSecretService, type SecretService } from '../fixtures/secretService.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'
import { openWindow, prepareNothing, type LabWindow } from '../fixtures/window.ts'

type Configuration = { readonly entra: { readonly credential: { readonly kind: string; readonly file: string } }; readonly activeDirectory: { readonly guestOu: string } }

const reasons = (['browser', 'keychain'] as const).map(requireGroup).flatMap((group) => (group.available ? [] : [group.reason]))
const patience = 60_000
const filePassword = 'öffne mich'

// The life of a certificate in the window: made, uploaded, announced before its end, and replaced by one that was brought.
describe.skipIf(reasons.length > 0)(`the certificate of the application, in the window${reasons.length === 0 ? '' : ` (skipped: ${reasons.join('; ')})`}`, () => {
  let session: SecretService
  let tenant: TestTenant
  let directory: LabDirectory
  let window: LabWindow
  let folder: string
  let made: string
  /** Public parts, PEM. */
  let [first, second] = ['', '']
  const next = () => window.page.getByRole('button', { name: 'Next' })
  const configuration = async () => JSON.parse(await readFile(join(made, 'workspace.json'), 'utf8')) as Configuration
  const keyFile = async (): Promise<string> => readFile(join(made, (await configuration()).entra.credential.file), 'utf8')
  /** As the schedule would: another process of this session. */
  const outcomesOfEntra = async (): Promise<readonly string[]> => {
    const outcome = await guestbridge(['--workspace', made, '--json', 'connect', 'test'], { cwd: folder, environment: session.environment })
    const { steps } = documentOf(outcome) as { steps: readonly { readonly system: string; readonly outcome: string }[] }
    return steps.filter(({ system }) => system === 'entra').map(({ outcome: each }) => each)
  }

  beforeAll(async () => {
    const nothing = await prepareNothing()
    folder = nothing.folder
    made = join(folder, 'Contoso')
    makeKeyFiles(folder)
    session = await startSecretService()
    tenant = await startTestTenant(folder)
    tenant.changeRegistration({ secrets: [] })
    directory = await startLabDirectory()
    window = await openWindow(nothing, { environment: session.environment })
    await window.page.getByRole('link', { name: 'Connect your tenant…' }).press('Enter')
    await answerTenant(window.page, tenant, tenant.tenantId)
    await next().press('Enter')
  }, 60_000)
  afterAll(async () => {
    await window?.close()
    await directory?.stop()
    await tenant?.close()
    await session?.stop()
  })

  it('is made here, and only its public part is handed out', async () => {
    const { page } = window
    await page.getByLabel('Application (client) id').fill(tenant.clientId)
    expect(await page.getByRole('radio', { name: 'Certificate (recommended)' }).isChecked()).toBe(true)
    expect(await next().getAttribute('aria-disabled')).toBe('true')
    await page.getByLabel('Valid for (days)').fill('20')
    await page.getByRole('button', { name: 'Make a certificate' }).press('Enter')
    await page.getByText(/^CN=Guestbridge .*, valid until/).waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the public part' }).press('Enter')])
    first = await readFile(await download.path(), 'utf8')
    expect(first).not.toContain('PRIVATE KEY')
    await page.getByText(new X509Certificate(first).fingerprint256.replaceAll(':', '')).waitFor()
    await page.getByText(`az ad app credential reset --id ${tenant.clientId} --append`).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await page.evaluate<string>('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain('PRIVATE KEY')
    await next().press('Enter')
  })

  it('does not sign in before an administrator has uploaded it, and does then', async () => {
    const { page } = window
    await answerDirectory(page, directory)
    await next().press('Enter')
    await page.getByRole('textbox', { name: 'Guest OU' }).fill(directory.guestOu)
    await next().press('Enter')
    await page.getByRole('button', { name: 'Test both connections' }).press('Enter')
    await page.getByText(/Entra · .*: failed/).first().waitFor({ timeout: patience })
    await page.getByText('Something does not work yet').or(page.getByText('Test again')).first().waitFor()
    expect(await findViolations(page)).toEqual([])
    tenant.changeRegistration({ certificatesPem: [first] })
    await page.getByRole('button', { name: 'Test again' }).press('Enter')
    await page.getByText(/Entra · Guests: passed/).waitFor({ timeout: patience })
    expect(await page.getByText(/: failed$/).count()).toBe(0)
  })

  it('is saved with an encrypted key, and opened by a process of the same session', async () => {
    const { page } = window
    await page.getByLabel('Folder of the new workspace').fill(made)
    await page.getByRole('textbox', { name: 'Name' }).fill('Contoso')
    await page.getByLabel('Why? Kept in the audit trail.').fill('first connection')
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
    await page.getByText(`Saved in ${made}.`).waitFor()
    expect((await configuration()).entra.credential.kind).toBe('certificate')
    expect(await keyFile()).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect(await outcomesOfEntra()).not.toContain('failed')
  })

  it('is announced on the overview and in Settings, because it ends within 30 days', async () => {
    const { page } = window
    await page.getByLabel('Open another workspace in this window').press('Enter')
    await page.getByText('Contoso').first().waitFor()
    const announced = page.getByRole('status').filter({ hasText: /The certificate of the application in Entra ends on \d{4}-\d\d-\d\d, in (19|20) days/ })
    await announced.waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.evaluate(`location.hash = '#/settings'`)
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await announced.waitFor()
    await announced.getByRole('link', { name: 'Replace it here' }).press('Enter')
    await page.getByRole('heading', { level: 2, name: '2. Application' }).waitFor()
    await expect.poll(() => page.getByLabel('Application (client) id').inputValue()).toBe(tenant.clientId)
  })

  it('stays as it is, with every secret, where only the OU becomes another one', async () => {
    const { page } = window
    const [before, file] = [await configuration(), await keyFile()]
    expect(await page.getByRole('radio', { name: 'As it is now' }).isChecked()).toBe(true)
    await page.getByRole('list', { name: 'Steps of the set-up' }).getByRole('link', { name: /^4\. OUs/ }).press('Enter')
    const name = /^OU=([^,]+)/.exec(directory.serversOu)?.[1] ?? ''
    await page.getByRole('button', { name: `For guests: ${name}` }).press('Enter')
    await saveAsChange(page, 'guests move to another OU')
    const after = await configuration()
    expect(after.activeDirectory.guestOu.toLowerCase()).toBe(directory.serversOu.toLowerCase())
    expect(after).toEqual({ ...before, activeDirectory: { ...before.activeDirectory, guestOu: after.activeDirectory.guestOu } })
    expect(await keyFile()).toBe(file)
    expect(await outcomesOfEntra()).not.toContain('failed')
  })

  it('another one is not taken with a wrong password or without its key, and why is said', async () => {
    const { page } = window
    await page.evaluate(`location.hash = '#/settings'`)
    await page.getByRole('button', { name: 'Change the connections…' }).press('Enter')
    await page.getByRole('list', { name: 'Steps of the set-up' }).getByRole('link', { name: /^2\. Application/ }).press('Enter')
    await page.getByRole('radio', { name: 'Certificate (recommended)' }).press('Space')
    await page.getByLabel('Password of that file').fill('wrong')
    await choose(page, join(folder, 'brought.pfx'))
    await page.getByText('does not open with the password given').waitFor()
    await page.getByText('Give the password that opens the file.').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByLabel('Password of that file').fill('')
    await choose(page, join(folder, 'certificate.pem'))
    await page.getByText('The certificate file that was given holds no private key.').waitFor()
    expect(await page.getByText('Give the password that opens the file.').count()).toBe(0)
    expect(await next().getAttribute('aria-disabled')).toBe('true')
  })

  it('a brought one takes its place, from its test on', async () => {
    const { page } = window
    await page.getByLabel('Password of that file').fill(filePassword)
    await choose(page, join(folder, 'brought.pfx'))
    await page.getByText('CN=Brought, valid until').waitFor()
    expect(await page.getByLabel('Password of that file').inputValue()).toBe('')
    second = await readFile(join(folder, 'certificate.pem'), 'utf8')
    await page.getByText(new X509Certificate(second).fingerprint256.replaceAll(':', '')).waitFor()
    tenant.changeRegistration({ certificatesPem: [second] })
    await saveAsChange(page, 'our own authority issued it')
    const kept = await keyFile()
    expect(kept).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect(new X509Certificate(kept).fingerprint256).toBe(new X509Certificate(second).fingerprint256)
    expect(await outcomesOfEntra()).not.toContain('failed')
  })

  it('nothing is announced any more, and the trail has each change with its reason', async () => {
    const { page } = window
    await page.evaluate(`location.hash = '#/overview'`)
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await expect.poll(() => page.getByText('The certificate of the application in Entra ends on').count()).toBe(0)
    const entries = (await readFile(join(made, 'audit.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { readonly action: string; readonly details: Readonly<Record<string, unknown>> })
    expect(entries.filter(({ action }) => action === 'connectionSaved').map(({ details }) => [details['note'], details['credential']])).toEqual([
      ['first connection', 'certificate'], ['guests move to another OU', 'unchanged'], ['our own authority issued it', 'certificate'],
    ])
    await page.evaluate(`location.hash = '#/audit?selected=${entries.findIndex(({ details }) => details['note'] === 'our own authority issued it') + 1}'`)
    await page.getByRole('region', { name: 'The selected entry' }).getByText('our own authority issued it').waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

async function answerDirectory(page: Page, directory: LabDirectory): Promise<void> {
  await page.getByRole('textbox', { name: 'Controllers' }).fill(`ldaps://${directory.ip}:${directory.ldapsPort}`)
  await page.locator('input[type=file]').setInputFiles({ name: 'ca.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(directory.caPem) })
  await page.getByText('A certificate is trusted for these controllers.').waitFor()
  await page.getByRole('textbox', { name: 'Account' }).fill(directory.sync.account)
  await page.locator('input[type=password]').fill(directory.sync.password)
  await page.locator('input[type=password]').press('Enter')
  await page.getByText('The password is there').waitFor()
}

/** Both connections are tested, and the open workspace gets them. */
async function saveAsChange(page: Page, why: string): Promise<void> {
  await page.getByRole('list', { name: 'Steps of the set-up' }).getByRole('link', { name: /^5\. Test and save/ }).press('Enter')
  await page.getByRole('button', { name: 'Test both connections' }).press('Enter')
  await page.getByText(/Entra · Guests: passed/).waitFor({ timeout: patience })
  await page.getByLabel('Why? Kept in the audit trail.').fill(why)
  await page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await page.getByText(/^Saved in /).waitFor()
}

async function choose(page: Page, file: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file)
}

/** `certificate.pem` without key, and `brought.pfx` with it, as another authority's tools make them. */
function makeKeyFiles(folder: string): void {
  const openssl = (...options: readonly string[]): void => void execFileSync('openssl', options, { cwd: folder, stdio: 'pipe' })
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'certificate.pem', '-subj', '/CN=Brought', '-days', '300')
  openssl('pkcs12', '-export', '-inkey', 'key.pem', '-in', 'certificate.pem', '-passout', `pass:${filePassword}`, '-out', 'brought.pfx')
}
