import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EntraReader, ImportPage } from '../../../src/main/connectors/connector.ts'
import type { EntraConnection } from '../../../src/main/connectors/graph/entraConnection.ts'
import { createEntraReader } from '../../../src/main/connectors/graph/entraReader.ts'
import type { TestTenant } from '../../lab/tenant/tenantFixture.ts'
import { makeUsers, powerlessId, readerId, secret, startTestTenant, tenantId } from '../../lab/tenant/tenantFixture.ts'
import { readPages, recordWaits } from './world.ts'

const signal = new AbortController().signal
/** Every tenth is a member, every eleventh is in the recycle bin, every third has what only some have. */
const users = makeUsers(250, (index) => ({
  userType: index % 10 === 0 ? 'Member' : 'Guest',
  deletedDateTime: index % 11 === 0 ? '2026-01-01T00:00:00Z' : null,
  accountEnabled: index % 7 !== 0,
  surname: index % 3 === 0 ? `Müller ${index}` : null,
  identities: index % 3 === 0 ? [{ signInType: 'federated', issuer: 'mail', issuerAssignedId: `guest${index}@fabrikam.com` }] : [],
}))
let tenant: TestTenant

beforeAll(async () => { tenant = await startTestTenant({ seed: users }) })
afterAll(async () => { await tenant.remove() })

function readerOf(more: Partial<EntraConnection> = {}): EntraReader {
  return createEntraReader({
    graphUrl: tenant.graphUrl, signInUrl: tenant.signInUrl, tenantId, clientId: readerId, credential: { kind: 'secret', secret }, caPem: null,
    filter: "userType eq 'Guest'", pageSize: 999, ...more,
  }, recordWaits())
}
const anchorsOf = (pages: readonly ImportPage[]) => pages.flatMap((page) => page.objects.map((object) => object.anchor)).sort()
const guests = users.filter((user) => user.userType === 'Guest' && user.deletedDateTime === null)

describe('the import', () => {
  test.each([999, 40, 1])('brings every guest once, in pages of %i, with the total', async (pageSize) => {
    const { pages, problem } = await readPages(readerOf({ pageSize }).importAll({ attributes: ['displayName', 'givenName'], signal }))
    expect(problem).toBeNull()
    expect(guests.length).toBeLessThan(users.length - 40)
    expect(anchorsOf(pages)).toEqual(guests.map((user) => user.id).sort())
    expect(pages.flatMap((page) => page.problems)).toEqual([])
    expect(pages.map((page) => page.total)).toEqual(pages.map(() => guests.length))
    expect(pages.map((page) => page.isLast)).toEqual(pages.map((_, index) => index === pages.length - 1))
  })

  test('brings the values as the tenant has them', async () => {
    const { pages } = await readPages(readerOf().importAll({ attributes: ['displayName', 'identities', 'otherMails', 'surname'], signal }))
    const byAnchor = new Map(pages.flatMap((page) => page.objects).map((object) => [object.anchor, object.attributes]))
    for (const user of guests) {
      expect(byAnchor.get(user.id)).toMatchObject({ userPrincipalName: [user.userPrincipalName], displayName: [user.displayName], accountEnabled: [user.accountEnabled], userType: ['Guest'] })
      expect(byAnchor.get(user.id)?.['surname'] ?? null).toEqual(user.surname === null ? null : [user.surname])
      expect(byAnchor.get(user.id)?.['identities']?.length ?? 0).toBe(user.identities.length)
    }
  })

  test('finds one guest by a name with a number sign', async () => {
    const wanted = guests[7]
    const filter = `userPrincipalName eq '${wanted?.userPrincipalName ?? ''}'`
    expect(wanted?.userPrincipalName).toContain('#')
    const { pages, problem } = await readPages(readerOf({ filter }).importAll({ attributes: [], signal }))
    expect(problem).toBeNull()
    expect(anchorsOf(pages)).toEqual([wanted?.id])
  })

  test('an attribute that Graph does not have is refused with its name', async () => {
    const { problem } = await readPages(readerOf().importAll({ attributes: ['shoeSize'], signal }))
    expect(problem).toMatchObject({ kind: 'requestRefused', detail: { status: 400, reason: expect.stringContaining('shoeSize') as string } })
  })

  test('an application without roles is told which one it lacks', async () => {
    const { problem } = await readPages(readerOf({ clientId: powerlessId }).importAll({ attributes: [], signal }))
    expect(problem).toMatchObject({ kind: 'notPermitted', detail: { status: 403 } })
    expect(problem?.message).toContain('User.Read.All')
  })
})

describe('the sign-in', () => {
  test('a secret and a certificate lead to the tenant', async () => {
    const { certificatePem, privateKeyPem } = tenant.client
    for (const credential of [{ kind: 'secret', secret }, { kind: 'certificate', certificatePem, privateKeyPem }] as const) {
      expect(await readerOf({ credential }).identify(signal)).toEqual({ ok: true, value: { tenant: tenantId, graphUrl: tenant.graphUrl } })
    }
  })

  test.each([
    ['a wrong secret', { credential: { kind: 'secret', secret: 'wrong' } }, 'credentialsRefused', 'AADSTS7000215'],
    ['an expired secret', { credential: { kind: 'secret', secret: 'an-expired-secret' } }, 'credentialsRefused', 'AADSTS7000222'],
    ['an application that is not there', { clientId: '0a0a0a0a-0000-4000-8000-00000000dead' }, 'credentialsRefused', 'AADSTS700016'],
    ['a tenant that is not there', { tenantId: '99999999-2222-4333-8444-555555555555' }, 'wrongTenant', 'AADSTS90002'],
  ] as const)('%s is refused as %s', async (_, more, kind, code) => {
    expect(await readerOf(more).identify(signal)).toMatchObject({ ok: false, problem: { kind, detail: { code } } })
  })

  test('a certificate that the application does not have is refused', async () => {
    const stranger = await startTestTenant()
    const { certificatePem, privateKeyPem } = stranger.client
    await stranger.remove()
    const identity = await readerOf({ credential: { kind: 'certificate', certificatePem, privateKeyPem } }).identify(signal)
    expect(identity).toMatchObject({ ok: false, problem: { kind: 'credentialsRefused', detail: { code: 'AADSTS700027' } } })
  })
})
