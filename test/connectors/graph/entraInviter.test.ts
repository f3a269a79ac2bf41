import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { EntraInviter } from '../../../src/main/connectors/invitationPort.ts'
import { createEntraInviter } from '../../../src/main/connectors/graph/invitations/entraInviter.ts'
import type { GraphRole } from '../../../src/main/lab/tenant/tenantSettings.ts'
import type { Invitation } from '../../../src/shared/domain/invitation.ts'
import { startTestTenant, type TestTenant } from '../../fixtures/testTenant.ts'

const signal = new AbortController().signal
const invitation: Invitation = { mail: 'new.person@fabrikam.com', displayName: 'New', redirectUrl: 'https://myapplications.microsoft.com', message: 'Welcome', language: 'de-DE', cc: 'boss@contoso.com' }
let folder: string
let tenant: TestTenant
let inviter: EntraInviter
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-tenant-')) })
afterEach(async () => {
  await inviter.close()
  await tenant.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(roles: readonly GraphRole[]): Promise<void> {
  tenant = await startTestTenant(folder, roles)
  const { graphUrl, signInUrl, tenantId, clientId, clientSecret, caFile } = tenant
  inviter = createEntraInviter({ graphUrl, signInUrl, tenantId, clientId, credential: { kind: 'secret', secret: clientSecret }, caPem: await readFile(caFile, 'utf8'), filter: "userType eq 'Guest'", pageSize: 100 })
}

async function invite(): Promise<string> {
  const invited = await inviter.invite(invitation, signal)
  if (!invited.ok) throw new Error(invited.problem.message)
  return invited.value.id
}

it('finds a guest whom it invited by the address in any case, and shows his state', async () => {
  await open(['User.Read.All', 'User.Invite.All'])
  const id = await invite()
  const found = await inviter.findByAddress(['NEW.person@fabrikam.com', "nobody.o'brien@fabrikam.com"], signal)
  expect(found.ok ? [...found.value.values()] : found).toEqual([{ ok: true, value: [expect.objectContaining({ id, userType: 'Guest', externalUserState: 'PendingAcceptance', isEnabled: true })] }, { ok: true, value: [] }])
})

it('says which right is missing to invite, and which to block', async () => {
  await open(['User.Read.All'])
  expect(await inviter.invite(invitation, signal)).toMatchObject({ ok: false, problem: { kind: 'notPermitted', remedy: expect.stringContaining('User.Invite.All') } })
  const [guest] = await anyGuests()
  expect(await inviter.setEnabled(guest ?? '', 'blocked', signal)).toMatchObject({ ok: false, problem: { kind: 'notPermitted', remedy: expect.stringContaining('User.EnableDisableAccount.All') } })
})

it('blocks and unblocks a guest', async () => {
  await open(['User.Read.All', 'User.Invite.All', 'User.EnableDisableAccount.All'])
  const id = await invite()
  expect((await inviter.setEnabled(id, 'blocked', signal)).ok).toBe(true)
  expect(await inviter.read(id, signal)).toMatchObject({ value: { isEnabled: false } })
  expect((await inviter.setEnabled(id, 'enabled', signal)).ok).toBe(true)
  expect(await inviter.read(id, signal)).toMatchObject({ value: { isEnabled: true } })
})

it('gives each invitation of several its own answer', async () => {
  await open(['User.Read.All', 'User.Invite.All'])
  const answers = await inviter.inviteSeveral([invitation, { ...invitation, mail: 'not an address' }, { ...invitation, mail: 'third@fabrikam.com' }], signal)
  expect(answers.ok ? answers.value.map(({ ok }) => ok) : answers).toEqual([true, false, true])
})

it('does not show whom the tenant does not have', async () => {
  await open(['User.Read.All'])
  expect(await inviter.read('00000000-0000-4000-8000-000000000000', signal)).toEqual({ ok: true, value: null })
})

async function anyGuests(): Promise<readonly string[]> {
  const found = await inviter.findByAddress(['emily.carter@tailspintoys.com'], signal)
  const users = found.ok ? found.value.get('emily.carter@tailspintoys.com') : undefined
  return users?.ok === true ? users.value.map(({ id }) => id) : []
}
