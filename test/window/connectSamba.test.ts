import { X509Certificate } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedExpectations as seed } from '../../src/main/lab/seed/seedExpectations.ts'
import { findViolations } from '../fixtures/accessibility.ts'
import { answerTenant } from '../fixtures/answerTenant.ts'
import { startDomainController, type DomainController } from '../fixtures/domainController.ts'
import { focusedElement } from '../fixtures/keyboard.ts'
import { startNameServer, type NameServer } from '../fixtures/nameServer.ts'
import { startSecretService, type SecretService } from '../fixtures/secretService.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'
import { openWindow, prepareNothing, type LabWindow } from '../fixtures/window.ts'

const reasons = (['browser', 'directory', 'keychain'] as const).map(requireGroup).flatMap((group) => (group.available ? [] : [group.reason]))
const patience = 60_000
const account = { name: 'svc-fresh', principal: 'svc-fresh@contoso.test', password: 'Fr3sh!From#Nothing' }
const creates = seed.guestsInDefaultScope - seed.pendingGuests - seed.blockedGuests

// From nothing to a plan: the first start of the window, a tenant, a real domain controller and a keychain that know nothing of it.
describe.skipIf(reasons.length > 0)(`a tenant and a real domain controller, connected at the first start${reasons.length === 0 ? '' : ` (skipped: ${reasons.join('; ')})`}`, () => {
  let controller: DomainController
  let tenant: TestTenant
  let names: NameServer
  let session: SecretService
  let window: LabWindow
  let made: string
  const partners = () => `OU=Partners,${controller.baseDn}`
  const former = () => `OU=Former,${controller.baseDn}`
  const next = () => window.page.getByRole('button', { name: 'Next' })
  const descriptorOf = async (dn: string): Promise<string> => /^nTSecurityDescriptor:: (.+)$/m.exec(await controller.ldapsearch(dn, '(objectClass=organizationalUnit)', 'nTSecurityDescriptor'))?.[1] ?? ''

  beforeAll(async () => {
    const nothing = await prepareNothing()
    made = join(nothing.folder, 'Contoso')
    session = await startSecretService()
    tenant = await startTestTenant(nothing.folder)
    controller = await startDomainController('chain')
    await makeAccount(controller)
    for (const dn of [partners(), former()]) await controller.ldapmodify(`dn: ${dn}\nobjectClass: organizationalUnit\n`)
    names = await startNameServer({
      '_ldap._tcp.dc._msdcs.contoso.test': [{ type: 'SRV', priority: 0, weight: 100, port: 389, target: controller.host }],
      [controller.host]: [{ type: 'A', address: controller.ip }],
    })
    window = await openWindow(nothing, { environment: session.environment, startedBy: names.seenBy })
  }, 120_000)
  afterAll(async () => {
    await window?.close()
    await names?.stop()
    await controller?.stop()
    await tenant?.close()
    await session?.stop()
  })

  it('the first start, which shows a lab, leads to the set-up, and the tenant is found by its name', async () => {
    const { page } = window
    await page.getByRole('link', { name: 'Connect your tenant…' }).press('Enter')
    await answerTenant(page, tenant, tenant.domainName)
    await next().press('Enter')
    await page.getByLabel('Application (client) id').fill(tenant.clientId)
    await page.getByRole('radio', { name: 'Client secret' }).press('Space')
    await page.locator('input[type=password]').fill(tenant.clientSecret)
    await page.locator('input[type=password]').press('Enter')
    await page.getByText('The secret is there').waitFor()
    await next().press('Enter')
    await page.getByRole('heading', { level: 2, name: '3. Domain controllers' }).waitFor()
    expect(await focusedElement(page)).toContain('3. Domain controllers')
  })

  it('the controllers are found in DNS', async () => {
    const { page } = window
    await page.getByRole('textbox', { name: 'Domain', exact: true }).fill('nobody.test')
    await page.getByRole('textbox', { name: 'Domain', exact: true }).press('Enter')
    await page.getByText('No domain controller of nobody.test was found').waitFor()
    expect(await page.getByRole('textbox', { name: 'Controllers' }).inputValue()).toBe('')
    await page.getByRole('textbox', { name: 'Domain', exact: true }).fill('contoso.test')
    await page.getByRole('textbox', { name: 'Domain', exact: true }).press('Enter')
    await page.getByText('1 found; the list below was filled.').waitFor()
    expect(await page.getByRole('textbox', { name: 'Controllers' }).inputValue()).toBe(`ldaps://${controller.host}`)
    expect(await findViolations(page)).toEqual([])
  })

  it('as long as nobody has vouched for the certificate nothing is trusted, and the way on is closed and says why', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Look at its certificate' }).press('Enter')
    await page.getByText('This computer does not trust it yet').waitFor()
    await page.getByText('To be trusted: the authority').waitFor()
    await page.getByText(new X509Certificate(controller.caPem).fingerprint256).first().waitFor()
    await page.getByRole('textbox', { name: 'Account' }).fill(account.principal)
    await page.locator('input[type=password]').fill(account.password)
    await page.locator('input[type=password]').press('Enter')
    await page.getByText('The password is there').waitFor()
    await page.getByText('Missing: trust in the certificate that the controller presented.').waitFor()
    expect(await next().getAttribute('aria-disabled')).toBe('true')
    await next().press('Enter')
    expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe('3. Domain controllers')
    expect(await findViolations(page)).toEqual([])
    await page.reload()
    await page.getByText('Missing: trust in the certificate that the controller presented.').waitFor()
  })

  it('the tick below the fingerprint opens it, and can be taken back', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Look at its certificate' }).press('Enter')
    const tick = page.getByRole('checkbox', { name: /I have compared this fingerprint/ })
    await tick.press('Space')
    await page.getByText('A certificate is trusted for these controllers.').waitFor()
    expect(await next().getAttribute('aria-disabled')).toBeNull()
    await tick.press('Space')
    await page.getByText('Missing: trust in the certificate').waitFor()
    await tick.press('Space')
    await next().press('Enter')
    await page.getByRole('heading', { level: 2, name: '4. OUs' }).waitFor()
  })

  it('both OUs are picked from the tree of the domain', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'For guests: Partners' }).press('Enter')
    await page.getByRole('button', { name: 'For leavers: Former' }).press('Enter')
    expect(await page.getByRole('textbox', { name: 'Guest OU' }).inputValue()).toBe(partners())
    expect(await page.getByRole('textbox', { name: 'OU for guests who left' }).inputValue()).toBe(former())
    expect(await findViolations(page)).toEqual([])
    await next().press('Enter')
  })

  it('both are tested in words and saved, the secrets in the keychain', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Test both connections' }).press('Enter')
    await page.getByText(/Entra · Guests: passed/).waitFor({ timeout: patience })
    await page.getByText(/Active Directory · OU of the guests: passed/).waitFor({ timeout: patience })
    expect(await page.getByText(/: failed$/).count()).toBe(0)
    await page.getByText(`Signed in to ${controller.baseDn}`).first().waitFor()
    await page.getByLabel('Folder of the new workspace').fill(made)
    await page.getByRole('textbox', { name: 'Name' }).fill('Contoso')
    await page.getByLabel('Why? Kept in the audit trail.').fill('first connection')
    await page.getByLabel('Why? Kept in the audit trail.').press('Enter')
    await page.getByText(`Saved in ${made}.`).waitFor()
    expect(await page.getByText('in the keychain of this user').count()).toBe(2)
    expect(await findViolations(page)).toEqual([])
    expect(JSON.parse(await readFile(join(made, 'workspace.json'), 'utf8'))).toMatchObject({
      purpose: 'production', activeDirectory: { servers: [`ldaps://${controller.host}`], account: account.principal, guestOu: partners() }, lifecycle: { leavers: { action: 'disableAndMove', ou: former() } },
    })
  })

  it('readiness of the new workspace names the OU that somebody took away meanwhile, and the rights that our account lacks', async () => {
    const { page } = window
    await controller.ldapmodify(`dn: ${partners()}\nchangetype: delete\n`)
    await page.getByLabel('Open another workspace in this window').press('Enter')
    await page.getByText('Contoso').first().waitFor()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await page.getByRole('link', { name: 'Readiness' }).press('Enter')
    await page.getByRole('button', { name: 'Make all checks' }).press('Enter')
    await page.getByRole('button', { name: 'Check all again' }).waitFor({ timeout: patience })
    await expect.poll(() => stateOf('OU of the guests'), { timeout: patience }).toBe('Failed')
    expect(await stateOf('Sign-in of our account')).toBe('Passed')
    expect(await stateOf('OU of guests who left')).toBe('Passed')
  })

  it('a wrong password of an administrator is said in the dialog, and only the password is typed again', async () => {
    const { page } = window
    const dialog = await openRemedy('OU of the guests')
    await dialog.getByText('Make the OU').waitFor()
    await dialog.getByText(partners()).first().waitFor()
    expect(await findViolations(page)).toEqual([])
    const [name, password] = [dialog.getByLabel('Account of an administrator'), dialog.locator('input[type=password]')]
    await name.fill(controller.administrator.account)
    await password.fill('wrong')
    await password.press('Enter')
    await dialog.getByText(/account name or password (is|are) wrong/).waitFor({ timeout: patience })
    await expect.poll(() => name.inputValue()).toBe(controller.administrator.account)
    expect(await password.inputValue()).toBe('')
    expect(await page.evaluate<string>('document.activeElement?.type')).toBe('password')
    expect(await findViolations(page)).toEqual([])
    expect(await controller.ldapsearch(controller.baseDn, '(ou=Partners)', 'ou')).not.toContain('dn: OU=Partners')
    await password.fill(controller.administrator.password)
    await password.press('Enter')
    await dialog.waitFor({ state: 'hidden', timeout: patience })
    await expect.poll(() => stateOf('OU of the guests'), { timeout: patience }).toBe('Passed')
    expect(await controller.ldapsearch(controller.baseDn, '(ou=Partners)', 'ou')).toContain(`dn: ${partners()}`)
    await expect.poll(() => focusedElement(page)).toContain('Written, and checked again with our own account: passed.')
  })

  it('rights are shown as they will be stored, written, and green then', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Check again: Rights in the managed OUs' }).press('Enter')
    await expect.poll(() => stateOf('Rights in the managed OUs'), { timeout: patience }).toBe('Failed')
    const before = await Promise.all([partners(), former()].map(descriptorOf))
    const dialog = await openRemedy('Rights in the managed OUs')
    await dialog.getByText('Grant rights').first().waitFor({ timeout: patience })
    expect(await dialog.getByText(/^\(OA?;/).count()).toBeGreaterThan(8)
    expect(await findViolations(page)).toEqual([])
    await dialog.getByLabel('Account of an administrator').fill(controller.administrator.account)
    await dialog.locator('input[type=password]').fill(controller.administrator.password)
    await dialog.getByRole('button', { name: 'Write this' }).press('Enter')
    await dialog.waitFor({ state: 'hidden', timeout: patience })
    await finding('Rights in the managed OUs').getByText('Written, and checked again with our own account: passed.').waitFor()
    await expect.poll(() => stateOf('Rights in the managed OUs'), { timeout: patience }).toBe('Passed')
    const after = await Promise.all([partners(), former()].map(descriptorOf))
    for (const [index, descriptor] of after.entries()) expect(descriptor.length).toBeGreaterThan(before[index]?.length ?? 0)
    expect(await findViolations(page)).toEqual([])
  })

  it('what was said of a remedy goes with the next check, which finds the same without it', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Check again: Rights in the managed OUs' }).press('Enter')
    await expect.poll(() => finding('Rights in the managed OUs').getByText(/^Written, and checked again/).count()).toBe(0)
    await page.getByRole('status', { name: 'What runs now' }).getByText('The checks were made').waitFor({ timeout: patience })
    expect(await stateOf('Rights in the managed OUs')).toBe('Passed')
  })

  it('a container that is nobody\'s gets an owner first, and that is said before it is written', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Check again: Deletions can be seen' }).press('Enter')
    await expect.poll(() => stateOf('Deletions can be seen'), { timeout: patience }).not.toBe('Passed')
    const dialog = await openRemedy('Deletions can be seen')
    await dialog.getByText(`CN=Deleted Objects,${controller.baseDn}`).first().waitFor({ timeout: patience })
    expect(await dialog.locator('ol > li').allInnerTexts()).toEqual([expect.stringContaining('Take ownership'), expect.stringContaining('Grant rights')])
    expect(await findViolations(page)).toEqual([])
    await dialog.getByLabel('Account of an administrator').fill(controller.administrator.account)
    await dialog.locator('input[type=password]').fill(controller.administrator.password)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden', timeout: patience })
    await expect.poll(() => stateOf('Deletions can be seen'), { timeout: patience }).toBe('Passed')
  })

  it('the first cycle reads both, and the overview shows guests and plan', async () => {
    const { page } = window
    await page.getByRole('link', { name: 'Overview' }).press('Enter')
    await page.getByRole('region', { name: 'Three ways to begin' }).getByRole('button', { name: /first cycle/i }).press('Enter')
    await page.getByRole('button', { name: `Review ${creates} changes` }).waitFor({ timeout: patience })
    await page.getByText(`${seed.guestsInDefaultScope} in scope`).waitFor()
    await page.getByText(`${creates} changes wait`).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await controller.ldapsearch(partners(), '(objectClass=user)', 'cn')).not.toContain('dn:')
  })

  it('the trail knows who approved what, and no secret is in a file of the workspace', async () => {
    const trail = await readFile(join(made, 'audit.jsonl'), 'utf8')
    expect(trail.match(/"outcome":"written"/g)).toHaveLength(3)
    const files = (await readdir(made, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    expect(files.map(({ name }) => name)).toContain('readiness.json')
    for (const { parentPath, name } of files) {
      const content = await readFile(join(parentPath, name))
      for (const secret of [controller.administrator.password, account.password, tenant.clientSecret]) expect(content.includes(secret), name).toBe(false)
    }
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })

  function finding(title: string): Locator {
    return window.page.locator('main li').filter({ has: window.page.getByRole('heading', { level: 3, name: title, exact: true }) })
  }

  function stateOf(title: string): Promise<string> {
    return finding(title).locator('.fui-Badge').first().innerText()
  }

  async function openRemedy(title: string): Promise<Locator> {
    await finding(title).getByRole('button', { name: `Details: ${title}` }).press('Enter')
    await finding(title).getByRole('button', { name: `Apply from here… ${title}` }).press('Enter')
    const dialog = window.page.getByRole('dialog', { name: 'Apply this remedy?' })
    await dialog.waitFor()
    return dialog
  }
})

/** As an administrator makes it by hand: without a right anywhere. */
async function makeAccount(controller: DomainController): Promise<void> {
  const dn = `CN=${account.name},CN=Users,${controller.baseDn}`
  const unicodePwd = Buffer.from(`"${account.password}"`, 'utf16le').toString('base64')
  await controller.ldapmodify(`dn: ${dn}\nobjectClass: user\nsAMAccountName: ${account.name}\nuserPrincipalName: ${account.principal}\nuserAccountControl: 514\n`)
  await controller.ldapmodify(`dn: ${dn}\nchangetype: modify\nreplace: unicodePwd\nunicodePwd:: ${unicodePwd}\n-\nreplace: userAccountControl\nuserAccountControl: 512\n`)
}
