import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDelegationReader } from '../../../src/main/connectors/ad/delegation/delegationReader.ts'
import { createDelegationWriter } from '../../../src/main/connectors/ad/delegation/delegationWriter.ts'
import type { DirectoryConnection } from '../../../src/main/connectors/ad/directoryConnection.ts'
import type { DelegationReader } from '../../../src/main/connectors/delegationPorts.ts'
import { startDirectory } from '../../../src/main/lab/directory/directoryServer.ts'
import type { RunningDirectory } from '../../../src/main/lab/directory/directoryServer.ts'
import { labDomain, makeDomain, makeDomainChanges, serversOu, serviceAccountsOu } from '../../../src/main/lab/seed/domain.ts'
import { makeDeletedGuests, makeGuests } from '../../../src/main/lab/seed/guests.ts'
import type { PrincipalFacts, ResourceTrust } from '../../../src/shared/domain/delegation.ts'
import { parseSid } from '../../../src/shared/domain/ids.ts'
import type { Problem } from '../../../src/shared/domain/problem.ts'
import type { Result } from '../../../src/shared/domain/result.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'

const domainSid = 'S-1-5-21-1004336348-1177238915-682003330'
const [guests, deletedGuests] = [makeGuests(domainSid), makeDeletedGuests()]
const password = 'Lab!Secret#2026'
const { signal } = new AbortController()

