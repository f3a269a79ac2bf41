import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerMarks } from '../../src/main/kcd/proof/connectorScript.ts'
import type { DelegationReport } from '../../src/shared/api/delegationCalls.ts'
import { findViolations } from '../fixtures/accessibility.ts'
import { delegationMap } from '../fixtures/delegationMap.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openLabWindow, openWindow, prepareLab, type LabWindow } from '../fixtures/window.ts'

const browser = requireGroup('browser')
const spn = 'HTTP/erp.contoso.lab'

// One story: nothing is proven in the lab, a connector answers, the map and the guest's page say so, and the last check goes.
describe.skipIf(!browser.available)('proof of sign-on', () => {
  let window: LabWindow
  const { groupOf, detail, cell, checkAgain } = delegationMap(() => window)

  beforeAll(async () => {
    window = await openLabWindow({ lab: 'planned' })
    await window.page.getByRole('link', { name: 'Delegation' }).click()
    await window.page.getByRole('button', { name: 'Check delegation' }).click()
    await groupOf('Headquarters').waitFor({ timeout: 30_000 })
  })
  afterAll(() => window?.close())

  it('says of a proof on the lab that nothing is proven, and why', async () => {
    const { page } = window
    await cell().click()
    const guest = page.getByRole('combobox', { name: 'Guest' })
    await guest.click()
    await guest.pressSequentially('kabir')
    await page.getByRole('option', { name: /Kabir Nair/ }).click()
    await page.getByRole('button', { name: 'Prove sign-on' }).click()
    await page.getByText('The lab has no Kerberos, so no ticket can be asked for.', { exact: false }).waitFor()
    await page.getByText('Not proven', { exact: false }).first().waitFor()
    await page.getByRole('button', { name: 'Prove it on a Windows connector' }).click()
    await page.getByRole('button', { name: 'Get the script' }).click()
    await expect(page.getByRole('group', { name: 'Script for the connector' }).innerText()).resolves.toContain('powershell')
    await page.getByRole('textbox', { name: 'What the script printed' }).fill('no answer at all')
    await page.getByRole('button', { name: 'Read the answer' }).click()
    await page.getByText(/^The pasted answer of the connector cannot be used/).waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  it('reads what a Windows connector answered, shows ticket or refusal, and the map then says that it was proved', async () => {
    const { page, workspace } = window
    const { report } = JSON.parse(await readFile(join(workspace, 'delegation', 'last-check.json'), 'utf8')) as { readonly report: DelegationReport }
    const guest = report.facts.guests.find(({ displayName }) => displayName === 'Kabir Nair')
    if (guest === undefined) throw new Error('Kabir Nair has an account in the lab')
    const question = { version: 1, application: 'ERP', guest: guest.entraId, identity: guest.userPrincipalName, spn, url: null, computer: 'CONNECTOR01', account: 'NT AUTHORITY\\SYSTEM' }
    const answer = page.getByRole('textbox', { name: 'What the script printed' })
    const read = page.getByRole('button', { name: 'Read the answer' })
    await answer.fill(pack({ ...question, at: minutesAgo(6), outcome: { kind: 'failed', step: 'service', code: null, text: 'The KDC refused the ticket.' } }))
    await read.click()
    await page.getByText(/^Refused · /).first().waitFor()
    await answer.fill(pack({ ...question, at: minutesAgo(5), outcome: { kind: 'ticket', principal: guest.userPrincipalName, encryptionType: 18, startsAt: minutesAgo(5), endsAt: minutesAgo(-595), site: null } }))
    await read.click()
    await page.getByText(/^Proven: the guest gets a ticket · /).first().waitFor()
    await expect(detail('CONNECTOR01 → ERP').innerText()).resolves.toMatch(/aes256/i)
    expect(await findViolations(page)).toEqual([])
    await checkAgain()
    await expect.poll(() => cell().innerText(), { timeout: 30_000 }).toMatch(/proved 5 minutes ago/)
  })

  it('answers on the guest’s own page whether sign-on will work, and checks this guest from there', async () => {
    const { page, workspace } = window
    await groupOf('Headquarters').getByRole('row', { name: /^ERP/ }).getByRole('gridcell').last().click()
    await page.getByRole('link', { name: 'Open the guest' }).click()
    const part = page.getByRole('region', { name: 'Will sign-on work?' })
    await part.getByRole('table', { name: 'Per application' }).waitFor()
    await expect(part.getByRole('table', { name: 'What each mapping would delegate' }).getByRole('row').count()).resolves.toBe(6)
    await rm(join(workspace, 'delegation', 'last-check.json'))
    await page.reload()
    await part.getByText('Nobody has checked this guest yet.').waitFor()
    await expect(part.getByRole('table').count()).resolves.toBe(0)
    await part.getByRole('button', { name: 'Check this guest' }).click()
    await part.getByRole('table', { name: 'Per application' }).waitFor({ timeout: 30_000 })
    expect(await findViolations(page)).toEqual([])
  })

  it('names a last check that cannot be read, and checks anew', async () => {
    const { page, workspace } = window
    await writeFile(join(workspace, 'delegation', 'last-check.json'), 'no check')
    await page.getByRole('link', { name: 'Delegation' }).click()
    await page.getByText('cannot be read', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Check again' }).click()
    await groupOf('Headquarters').waitFor({ timeout: 30_000 })
    await expect.poll(() => page.getByText('cannot be read', { exact: false }).count()).toBe(0)
  })

  it('had no error in the console', () => {
    expect(window.complaints).toEqual([])
  })
})

describe.skipIf(!browser.available)('delegation of a workspace that knows no connector', () => {
  let window: LabWindow
  beforeAll(async () => {
    const lab = await prepareLab('new')
    const file = join(lab.workspace, 'workspace.json')
    const { delegation, ...others } = JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, unknown>>
    if (delegation === undefined) throw new Error('The lab names no connectors')
    await writeFile(file, JSON.stringify(others, null, 2))
    window = await openWindow(lab, {})
  })
  afterAll(() => window?.close())

  it('says what will be here and what to write into which file', async () => {
    const { page } = window
    await page.getByRole('link', { name: 'Delegation' }).click()
    await page.getByText('No connector and no application is known yet.', { exact: false }).waitFor()
    await page.getByText(`In ${join(window.workspace, 'workspace.json')}`).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(window.complaints).toEqual([])
  })
})

/** ISO 8601 to the second, as the script writes times. */
function minutesAgo(minutes: number): string {
  return `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19)}Z`
}

/** As the script for a connector prints its answer. */
function pack(answer: unknown): string {
  return `${answerMarks.begin}${Buffer.from(JSON.stringify(answer)).toString('base64')}${answerMarks.end}`
}
