import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInByBrowser } from '../../src/main/connectors/graph/browserSignIn.ts'
import { createEntraReader } from '../../src/main/connectors/graph/entraReader.ts'
import type { EntraConnection } from '../../src/main/connectors/graph/entraConnection.ts'
import { guestPermission } from '../../src/main/connectors/graph/personSignIn.ts'
import { createTenantInspector } from '../../src/main/connectors/graph/readiness/tenantInspector.ts'
import { bindChecks } from '../../src/main/readiness/runChecks.ts'
import { tenantChecks } from '../../src/main/readiness/tenantChecks.ts'
import { noProxy } from '../../src/shared/domain/proxyInUse.ts'
import { succeed } from '../../src/shared/domain/result.ts'
import type { GraphRole } from '../../src/main/lab/tenant/tenantSettings.ts'
import { issueClientCertificate, makeAuthority } from '../../src/main/lab/certificates/certificate.ts'
import type { ReadinessFinding } from '../../src/shared/domain/readiness.ts'
import { makeUsers, register, secret, startTestTenant, tenantId } from '../lab/tenant/tenantFixture.ts'
import type { TestTenant } from '../lab/tenant/tenantFixture.ts'
import { recordWaits } from '../connectors/graph/world.ts'

const least: readonly GraphRole[] = ['User.Read.All', 'User.Invite.All', 'User.EnableDisableAccount.All']
/** One application for each set of roles, told apart by their ids. */
const applications: Readonly<Record<string, readonly GraphRole[]>> = {
  '0a0a0a0a-0000-4000-8000-000000000011': least,
  '0a0a0a0a-0000-4000-8000-000000000012': [],
  '0a0a0a0a-0000-4000-8000-000000000013': ['User.Read.All'],
  '0a0a0a0a-0000-4000-8000-000000000014': [...least, 'Group.ReadWrite.All'],
  '0a0a0a0a-0000-4000-8000-000000000015': [...least, 'Policy.Read.All', 'LicenseAssignment.Read.All'],
  '0a0a0a0a-0000-4000-8000-000000000016': ['GroupMember.Read.All'],
}
const clientOf = (roles: readonly GraphRole[]): string => Object.entries(applications).find(([, each]) => each.join() === roles.join())?.[0] ?? ''
const noSignal = new AbortController().signal
let tenant: TestTenant

beforeAll(async () => {
  const now = { from: new Date(), days: 1 }
  const client = await issueClientCertificate(await makeAuthority('Of the applications', now), 'application', now)
  tenant = await startTestTenant({ seed: makeUsers(7), applications: Object.entries(applications).map(([id, roles]) => register(id, roles, client)) })
})
afterAll(() => tenant.remove())

async function examine(id: string, roles: readonly GraphRole[], changes: Partial<EntraConnection> & { readonly attributes?: readonly string[]; readonly hoursAhead?: number } = {}): Promise<ReadinessFinding> {
  const { attributes = ['displayName', 'mail'], hoursAhead = 0, ...more } = changes
  const connection: EntraConnection = {
    graphUrl: tenant.graphUrl, signInUrl: tenant.signInUrl, tenantId, clientId: clientOf(roles), credential: { kind: 'secret', secret }, caPem: null, filter: "userType eq 'Guest'", pageSize: 999, ...more,
  }
  const waiting = recordWaits()
  const inspector = createTenantInspector(connection, { ...waiting, now: () => Date.now() + hoursAhead * 3_600_000 })
  const reader = createEntraReader(connection, recordWaits())
  const settings = { tenantId, clientId: connection.clientId, signInUrl: tenant.signInUrl, graphUrl: tenant.graphUrl, signsIn: connection.credential.kind === 'person' ? 'person' : 'application', scopeGroup: more.scopeGroup ?? null, attributes } as const
  const check = bindChecks(tenantChecks, { settings, proxy: noProxy, inspector: async () => succeed(inspector), reader: async () => succeed(reader) }).find((each) => each.id === id)
  if (check === undefined) throw new Error(`There is no check ${id}`)
  try {
    return await check.find(noSignal)
  } finally {
    await Promise.all([inspector.close(), reader.close()])
  }
}

/** A person signs in with a browser, and what renews that is kept, as the connector does it. */
async function signedIn(as: 'administrator' | 'employee'): Promise<EntraConnection['credential']> {
  const connection = { graphUrl: tenant.graphUrl, signInUrl: tenant.signInUrl, tenantId, clientId: clientOf([]), caPem: null, permission: guestPermission }
  const outcome = await signInByBrowser(connection, (address) => {
    void fetch(address, { method: 'POST', body: new URLSearchParams({ as }) })
  }, noSignal)
  if (!outcome.ok) throw new Error(outcome.problem.message)
  let current = outcome.value.refreshToken ?? ''
  return { kind: 'person', refreshToken: () => current, keep: async (next) => { current = next } }
}

describe('the sign-in of the application', () => {
  it('passes with its secret and fails with another, naming what to do; the rest is not checked then', async () => {
    expect(await examine('tenant-sign-in', least)).toMatchObject({ state: 'passed' })
    const wrong = { credential: { kind: 'secret', secret: 'another' } } as const
    const finding = await examine('tenant-sign-in', least, wrong)
    expect(finding).toMatchObject({ state: 'failed' })
    expect(finding.remedy).not.toBe('')
    expect(JSON.stringify(finding)).not.toContain('another')
    expect(await examine('tenant-guests', least, wrong)).toMatchObject({ state: 'notChecked' })
  })
})

