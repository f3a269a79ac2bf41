import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { signInAsPerson, type SigningIn } from '../../../src/main/connectors/graph/delegatedSignIn.ts'
import type { EntraConnection } from '../../../src/main/connectors/graph/entraConnection.ts'
import { createEntraInviter } from '../../../src/main/connectors/graph/invitations/entraInviter.ts'
import { resetPermission, resetRedemption } from '../../../src/main/connectors/graph/invitations/resetRedemption.ts'
import { createTokenSource, type TokenSource } from '../../../src/main/connectors/graph/tokenSource.ts'
import { systemWaiting } from '../../../src/main/connectors/graph/waiting.ts'
import type { EntraInviter } from '../../../src/main/connectors/invitationPort.ts'
import type { Invitation } from '../../../src/shared/domain/invitation.ts'
import { enterCode } from '../../fixtures/enterCode.ts'
import { startTestTenant, type TestTenant } from '../../fixtures/testTenant.ts'

const signal = new AbortController().signal
const invitation: Invitation = { mail: 'new.person@fabrikam.com', displayName: 'New', redirectUrl: 'https://myapplications.microsoft.com', message: null, language: null, cc: null }
const other: Invitation = { ...invitation, mail: 'other@fabrikam.com' }
let folder: string
let tenant: TestTenant
let connection: EntraConnection
let inviter: EntraInviter
let id: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guestbridge-tenant-'))
  // Whatever the application may do by itself: a reset is not among it.
  tenant = await startTestTenant(folder, ['User.ReadWrite.All', 'User.Invite.All'])
  const { graphUrl, signInUrl, tenantId, clientId, clientSecret, caFile } = tenant
  connection = { graphUrl, signInUrl, tenantId, clientId, credential: { kind: 'secret', secret: clientSecret }, caPem: await readFile(caFile, 'utf8'), filter: "userType eq 'Guest'", pageSize: 100 }
  inviter = createEntraInviter(connection)
  const invited = await inviter.invite(invitation, signal)
  if (!invited.ok) throw new Error(invited.problem.message)
  id = invited.value.id
  tenant.happen({ kind: 'acceptInvitation', user: id })
})
afterEach(async () => {
  await inviter.close()
  await tenant.close()
  await rm(folder, { recursive: true, force: true })
})

it('is done in the name of a person with a role: the guest redeems under another address; id and userPrincipalName stay', async () => {
  const before = await read()
  expect(await resetRedemption(connection, await tokensOf('administrator', resetPermission), id, other, signal)).toMatchObject({ ok: true, value: { id, status: 'PendingAcceptance' } })
  const after = await read()
  expect(after).toMatchObject({ mail: 'other@fabrikam.com', externalUserState: 'PendingAcceptance' })
  expect(after?.userPrincipalName).toBe(before?.userPrincipalName)
})

it.each([
  ['a person without role', () => tokensOf('employee', resetPermission)],
  ['a person with a role, by a token that was given for reading', () => tokensOf('administrator', 'User.Read.All')],
  ['the application, whatever it was granted', () => Promise.resolve(createTokenSource(connection, systemWaiting))],
])('is refused to %s, with the role that is needed, and changes nothing', async (_, tokens) => {
  expect(await resetRedemption(connection, await tokens(), id, other, signal)).toMatchObject({ ok: false, problem: { kind: 'notPermitted', remedy: expect.stringContaining('User Administrator') as unknown } })
  expect(await read()).toMatchObject({ mail: 'new.person@fabrikam.com', externalUserState: 'Accepted' })
})

async function read() {
  const guest = await inviter.read(id, signal)
  if (!guest.ok) throw new Error(guest.problem.message)
  return guest.value
}

async function tokensOf(as: 'administrator' | 'employee', permission: string): Promise<TokenSource> {
  const { credential: _unused, ...place } = connection
  const signingIn: SigningIn = { ...place, permission }
  const signedIn = await signInAsPerson(signingIn, ({ address, code }) => void enterCode(address, code, as), signal)
  if (!signedIn.ok) throw new Error(signedIn.problem.message)
  const token = () => Promise.resolve({ ok: true, value: signedIn.value.text } as const)
  return { current: token, replace: token }
}