describe('the mistakes in the domain of the lab', () => {
  let folder: string
  let running: RunningDirectory
  let connection: DirectoryConnection
  let reader: DelegationReader
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-faults-'))
    const authority = await makeAuthority()
    const tls = await authority.issue({ commonName: 'dc1.contoso.lab', dnsNames: [labDomain.controllerName], ipAddresses: ['127.0.0.1'] })
    running = await startDirectory({
      host: '127.0.0.1', ldapsPort: 0, ldapPort: 0, globalCatalogPort: 0, tls, file: join(folder, 'directory.sqlite'), domain: { ...labDomain, sid: domainSid },
      seed: makeDomain(guests, deletedGuests, domainSid), seedChanges: makeDomainChanges(guests, deletedGuests, domainSid),
      accounts: [{ accountName: 'svc-guestbridge', userPrincipalName: 'svc-guestbridge@contoso.lab', password, rights: { kind: 'delegated', organizationalUnits: [], mayEnableDelegation: true, delegationSettingsIn: [serversOu, serviceAccountsOu] } }],
    })
    connection = {
      servers: [{ host: '127.0.0.1', port: running.ldapsPort }], security: 'ldaps', caPem: authority.certificatePem, account: 'svc-guestbridge@contoso.lab', password, managedOus: [],
      globalCatalogs: [{ host: '127.0.0.1', port: running.globalCatalogPort ?? 0 }],
    }
    reader = createDelegationReader(connection)
  })
  afterAll(async () => {
    await reader.close()
    await running.close()
    await rm(folder, { recursive: true, force: true })
  })

  const account = async (accountName: string): Promise<PrincipalFacts> => {
    const [found] = taken(await reader.findPrincipals({ by: 'accountName', accountName }, signal))
    if (found === undefined) throw new Error(`${accountName} is missing`)
    return found
  }
  const ownersOf = async (spn: string) => {
    const found = taken(await reader.findOwners([spn], signal)).get(spn)
    return found?.kind === 'read' ? found.value.map(({ by, account: { accountName } }) => `${by} ${accountName}`).sort() : found
  }
  const trustOf = async (accountName: string): Promise<ResourceTrust['content'] | null> => {
    const { trust } = await account(accountName)
    return trust.kind === 'read' ? (trust.value?.content ?? null) : null
  }

  it('are: two owners of a name, nobody, and a computer that stands for it', async () => {
    expect(await ownersOf('HTTP/orders.contoso.lab')).toEqual(['explicit FILE01$', 'explicit svc-orders'])
    expect(await ownersOf('HTTP/retired.contoso.lab')).toEqual([])
    expect(await ownersOf('HTTP/web02.contoso.lab')).toEqual(['alias WEB02$'])
    expect(await ownersOf('ldap/dc1.contoso.lab')).toEqual(['explicit DC1$'])
  })

  it('are: lists of trustees that name who is gone or foreign, that deny, and that are damaged', async () => {
    const [gone, foreign] = [`${domainSid}-4711`, 'S-1-5-21-1957994488-1343024091-725345543-1204']
    expect(await trustOf('WEB02$')).toEqual({ kind: 'descriptor', entries: [{ kind: 'allow', sid: gone, mask: 0xf01ff }] })
    expect(await trustOf('svc-archive')).toMatchObject({ entries: [{ kind: 'deny', sid: `${domainSid}-4712` }, { kind: 'allow', sid: foreign }] })
    expect((await trustOf('svc-vault'))?.kind).toBe('malformed')
    const sids = [gone, foreign].flatMap((text) => { const sid = parseSid(text); return sid.ok ? [sid.value] : [] })
    expect([...taken(await reader.nameSids(sids, signal)).values()]).toMatchObject([{ kind: 'read', value: null }, { kind: 'notRead' }])
  })

  it('are: accounts that are locked, expired, or older than the keys of the domain', async () => {
    const [canteen, travel, library, domain] = [await account('svc-canteen'), await account('svc-travel'), await account('svc-library'), taken(await reader.readDomain(signal))]
    expect(canteen.computedControl).toEqual({ kind: 'read', value: 0x10 })
    expect(Date.parse(travel.accountExpires ?? '')).toBeLessThan(Date.now())
    expect(domain.aesSince.kind === 'read' && library.passwordSetAt !== null && library.passwordSetAt < (domain.aesSince.value ?? '')).toBe(true)
    expect((await account('svc-erp')).passwordSetAt?.slice(0, 4)).toBe(String(new Date().getUTCFullYear()))
  })

  it('are: connectors that are old, without AES, on the way to a domain controller, out of reach, or without a name of their own', async () => {
    expect(await account('CONNECTOR06$')).toMatchObject({ operatingSystemVersion: '6.2 (9200)', encryptionTypes: 4, writableAttributes: { kind: 'read', value: expect.not.arrayContaining(['msds-allowedtodelegateto']) } })
    expect((await account('CONNECTOR01$')).writableAttributes).toMatchObject({ value: expect.arrayContaining(['msds-allowedtodelegateto', 'msds-allowedtoactonbehalfofotheridentity']) })
    expect(await account('svc-proxy')).toMatchObject({ objectClass: 'user', servicePrincipalNames: [], writableAttributes: { value: [] }, allowedToDelegateTo: ['HTTP/intranet.contoso.lab'] })
    expect((await account('gmsa-helpdesk$')).objectClass).toBe('groupManagedServiceAccount')
  })

  it('are: shadow accounts that are sensitive, protected, without pre-authentication, privileged, not the only one of their name, or in more groups than a token carries', async () => {
    const [sensitive, open, protectedUser, crowded, privileged] = await Promise.all(guests.slice(172, 177).map(({ id }) => account(id.slice(0, 20))))
    expect([(sensitive?.userAccountControl ?? 0) & 0x100000, (open?.userAccountControl ?? 0) & 0x400000]).toEqual([0x100000, 0x400000])
    expect(protectedUser?.tokenGroups).toMatchObject({ value: expect.arrayContaining([`${domainSid}-525`]) })
    expect(privileged?.tokenGroups).toMatchObject({ value: expect.arrayContaining(['S-1-5-32-550']) })
    expect(taken(await reader.findPrincipals({ by: 'userPrincipalName', userPrincipalName: guests[177]?.userPrincipalName ?? '' }, signal))).toHaveLength(2)
    expect(crowded?.tokenGroups.kind === 'read' ? crowded.tokenGroups.value.length : 0).toBeGreaterThan(120)
  })

  it('are: a domain whose names need not be unique, whose trusts are selective or one-way, and whose connectors may not read groups', async () => {
    const domain = taken(await reader.readDomain(signal))
    expect(domain.directoryHeuristics).toMatchObject({ value: expect.stringMatching(/^.{20}2$/) })
    expect(domain.trusts).toEqual({ kind: 'read', value: [
      { partner: 'fabrikam.lab', direction: 3, trustType: 2, attributes: 0x18, routedSuffixes: { kind: 'read', value: ['fabrikam.lab', 'fabrikam.com'] } },
      { partner: 'adatum.lab', direction: 2, trustType: 2, attributes: 0, routedSuffixes: { kind: 'read', value: [] } },
    ] })
    expect([domain.preWindows2000Access, domain.authorizationAccess]).toEqual([{ kind: 'read', value: [] }, { kind: 'read', value: [(await account('CONNECTOR01$')).sid] }])
  })

  it('can be mended with the service account of the lab', async () => {
    const writer = createDelegationWriter(connection)
    const { anchor, allowedToDelegateTo, userAccountControl } = await account('CONNECTOR03$')
    const outcomes = [
      await writer.writeValues(anchor, 'userAccountControl', [String(userAccountControl)], [String(userAccountControl | 0x1000000)], signal),
      await writer.writeValues(anchor, 'msDS-AllowedToDelegateTo', allowedToDelegateTo, [...allowedToDelegateTo, 'HTTP/helpdesk.contoso.lab'], signal),
    ]
    await writer.close()
    expect(outcomes).toEqual([{ ok: true, value: null }, { ok: true, value: null }])
    expect((await account('CONNECTOR03$')).allowedToDelegateTo).toContain('HTTP/helpdesk.contoso.lab')
  })
})

function taken<Value>(result: Result<Value, Problem>): Value {
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}
