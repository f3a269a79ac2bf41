import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, graphErrorOf, groupReaderId, guestbridgeId, makeUsers, readerId, startTestTenant, tenantId, writerId } from './tenantFixture.ts'
import type { TestTenant } from './tenantFixture.ts'
import { enterCode } from '../../fixtures/enterCode.ts'

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

let tenant: TestTenant
beforeEach(async () => {
  tenant = await startTestTenant({ seed: makeUsers(6, (index) => (index === 5 ? { mail: 'employee@contoso.com', otherMails: [], userType: 'Member' as const } : { creationType: 'Invitation' as const, externalUserState: 'Accepted' as const })) })
})
afterEach(() => tenant.remove())

const read = async (path: string) => bodyOf(await tenant.get(path))

describe('PATCH /users/{id}', () => {
  it('changes what it names, answers 204, and finds the user by name too', async () => {
    const response = await tenant.send('PATCH', `/users/${encodeURIComponent('guest1_fabrikam.com#EXT#@test.onmicrosoft.com')}`, { body: { displayName: 'Eins', surname: 'Muster' } })
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(await read(`/users/${idOf(1)}?$select=displayName,surname,mail`)).toMatchObject({ displayName: 'Eins', surname: 'Muster', mail: 'guest1@fabrikam.com' })
  })

  it.each([
    [{ id: 'x' }, "Property 'id' is read-only and cannot be set."],
    [{ noSuch: 1 }, "Invalid property 'noSuch'."],
    [{ accountEnabled: 'no' }, "Invalid value specified for property 'accountEnabled' of resource 'User'."],
    [{ givenName: 'x'.repeat(65) }, "Invalid value specified for property 'givenName' of resource 'User'."],
    [{ userPrincipalName: 'a b@test.onmicrosoft.com' }, "Invalid value specified for property 'userPrincipalName' of resource 'User'."],
    [{ userPrincipalName: 'GUEST2_fabrikam.com#EXT#@test.onmicrosoft.com' }, 'Another object with the same value for property userPrincipalName already exists: GUEST2_fabrikam.com#EXT#@test.onmicrosoft.com'],
  ])('refuses %j', async (body, message) => {
    expect(await graphErrorOf(await tenant.send('PATCH', `/users/${idOf(1)}`, { body }))).toEqual({ status: 400, code: 'Request_BadRequest', message })
    expect(await read(`/users/${idOf(1)}?$select=userPrincipalName,accountEnabled`)).toMatchObject({ accountEnabled: true, userPrincipalName: 'guest1_fabrikam.com#EXT#@test.onmicrosoft.com' })
  })

  it('lets an application that may only block do that and nothing else', async () => {
    const asGuestbridge = (body: unknown) => tenant.send('PATCH', `/users/${idOf(1)}`, { body, clientId: guestbridgeId })
    expect((await asGuestbridge({ accountEnabled: false })).status).toBe(204)
    expect(await graphErrorOf(await asGuestbridge({ accountEnabled: true, displayName: 'x' }))).toMatchObject({ status: 403 })
    expect(await read(`/users/${idOf(1)}?$select=accountEnabled,displayName`)).toMatchObject({ accountEnabled: false, displayName: 'Guest 1' })
    expect(await graphErrorOf(await tenant.send('PATCH', `/users/${idOf(1)}`, { body: { accountEnabled: true }, clientId: readerId }))).toMatchObject({ status: 403 })
  })
})