describe('the roles of the application', () => {
  it('are enough and no more', async () => {
    expect(await examine('tenant-roles', least)).toMatchObject({ state: 'passed', read: expect.arrayContaining(['User.Read.All: answered', 'User.Invite.All: not tried: it would write']) as string[] })
  })

  it('fail where Graph refuses what a needed one is for', async () => {
    const finding = await examine('tenant-roles', [])
    expect(finding).toMatchObject({ state: 'failed', message: expect.stringContaining('may not read the guests') as string, remedy: expect.stringContaining('User.Read.All') as string })
    expect(finding.scripts).toHaveLength(4)
  })

  it('are a warning where optional ones are missing, and where there are too many', async () => {
    expect(await examine('tenant-roles', ['User.Read.All'])).toMatchObject({ state: 'warning', message: expect.stringContaining('lacks User.Invite.All') as string })
    expect(await examine('tenant-roles', [...least, 'Group.ReadWrite.All'])).toMatchObject({ state: 'warning', message: expect.stringContaining('more rights than Guestbridge needs: Group.ReadWrite.All') as string })
  })

  it('need one more where a group scopes the guests', async () => {
    const finding = await examine('tenant-roles', least, { scopeGroup: '00000000-0000-4000-8000-00000000aaaa' })
    expect(finding).toMatchObject({ state: 'failed', message: expect.stringContaining('group') as string, remedy: expect.stringContaining('GroupMember.Read.All') as string })
  })
})

describe('the permissions in the name of a person', () => {
  it('are those of the person’s token, and what is missing is delegated', async () => {
    const finding = await examine('tenant-roles', [], { credential: await signedIn('administrator') })
    expect(finding).toMatchObject({ state: 'warning', message: expect.stringContaining('lacks User.Invite.All') as string, read: expect.arrayContaining(['roles of the token: User.Read.All', 'User.Read.All: answered']) as string[] })
    expect(finding.scripts?.[0]?.text).toContain('http://localhost')
    expect(await examine('tenant-sign-in', [], { credential: await signedIn('administrator') })).toMatchObject({ state: 'passed' })
  })

  it('need one more where a group scopes the guests, of the kind that a person can use', async () => {
    const finding = await examine('tenant-roles', [], { credential: await signedIn('administrator'), scopeGroup: '00000000-0000-4000-8000-00000000aaaa' })
    expect(finding).toMatchObject({ state: 'failed', remedy: expect.stringContaining('(Delegated)') as string })
  })

  it('are told apart from a sign-in that has ended', async () => {
    const ended = { kind: 'person', refreshToken: () => 'ended', keep: async () => undefined } as const
    expect(await examine('tenant-sign-in', [], { credential: ended })).toMatchObject({ state: 'failed', remedy: expect.stringContaining('connect entra') as string })
  })
})

describe('the guests', () => {
  it('are counted, with all properties', async () => {
    expect(await examine('tenant-guests', least)).toMatchObject({ state: 'passed', message: expect.stringContaining('7 guests') as string })
  })

  it('cannot be read where the rules use a property that Graph does not know', async () => {
    expect(await examine('tenant-guests', least, { attributes: ['displayName', 'noSuchProperty'] })).toMatchObject({ state: 'failed', remedy: expect.stringContaining('rules') as string })
  })

  it('are a warning where nobody is in scope', async () => {
    expect(await examine('tenant-guests', least, { filter: "userType eq 'Guest' and companyName eq 'Nobody'" })).toMatchObject({ state: 'warning', remedy: expect.stringContaining('filter') as string })
  })

  it('are refused by name of the role where it is missing', async () => {
    expect(await examine('tenant-guests', ['GroupMember.Read.All'])).toMatchObject({ state: 'failed', remedy: expect.stringContaining('User.Read.All') as string })
  })
})

describe('policies and licences', () => {
  const curious = [...least, 'Policy.Read.All', 'LicenseAssignment.Read.All'] as const

  it('are not checked where the application may not read them, and the reason names the role', async () => {
    expect(await examine('tenant-invitations', least)).toMatchObject({ state: 'notChecked', message: expect.stringContaining('Policy.Read.All') as string })
    expect(await examine('tenant-licence', least)).toMatchObject({ state: 'notChecked', message: expect.stringContaining('LicenseAssignment.Read.All') as string })
  })

  it('say whether guests may be invited', async () => {
    expect(await examine('tenant-invitations', curious)).toMatchObject({ state: 'passed', read: ['allowInvitesFrom: everyone'] })
    tenant.administer({ kind: 'restrictInvitations' })
    expect(await examine('tenant-invitations', curious)).toMatchObject({ state: 'warning', remedy: expect.stringContaining('External collaboration settings') as string })
    tenant.administer({ kind: 'allowInvitations' })
  })

  it('show the licence', async () => {
    expect(await examine('tenant-licence', curious)).toMatchObject({ state: 'passed', read: ['licence AAD_PREMIUM'] })
  })
})

describe('the clock', () => {
  it('agrees, or differs by what the header says', async () => {
    expect(await examine('tenant-clock', least)).toMatchObject({ state: 'passed' })
    expect(await examine('tenant-clock', least, { hoursAhead: 1 })).toMatchObject({ state: 'failed', message: expect.stringMatching(/is 3(599|600|601) s ahead of/) as string })
    expect(await examine('tenant-clock', least, { hoursAhead: -0.05 })).toMatchObject({ state: 'warning', message: expect.stringContaining('behind') as string })
  })
})
