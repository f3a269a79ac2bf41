import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from '../fixtures/accessibility.ts'
import { enterCode, type SignedInAs } from '../fixtures/enterCode.ts'
import { focusedElement } from '../fixtures/keyboard.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openWindow, prepareLab, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')
const patience = 60_000
const address = 'new.person@fabrikam.com'

describe.skipIf(!browser.available)('guests who are invited from the window', () => {
  let window: LabWindow
  beforeAll(async () => {
    const lab = await prepareLab('planned')
    // Who has just been invited has not accepted yet.
    const file = join(lab.workspace, 'workspace.json')
    const configuration = JSON.parse(await readFile(file, 'utf8')) as { lifecycle: object }
    await writeFile(file, JSON.stringify({ ...configuration, lifecycle: { ...configuration.lifecycle, createForPendingInvitations: true } }, null, 2))
    window = await openWindow(lab, {})
  })
  afterAll(() => window?.close())

  it('one is looked for, shown what would be sent, invited, waited for, previewed, provisioned and can be checked for sign-on', async () => {
    const { page } = window
    await page.evaluate(`location.hash = '#/guests'`)
    await page.getByRole('button', { name: 'Invite…' }).click()
    await page.getByRole('menuitem', { name: 'One guest' }).click()
    await page.getByRole('heading', { level: 1, name: 'Invite a guest' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('textbox', { name: 'Mail address' }).fill(address)
    await page.getByLabel('Name').fill('New Person')
    await page.getByLabel('Message').fill('Welcome')
    await page.getByRole('textbox', { name: 'Mail address' }).press('Enter')
    await page.getByText(`Nobody has the address ${address}`).waitFor()
    expect(await focusedElement(page)).not.toBeNull()
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await page.getByText(/^Invited \(/).waitFor()
    await page.getByText('An import has brought the guest.').waitFor({ timeout: patience })
    expect(await page.evaluate<string>('location.hash')).toMatch(/guest=[0-9a-f-]{36}/)
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: /^Provision/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Approve and write' }).click()
    await page.getByRole('region', { name: '4. Sign-on' }).getByRole('button', { name: /check/i }).first().waitFor({ timeout: patience })
  })

  it('how far it has come is there again after a reload', async () => {
    const { page } = window
    await page.reload()
    await page.getByText('An import has brought the guest.').waitFor()
    // Whom the address names is not invited again by a reload.
    expect(await page.getByRole('textbox', { name: 'Mail address' }).count()).toBe(0)
    await page.getByRole('region', { name: '3. Account in Active Directory' }).getByRole('button', { name: 'The whole story' }).waitFor()
  })

  it('who has the address already is found, whatever its case, and not invited again', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Invite another guest' }).click()
    await page.getByRole('textbox', { name: 'Mail address' }).fill(address.toUpperCase())
    await page.getByRole('button', { name: 'Look for the address' }).click()
    await page.getByText('nobody is invited again').waitFor()
    await page.getByRole('button', { name: 'Go on with New Person' }).click()
    await page.getByText('This guest is in the tenant.').waitFor()
    const trail = await readFile(join(window.workspace, 'audit.jsonl'), 'utf8')
    expect(trail.split('\n').filter((line) => line.includes('"guestInvited"'))).toHaveLength(1)
  })

  it('what is no address is refused before anything is sent, and what was typed stays', async () => {
    const { page } = window
    await page.evaluate(`location.hash = '#/guests?invite=one'`)
    await page.getByRole('textbox', { name: 'Mail address' }).fill('no-address')
    await page.getByRole('button', { name: 'Look for the address' }).click()
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await page.locator('main').getByText('mail "no-address" is no mail address').waitFor()
    await page.getByRole('button', { name: 'Change it' }).click()
    expect(await page.getByRole('textbox', { name: 'Mail address' }).inputValue()).toBe('no-address')
  })

  it('what was typed and not sent is there again after a reload, and gone when somebody was gone on with', async () => {
    const { page } = window
    await page.getByRole('textbox', { name: 'Mail address' }).fill(address)
    await page.getByLabel('Message').fill('Not sent yet')
    await page.reload()
    expect(await page.getByRole('textbox', { name: 'Mail address' }).inputValue()).toBe(address)
    expect(await page.getByLabel('Message').inputValue()).toBe('Not sent yet')
    await page.getByRole('button', { name: 'Look for the address' }).click()
    await page.getByRole('button', { name: 'Go on with New Person' }).click()
    await page.getByRole('button', { name: 'Invite another guest' }).click()
    expect([await page.getByRole('textbox', { name: 'Mail address' }).inputValue(), await page.getByLabel('Message').inputValue()]).toEqual(['', ''])
  })

  it('a list is refused as a whole with line and column of each mistake', async () => {
    const { page } = window
    await page.evaluate(`location.hash = '#/guests?invite=list'`)
    await chooseList(window, 'mail,name\nlist.one@fabrikam.com,One\nno-address,Two\n')
    await page.getByText('1 mistake; nobody was invited').waitFor()
    const row = page.getByRole('row').filter({ hasText: 'no-address' })
    expect(await row.locator('th, td').allInnerTexts()).toEqual(expect.arrayContaining(['3', 'mail', 'no-address']))
    expect(await findViolations(page)).toEqual([])
  })

  it('a list in UTF-16 is refused with what to do, not with its columns', async () => {
    const { page } = window
    await chooseList(window, Buffer.from('\uFEFFmail,name\r\nlist.one@fabrikam.com,One\r\n', 'utf16le'))
    await page.getByRole('row').filter({ hasText: 'The file is in UTF-16, not in UTF-8. Save it as UTF-8' }).waitFor()
    expect(await page.getByText('1 mistake; nobody was invited').count()).toBe(1)
  })

  it('a sound list shows what becomes of each line, is approved by its hash, and its results are a file', async () => {
    const { page } = window
    await chooseList(window, `mail,name\nlist.one@fabrikam.com,One\n${address},Again\nlist.two@fabrikam.com,=1+1\n`)
    await page.getByText('2 to be invited, 1 guest already').waitFor()
    // The list and what was said of it are there again: nothing has to be chosen or checked anew.
    await page.reload()
    await page.getByText('guests.csv').waitFor()
    await page.getByText('2 to be invited, 1 guest already').waitFor()
    await page.getByRole('button', { name: 'Invite 2…' }).click()
    await page.getByRole('dialog').getByText(/^Hash of the list: [0-9a-f]{64}$/).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Invite 2' }).click()
    await page.getByText('2 invited, 1 guests already').waitFor({ timeout: patience })
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the results (CSV)' }).click()])
    const saved = await readFile(await download.path(), 'utf8')
    expect(saved).toContain('list.two@fabrikam.com')
    expect(saved.split(/\r?\n/).filter((line) => /(^|,)"?=/.test(line)), 'formulas').toEqual([])
    await page.reload()
    await page.getByText('2 invited, 1 guests already').waitFor()
    expect(await page.getByText('guests.csv').count(), 'a list that was sent').toBe(0)
  })

  it('a guest is blocked with a note, which the trail keeps, and unblocked again', async () => {
    const { page } = window
    await page.evaluate(`location.hash = '#/guests?text=New%20Person'`)
    await page.getByRole('grid').focus()
    await page.keyboard.press('j')
    await page.getByRole('button', { name: 'Block…' }).click()
    await page.getByRole('dialog').getByLabel('Why? Kept in the audit trail.').fill('left the project')
    await page.getByRole('dialog').getByRole('button', { name: 'Block', exact: true }).click()
    await page.getByText('Sign-in to the tenant is blocked.').waitFor()
    expect(await readFile(join(window.workspace, 'audit.jsonl'), 'utf8')).toContain('left the project')
    await page.getByRole('button', { name: 'Unblock…' }).click()
    await page.getByRole('dialog').getByLabel('Why? Kept in the audit trail.').fill('came back')
    await page.getByRole('dialog').getByRole('button', { name: 'Unblock', exact: true }).click()
    await page.getByText('Sign-in to the tenant is allowed.').waitFor()
  })

  it('a reset of redemption shows where to sign in; a person without role is refused with the remedy, in the dialog that was filled in', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Reset redemption…' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel('Redeems with').inputValue()).toBe(address)
    await dialog.getByLabel('Why? Kept in the audit trail.').fill('new home tenant')
    await dialog.getByRole('button', { name: 'Reset', exact: true }).click()
    await signIn(window, 'employee')
    await dialog.getByText('Sign in as a Helpdesk Administrator or User Administrator').waitFor()
    expect(await dialog.getByLabel('Why? Kept in the audit trail.').inputValue()).toBe('new home tenant')
    expect(await findViolations(page)).toEqual([])
  })

  it('the sign-in for a reset can be cancelled, and nothing was reset', async () => {
    const { page } = window
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Reset', exact: true }).click()
    await dialog.getByText(/^To reset the redemption, enter the code/).waitFor()
    expect(await findViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel the reset' }).click()
    await dialog.getByText('The sign-in was cancelled').waitFor()
    expect((await actionsOf(window)).filter((action) => action === 'redemptionResetEnded')).toHaveLength(1)
  })

  it('a reset goes on when a person with a role has entered the code, says in whose name, and keeps no token', async () => {
    const { page } = window
    await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click()
    await signIn(window, 'administrator')
    await page.getByText(/^The redemption was reset by admin@.* \(PendingAcceptance\)/).waitFor({ timeout: patience })
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await actionsOf(window)).toEqual(expect.arrayContaining(['redemptionReset', 'redemptionResetEnded']))
    const stored = await page.evaluate<string>('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])')
    expect(stored).not.toMatch(/eyJ[\w-]{20,}\./)
  })

  it('the code of a reset is there again after a reload, and what came of it is told', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Reset redemption…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Why? Kept in the audit trail.').fill('once more')
    await dialog.getByRole('button', { name: 'Reset', exact: true }).click()
    await dialog.getByText(/^To reset the redemption, enter the code/).waitFor()
    await page.reload()
    await signIn(window, 'declined')
    const said = page.getByText('The redemption was not reset').first()
    await said.waitFor({ timeout: patience })
    expect(await page.getByText(/^The redemption was reset by/).count()).toBe(0)
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

async function chooseList({ page }: LabWindow, content: string | Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
  await page.getByText('guests.csv').waitFor()
  await page.getByRole('button', { name: 'Check the list' }).click()
}

/** Reads the code from the window and enters it as a person does in another browser. */
async function signIn({ page, workspace }: LabWindow, as: SignedInAs): Promise<void> {
  const prompt = page.getByRole('status').filter({ hasText: 'To reset the redemption, enter the code' })
  const [, code = ''] = /enter the code (\S+) at/.exec(await prompt.innerText()) ?? []
  setDefaultCACertificates([...getCACertificates('default'), await readFile(join(workspace, 'lab', 'ca.pem'), 'utf8')])
  await enterCode(await prompt.getByRole('link').getAttribute('href') ?? '', code, as)
}

async function actionsOf({ workspace }: LabWindow): Promise<readonly string[]> {
  const lines = (await readFile(join(workspace, 'audit.jsonl'), 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => (JSON.parse(line) as { readonly action: string }).action)
}