describe('deleting a user', () => {
  it('puts the user into the recycle bin, from which the same id comes back', async () => {
    expect((await tenant.send('DELETE', `/users/${idOf(1)}`)).status).toBe(204)
    expect((await tenant.get(`/users/${idOf(1)}`)).status).toBe(404)
    expect(await read(`/directory/deletedItems/${idOf(1)}?$select=userPrincipalName`)).toMatchObject({ userPrincipalName: `${idOf(1).replaceAll('-', '')}guest1_fabrikam.com#EXT#@test.onmicrosoft.com` })
    const restored = await tenant.send('POST', `/directory/deletedItems/${idOf(1)}/restore`)
    expect([restored.status, (await bodyOf(restored))['id']]).toEqual([200, idOf(1)])
    expect(await read(`/users/${idOf(1)}?$select=userPrincipalName`)).toMatchObject({ userPrincipalName: 'guest1_fabrikam.com#EXT#@test.onmicrosoft.com' })
  })

  it('is final from the recycle bin', async () => {
    await tenant.send('DELETE', `/users/${idOf(1)}`)
    expect((await tenant.send('DELETE', `/directory/deletedItems/${idOf(1)}`)).status).toBe(204)
    for (const [method, path] of [['GET', `/directory/deletedItems/${idOf(1)}`], ['POST', `/directory/deletedItems/${idOf(1)}/restore`], ['DELETE', `/directory/deletedItems/${idOf(1)}`], ['DELETE', `/users/${idOf(1)}`]] as const) {
      expect(await graphErrorOf(await tenant.send(method, path))).toMatchObject({ status: 404, code: 'Request_ResourceNotFound' })
    }
  })

  it('cannot be undone where another user has the name by now', async () => {
    await tenant.send('DELETE', `/users/${idOf(1)}`)
    await tenant.send('PATCH', `/users/${idOf(2)}`, { body: { userPrincipalName: 'guest1_fabrikam.com#EXT#@test.onmicrosoft.com' } })
    expect(await graphErrorOf(await tenant.send('POST', `/directory/deletedItems/${idOf(1)}/restore`))).toMatchObject({ status: 400 })
    expect((await tenant.get(`/directory/deletedItems/${idOf(1)}`)).status).toBe(200)
  })

  it('is not for an application that may only invite and block', async () => {
    expect((await tenant.send('DELETE', `/users/${idOf(1)}`, { clientId: guestbridgeId })).status).toBe(403)
    expect((await tenant.get(`/users/${idOf(1)}`)).status).toBe(200)
  })
})

