import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { issueClientCertificate, issueServerCertificate, makeAuthority } from '../../../src/main/lab/certificates/certificate.ts'
import type { KeyedCertificate } from '../../../src/main/lab/certificates/certificate.ts'
import { startTenant } from '../../../src/main/lab/tenant/tenantServer.ts'
import type { RunningTenant } from '../../../src/main/lab/tenant/tenantServer.ts'
import type { ApplicationRegistration, GraphRole, TenantOptions } from '../../../src/main/lab/tenant/tenantSettings.ts'
import { usualLifetimes } from '../../../src/main/lab/tenant/tenantSettings.ts'
import type { TenantUser } from '../../../src/main/lab/tenant/tenantUser.ts'
import { withoutValues } from '../../../src/main/lab/tenant/tenantUser.ts'

export const tenantId = '11111111-2222-4333-8444-555555555555'
export const secret = 'a-secret-of-the-application'
export const readerId = '0a0a0a0a-0000-4000-8000-000000000001'
export const powerlessId = '0a0a0a0a-0000-4000-8000-000000000002'
/** May write users, invite, and read groups. */
export const writerId = '0a0a0a0a-0000-4000-8000-000000000003'
/** May see who is in a group, and nothing of those people. */
export const groupReaderId = '0a0a0a0a-0000-4000-8000-000000000004'
/** The least that Guestbridge asks for. */
export const guestbridgeId = '0a0a0a0a-0000-4000-8000-000000000005'

export type TestTenant = RunningTenant & {
  readonly options: TenantOptions
  readonly client: KeyedCertificate
  /** An access token for the application, by its secret. */
  signIn(clientId?: string): Promise<string>
  /** GET of a path below `/v1.0` as the reading application. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** Any request below `/v1.0`, as the writing application unless another is named; `body` goes as JSON. */
  send(method: string, path: string, more?: { readonly body?: unknown; readonly clientId?: string; readonly headers?: Readonly<Record<string, string>> }): Promise<Response>
  /** Posts a form to the token endpoint. */
  postToken(form: Readonly<Record<string, string>>, tenant?: string): Promise<Response>
  /** Stops it and removes its folder. */
  remove(): Promise<void>
}

export type TenantChanges = Partial<Pick<TenantOptions, 'seed' | 'groups' | 'history' | 'lifetimes' | 'applications' | 'file'>>

/** A tenant on free ports, with an application that may read users and one that may do nothing. The test's process trusts its authority. */
export async function startTestTenant(changes: TenantChanges = {}): Promise<TestTenant> {
  const folder = await mkdtemp(join(tmpdir(), 'guestbridge-tenant-'))
  const now = { from: new Date(), days: 1 }
  const authority = await makeAuthority('Authority of a test', now)
  setDefaultCACertificates([...getCACertificates('default'), authority.certificatePem])
  const client = await issueClientCertificate(authority, 'application', now)
  const options: TenantOptions = {
    host: '127.0.0.1',
    publicHost: 'localhost',
    graphPort: 0,
    signInPort: 0,
    tls: await issueServerCertificate(authority, { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] }, now),
    file: join(folder, 'tenant.sqlite'),
    identity: { id: tenantId, displayName: 'Test tenant', verifiedDomains: ['test.onmicrosoft.com'], countryLetterCode: 'DE', createdDateTime: '2024-01-01T00:00:00Z' },
    applications: [register(readerId, ['User.Read.All'], client), register(powerlessId, [], client), register(groupReaderId, ['GroupMember.Read.All'], client),
      register(writerId, ['User.ReadWrite.All', 'User.Invite.All', 'GroupMember.Read.All'], client),
      register(guestbridgeId, ['User.Read.All', 'GroupMember.Read.All', 'User.Invite.All', 'User.EnableDisableAccount.All'], client)],
    seed: makeUsers(5),
    lifetimes: usualLifetimes,
    ...changes,
  }
  const tenant = await startTenant(options)
  return describeTestTenant(tenant, options, client, folder)
}

function describeTestTenant(tenant: RunningTenant, options: TenantOptions, client: KeyedCertificate, folder: string): TestTenant {
  const postToken: TestTenant['postToken'] = (form, name = tenantId) => fetch(`${tenant.signInUrl}/${name}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) })
  const signIn = async (clientId = readerId): Promise<string> => {
    const response = await postToken(secretForm({ client_id: clientId }))
    const body = (await response.json()) as { readonly access_token?: string }
    if (body.access_token === undefined) throw new Error(`No token: ${JSON.stringify(body)}`)
    return body.access_token
  }
  const get: TestTenant['get'] = async (path, headers = {}) => {
    const url = path.startsWith('https:') ? path : `${tenant.graphUrl}/v1.0${path}`
    return fetch(url, { headers: { Authorization: `Bearer ${await signIn()}`, ...headers } })
  }
  const send: TestTenant['send'] = async (method, path, more = {}) => {
    const headers = { Authorization: `Bearer ${await signIn(more.clientId ?? writerId)}`, 'Content-Type': 'application/json', ...more.headers }
    return fetch(path.startsWith('https:') ? path : `${tenant.graphUrl}/v1.0${path}`, { method, headers, ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }) })
  }
  const remove = async () => {
    await tenant.close()
    await rm(folder, { recursive: true })
  }
  return { ...tenant, options, client, signIn, get, send, postToken, remove }
}

export function register(clientId: string, roles: readonly GraphRole[], client: KeyedCertificate): ApplicationRegistration {
  const expired = { value: 'an-expired-secret', endDateTime: '2024-01-01T00:00:00Z' }
  return { clientId, displayName: 'Test application', secrets: [expired, { value: secret, endDateTime: '2099-01-01T00:00:00Z' }], certificatesPem: [client.certificatePem], roles }
}

export function secretForm(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { grant_type: 'client_credentials', client_id: readerId, client_secret: secret, scope: 'https://graph.microsoft.com/.default', ...changes }
}

/** Guests `guest1@fabrikam.com` …; `changes` says what is different with the one of that index. */
export function makeUsers(count: number, changes: (index: number) => Partial<TenantUser> = () => ({})): readonly TenantUser[] {
  return Array.from({ length: count }, (_, index) => ({
    ...withoutValues(),
    id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
    userPrincipalName: `guest${index + 1}_fabrikam.com#EXT#@test.onmicrosoft.com`,
    displayName: `Guest ${index + 1}`,
    mailNickname: `guest${index + 1}_fabrikam.com#EXT#`,
    mail: `guest${index + 1}@fabrikam.com`,
    otherMails: [`guest${index + 1}@fabrikam.com`],
    userType: 'Guest' as const,
    createdDateTime: '2024-05-01T10:00:00Z',
    ...changes(index),
  }))
}

/** The body of an answer, for tests that look at single members. */
export async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>
}

export async function graphErrorOf(response: Response): Promise<{ readonly status: number; readonly code: unknown; readonly message: unknown }> {
  const { error } = (await response.json()) as { readonly error: Record<string, unknown> }
  return { status: response.status, code: error['code'], message: error['message'] }
}
