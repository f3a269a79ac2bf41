import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDelegationReader } from '../../src/main/connectors/ad/delegation/delegationReader.ts'
import type { DelegationReader, PrincipalQuery } from '../../src/main/connectors/delegationPorts.ts'
import type { PrincipalFacts } from '../../src/shared/domain/delegation.ts'
import { parseSid } from '../../src/shared/domain/ids.ts'
import type { Sid } from '../../src/shared/domain/ids.ts'
import { addServers, host } from './delegationServers.ts'
import type { Servers } from './delegationServers.ts'
import { calm, connectionTo, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'

function sid(text: string): Sid {
  const parsed = parseSid(text)
  if (!parsed.ok) throw new Error(`${text} is no SID`)
  return parsed.value
}

export function describeDelegationReading(directory: () => DirectoryUnderTest): void {
  describe('reading what delegation depends on', () => {
    let servers: Servers
    let reader: DelegationReader
    beforeAll(async () => {
      servers = await addServers(directory(), 'r')
      const { globalCatalogPort } = directory()
      reader = createDelegationReader(connectionTo(directory(), globalCatalogPort === null ? {} : { globalCatalogs: [{ host: directory().host, port: globalCatalogPort }] }))
    })
    afterAll(() => reader.close())

    const find = async (query: PrincipalQuery) => valueOf(await reader.findPrincipals(query, calm))
    const only = async (query: PrincipalQuery): Promise<PrincipalFacts> => {
      const [account, ...others] = await find(query)
      if (account === undefined || others.length > 0) throw new Error(`${others.length} others`)
      return account
    }

    it('shows a connector with everything that its tab "Delegation" has, its groups and its state', async () => {
      const connector = await only({ by: 'dnsHostName', dnsHostName: host('connector-r').toUpperCase() })
      expect(connector).toMatchObject({
        dn: servers.connector.dn, accountName: 'CONNECTOR-R$', objectClass: 'computer', domain: 'contoso.test', dnsHostName: host('connector-r'), userAccountControl: 0x1020,
        encryptionTypes: 28, accountExpires: null, trust: { kind: 'read', value: null }, computedControl: { kind: 'read', value: 0 },
      })
      expect([...connector.allowedToDelegateTo].sort()).toEqual([`HTTP/${host('pool-r')}`, `HTTP/${host('stale-r')}`])
      expect(connector.tokenGroups.kind === 'read' && connector.tokenGroups.value).toContain(connector.sid.replace(/-\d+$/, '-515'))
    })

    it('finds the same account by whatever people call it', async () => {
      const pool = await only({ by: 'accountName', accountName: 'pool-r' })
      const queries: readonly PrincipalQuery[] = [
        { by: 'anchor', anchor: pool.anchor }, { by: 'dn', dn: pool.dn }, { by: 'sid', sid: pool.sid }, { by: 'accountName', accountName: 'POOL-R' },
        { by: 'userPrincipalName', userPrincipalName: 'Pool-R@contoso.test' },
      ]
      for (const query of queries) expect(await find(query), query.by).toEqual([pool])
      expect(pool).toMatchObject({ objectClass: 'user', userPrincipalName: 'pool-r@contoso.test', encryptionTypes: null, passwordSetAt: null })
    })

    it('takes no group for an account, and nobody for somebody', async () => {
      expect(await find({ by: 'accountName', accountName: 'Domain Admins' })).toEqual([])
      expect(await find({ by: 'dnsHostName', dnsHostName: host('nobody') })).toEqual([])
      expect(await find({ by: 'sid', sid: sid('S-1-5-21-1-2-3-1105') })).toEqual([])
    })

    it('tells which attributes the account of the connection may write', async () => {
      const asDelegate = createDelegationReader(connectionTo(directory(), { ...directory().delegation }))
      const writable = async (by: DelegationReader) => {
        const [account] = valueOf(await by.findPrincipals({ by: 'dn', dn: servers.connector.dn }, calm))
        return account?.writableAttributes.kind === 'read' ? account.writableAttributes.value : []
      }
      expect(await writable(asDelegate)).toEqual(expect.arrayContaining(['msds-allowedtodelegateto', 'useraccountcontrol', 'serviceprincipalname', 'msds-supportedencryptiontypes']))
      expect(await writable(reader)).not.toContain('msds-allowedtodelegateto')
      await asDelegate.close()
    })

    it('finds the owner of a service name, whatever its case, and by HOST/ only where nobody has it', async () => {
      const [own, alias, both, nobody] = [`http/${host('POOL-R')}`, `HTTP/${host('web-r')}`, `HTTP/${host('both-r')}`, `HTTP/${host('stale-r')}`]
      const owners = valueOf(await reader.findOwners([own, alias, both, nobody], calm))
      const described = [...owners].map(([spn, found]) => [spn, found.kind === 'read' ? found.value.map(({ by, account }) => [by, account.accountName]) : found.why])
      expect(described).toEqual([[own, [['explicit', 'pool-r']]], [alias, [['alias', 'WEB-R$']]], [both, [['explicit', 'WEB-R$']]], [nobody, []]])
    })

    it('shows the owner as its own domain does', async () => {
      const owners = valueOf(await reader.findOwners([`HTTP/${host('pool-r')}`], calm)).get(`HTTP/${host('pool-r')}`)
      expect(owners).toEqual({ kind: 'read', value: [{ by: 'explicit', account: await only({ by: 'accountName', accountName: 'pool-r' }) }] })
    })

    it('names security identifiers, and tells those that nobody has from those that others know', async () => {
      const [everyone, own, gone, foreign] = [sid('S-1-1-0'), servers.connector.sid, sid(servers.connector.sid.replace(/-\d+$/, '-999999')), sid('S-1-5-21-1-2-3-1105')]
      const names = valueOf(await reader.nameSids([everyone, own, gone, foreign], calm))
      expect(names.get(everyone)).toEqual({ kind: 'read', value: { name: 'Everyone', sid: everyone } })
      expect(names.get(own)).toEqual({ kind: 'read', value: { name: 'CONNECTOR-R$', sid: own } })
      expect(names.get(gone)).toEqual({ kind: 'read', value: null })
      expect(names.get(foreign)?.kind).toBe('notRead')
    })

    it('describes the domain: level, clock, suffixes, trusts, groups that may read tokens', async () => {
      const domain = valueOf(await reader.readDomain(calm))
      expect(domain).toMatchObject({
        dnsName: 'contoso.test', dn: directory().baseDn, sid: servers.connector.sid.replace(/-\d+$/, ''), trusts: { kind: 'read', value: [] }, userPrincipalNameSuffixes: { kind: 'read', value: [] },
        directoryHeuristics: { kind: 'read' }, preWindows2000Access: { kind: 'read' }, authorizationAccess: { kind: 'read' }, aesSince: { kind: 'read', value: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
      })
      const [clock, ...others] = domain.controllers
      expect(others).toEqual([])
      expect(clock?.host).toBe(directory().host)
      expect(clock?.skew.kind === 'read' && Math.abs(clock.skew.value)).toBeLessThanOrEqual(2)
      expect(domain.controllerLevel.kind === 'read' && domain.controllerLevel.value).toBeGreaterThanOrEqual(4)
    })
  })
}