describe('POST /invitations', () => {
  const invite = (body: Readonly<Record<string, unknown>>, clientId = guestbridgeId) => tenant.send('POST', '/invitations', { body: { invitedUserEmailAddress: 'ana+x@fabrikam.com', inviteRedirectUrl: 'https://intranet.contoso.com', ...body }, clientId })
  const userOf = (body: Record<string, unknown>) => (body['invitedUser'] as { readonly id: string }).id

  it('makes a guest whose invitation is pending, and answers in the shape of an invitation', async () => {
    const response = await invite({ invitedUserDisplayName: 'Ana Souza' })
    const body = await bodyOf(response)
    expect(response.status).toBe(201)
    expect(body).toEqual({
      '@odata.context': `${tenant.graphUrl}/v1.0/$metadata#invitations/$entity`, id: expect.any(String), inviteRedeemUrl: expect.stringContaining('https://'),
      invitedUserDisplayName: 'Ana Souza', invitedUserType: 'Guest', invitedUserEmailAddress: 'ana+x@fabrikam.com', sendInvitationMessage: false, resetRedemption: false,
      inviteRedirectUrl: 'https://intranet.contoso.com', status: 'PendingAcceptance',
      invitedUserMessageInfo: { messageLanguage: null, ccRecipients: [{ emailAddress: { name: null, address: null } }], customizedMessageBody: null }, invitedUser: { id: expect.any(String) },
    })
    expect(await read(`/users/${userOf(body)}?$select=userPrincipalName,mail,userType,externalUserState,creationType`)).toMatchObject({
      userPrincipalName: 'ana_x_fabrikam.com#EXT#@test.onmicrosoft.com', mail: 'ana+x@fabrikam.com', userType: 'Guest', externalUserState: 'PendingAcceptance', creationType: 'Invitation',
    })
  })

  it('finds the guest who has the address, with the same id', async () => {
    const first = await bodyOf(await invite({}))
    expect(userOf(await bodyOf(await invite({ invitedUserEmailAddress: 'ANA+X@fabrikam.com' })))).toBe(userOf(first))
    expect(await bodyOf(await invite({ invitedUserEmailAddress: 'guest2@fabrikam.com' }))).toMatchObject({ invitedUser: { id: idOf(2) }, status: 'Completed' })
    expect(await graphErrorOf(await invite({ invitedUserEmailAddress: 'employee@contoso.com' }))).toMatchObject({ status: 400, message: expect.stringContaining(idOf(6)) })
  })

  it('gives another name to a guest whose name is taken', async () => {
    await tenant.send('PATCH', `/users/${idOf(2)}`, { body: { mail: 'other@fabrikam.com', otherMails: [] } })
    const invited = userOf(await bodyOf(await invite({ invitedUserEmailAddress: 'guest2@fabrikam.com' })))
    expect(await read(`/users/${invited}?$select=userPrincipalName`)).toMatchObject({ userPrincipalName: 'guest2_fabrikam.com1#EXT#@test.onmicrosoft.com' })
  })

  it('is accepted by the guest through the administration', async () => {
    const id = userOf(await bodyOf(await invite({})))
    expect(tenant.administer({ kind: 'acceptInvitation', user: id })).toEqual({ kind: 'done', id })
    expect(await read(`/users/${id}?$select=externalUserState`)).toMatchObject({ externalUserState: 'Accepted' })
    expect(tenant.administer({ kind: 'acceptInvitation', user: id }).kind).toBe('refused')
  })

  it('resets a redemption for a person with a role who may write users: id and name stay, the address follows', async () => {
    const body = { invitedUserEmailAddress: 'new@fabrikam.com', inviteRedirectUrl: 'https://intranet.contoso.com', resetRedemption: true, invitedUser: { id: idOf(2) } }
    const resetAs = async (person: 'administrator' | 'employee', scope: string) => tenant.send('POST', '/invitations', { body, headers: { Authorization: `Bearer ${await signInPerson(person, scope)}` } })
    expect(await graphErrorOf(await invite(body))).toMatchObject({ status: 403 })
    expect(await graphErrorOf(await invite(body, writerId)), 'an application that may write users').toMatchObject({ status: 403 })
    expect(await graphErrorOf(await resetAs('employee', 'User.ReadWrite.All')), 'nobody without role').toMatchObject({ status: 403 })
    expect(await graphErrorOf(await resetAs('administrator', 'User.Invite.All')), 'inviting is not enough').toMatchObject({ status: 403 })
    expect((await resetAs('administrator', 'User.ReadWrite.All')).status).toBe(201)
    expect(await read(`/users/${idOf(2)}?$select=userPrincipalName,mail,externalUserState`)).toMatchObject({
      userPrincipalName: 'guest2_fabrikam.com#EXT#@test.onmicrosoft.com', mail: 'new@fabrikam.com', externalUserState: 'PendingAcceptance',
    })
  })

  it('is refused where invitations are restricted, to the application, or malformed', async () => {
    expect(await graphErrorOf(await invite({ inviteRedirectUrl: undefined }))).toMatchObject({ status: 400 })
    expect(await graphErrorOf(await invite({ invitedUserEmailAddress: 'nobody' }))).toMatchObject({ status: 400 })
    expect(await graphErrorOf(await invite({}, groupReaderId))).toMatchObject({ status: 403 })
    tenant.administer({ kind: 'restrictInvitations' })
    expect(await graphErrorOf(await invite({}))).toMatchObject({ status: 403, message: expect.stringContaining('Guest invitations not allowed') })
    tenant.administer({ kind: 'allowInvitations' })
    expect((await invite({})).status).toBe(201)
  })
})

/** An access token in the name of a person, by the device authorization grant (RFC 8628). */
async function signInPerson(as: 'administrator' | 'employee', scope: string): Promise<string> {
  const begun = await bodyOf(await fetch(`${tenant.signInUrl}/${tenantId}/oauth2/v2.0/devicecode`, { method: 'POST', body: new URLSearchParams({ client_id: guestbridgeId, scope }) }))
  await enterCode(`${tenant.signInUrl}/devicelogin`, String(begun['user_code']), as)
  const given = await bodyOf(await tenant.postToken({ grant_type: 'device_code', client_id: guestbridgeId, scope, device_code: String(begun['device_code']) }))
  return String(given['access_token'])
}
