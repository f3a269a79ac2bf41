import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDelegationWriter } from '../../src/main/connectors/ad/delegation/delegationWriter.ts'
import type { DelegationWriter } from '../../src/main/connectors/delegationPorts.ts'
import { encodeBase64 } from '../../src/shared/domain/base64.ts'
import { readTrust, withTrustees } from '../../src/shared/domain/resourceTrust.ts'
import { addServers, host } from './delegationServers.ts'
import type { Servers } from './delegationServers.ts'
import { asAdministrator, calm, connectionTo, outcomeOf, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { expectedOf } from './samba-differs.ts'

const list = 'msDS-AllowedToDelegateTo'
const control = 'userAccountControl'
const trust = 'msDS-AllowedToActOnBehalfOfOtherIdentity'
const types = 'msDS-SupportedEncryptionTypes'
const names = 'servicePrincipalName'

export function describeDelegationWriting(directory: () => DirectoryUnderTest): void {
  describe('writing the settings of delegation', () => {
    let servers: Servers
    const writers: DelegationWriter[] = []
    const writeAs = (who: 'delegation' | 'unprivileged' | 'sync'): DelegationWriter => {
      const writer = createDelegationWriter(connectionTo(directory(), { ...directory()[who] }))
      writers.push(writer)
      return writer
    }
    let writer: DelegationWriter
    beforeAll(async () => {
      servers = await addServers(directory(), 'w')
      writer = writeAs('delegation')
    })
    afterAll(() => Promise.all(writers.map((one) => one.close())))

    const valuesOf = async (who: keyof Servers, attribute: Parameters<DelegationWriter['readValues']>[1]) => [...(valueOf(await writer.readValues(servers[who].anchor, attribute, calm))?.values ?? [])].sort()

    it('names controller, domain and account of what it will write', async () => {
      expect(valueOf(await writer.identify(calm))).toMatchObject({ controller: directory().controllerName, domainSid: servers.connector.sid.replace(/-\d+$/, ''), boundAs: expect.stringMatching(/svc-delegation/i) })
    })

    it('adds and removes single services of a connector, and nothing else', async () => {
      const [pool, stale, wiki] = [`HTTP/${host('pool-w')}`, `HTTP/${host('stale-w')}`, 'HTTP/wiki.contoso.test']
      expect(outcomeOf(await writer.writeValues(servers.connector.anchor, list, [pool, stale], [pool, wiki], calm))).toBe('accepted')
      expect(await valuesOf('connector', list)).toEqual([pool, wiki])
    })

    it('refuses to write what somebody else wrote or took away in between', async () => {
      const before = await valuesOf('connector', list)
      const gone = await writer.writeValues(servers.connector.anchor, list, [...before, 'HTTP/gone.contoso.test'], before, calm)
      const there = await writer.writeValues(servers.connector.anchor, list, before.slice(1), before, calm)
      expect([outcomeOf(gone), outcomeOf(there)]).toEqual(['valueAbsent', 'valueAlreadyPresent'])
      expect(await valuesOf('connector', list)).toEqual(before)
    })

    it('sets one bit of userAccountControl from the number that was read', async () => {
      expect(outcomeOf(await writer.writeValues(servers.connector.anchor, control, ['4128'], [String(4128 + 0x1000000)], calm))).toBe('accepted')
      expect(await valuesOf('connector', control)).toEqual(['16781344'])
      expect(outcomeOf(await writer.writeValues(servers.connector.anchor, control, ['4128'], ['4096'], calm))).toBe('valueAbsent')
    })

    it('allows AES, whether there was a value before or none', async () => {
      expect(outcomeOf(await writer.writeValues(servers.connector.anchor, types, ['28'], ['24'], calm))).toBe('accepted')
      expect(outcomeOf(await writer.writeValues(servers.pool.anchor, types, [], ['24'], calm))).toBe('accepted')
      expect(outcomeOf(await writer.writeValues(servers.pool.anchor, types, [], ['28'], calm))).toBe('valueAlreadyPresent')
      expect([await valuesOf('connector', types), await valuesOf('pool', types)]).toEqual([['24'], ['24']])
    })

    it('registers a service name, unless another account of the forest has it', async () => {
      const before = await valuesOf('pool', names)
      expect(outcomeOf(await writer.writeValues(servers.pool.anchor, names, before, [...before, 'HTTP/new.contoso.test'], calm))).toBe('accepted')
      const taken = await writer.writeValues(servers.web.anchor, names, [], ['HTTP/new.contoso.test'], calm)
      expect(taken).toMatchObject({ ok: false, problem: { kind: 'servicePrincipalNameTaken', message: expect.stringContaining(servers.pool.dn) } })
      expect(await valuesOf('pool', names)).toEqual([...before, 'HTTP/new.contoso.test'].sort())
    })

    it('tells the privilege that is missing, for the list and for the bit, and what of delegation needs none', async () => {
      const unprivileged = writeAs('unprivileged')
      const { anchor, userAccountControl } = servers.web
      const refused = await unprivileged.writeValues(anchor, list, [], ['HTTP/wiki.contoso.test'], calm)
      expect(refused).toMatchObject({ ok: false, problem: { kind: 'delegationPrivilegeMissing', remedy: expect.stringContaining('Enable computer and user accounts to be trusted for delegation') } })
      expect(outcomeOf(await unprivileged.writeValues(anchor, control, [String(userAccountControl)], [String(userAccountControl + 0x1000000)], calm))).toBe('delegationPrivilegeMissing')
      expect(outcomeOf(await unprivileged.writeValues(anchor, control, [String(userAccountControl)], [String(userAccountControl + 0x80000)], calm))).toBe('delegationPrivilegeMissing')
      expect(outcomeOf(await unprivileged.writeValues(anchor, types, [], ['24'], calm))).toBe('accepted')
      expect([await valuesOf('web', list), await valuesOf('web', control), await valuesOf('web', types)]).toEqual([[], [String(userAccountControl)], ['24']])
    })

    it('does not blame the privilege where the right on the object is missing', async () => {
      const sync = writeAs('sync')
      for (const attribute of [list, control, names, types] as const) {
        const before = await valuesOf('web', attribute)
        const after = attribute === control ? [String(servers.web.userAccountControl + 0x1000000)] : attribute === types ? ['16'] : [...before, 'HTTP/other.contoso.test']
        expect(outcomeOf(await sync.writeValues(servers.web.anchor, attribute, before, after, calm)), attribute).toBe('notPermitted')
      }
    })

    it('knows nothing of an object that is gone', async () => {
      const { anchor, dn } = (await addServers(directory(), 'x')).pool
      await asAdministrator(directory(), (client) => client.del(dn))
      expect(valueOf(await writer.readValues(anchor, names, calm))).toBeNull()
      expect(outcomeOf(await writer.writeValues(anchor, types, [], ['24'], calm))).toBe('objectNotFound')
    })

    it('trusts a connector at the service without any privilege, and takes the trust back', async () => {
      const unprivileged = writeAs('unprivileged')
      const trusted = withTrustees(null, [servers.connector.sid], [])
      if (!trusted.ok || trusted.value === null) throw new Error('no descriptor')
      const one = encodeBase64(trusted.value)
      const written = await unprivileged.writeValues(servers.pool.anchor, trust, [], [one], calm)
      expect(outcomeOf(written)).toBe(expectedOf('resourceTrust', directory().kind))
      if (directory().kind === 'samba') return
      expect(await valuesOf('pool', trust)).toEqual([one])
      expect(readTrust(Buffer.from(one, 'base64')).content).toMatchObject({ entries: [{ kind: 'allow', sid: servers.connector.sid }] })
      const both = withTrustees(trusted.value, [servers.web.sid], [])
      if (!both.ok || both.value === null) throw new Error('no descriptor')
      const two = encodeBase64(both.value)
      expect(outcomeOf(await unprivileged.writeValues(servers.pool.anchor, trust, [one], [two], calm))).toBe('accepted')
      expect(outcomeOf(await unprivileged.writeValues(servers.pool.anchor, trust, [one], [], calm))).toBe('valueAbsent')
      expect(outcomeOf(await unprivileged.writeValues(servers.pool.anchor, trust, [two], [], calm))).toBe('accepted')
      expect(await valuesOf('pool', trust)).toEqual([])
    })
  })
}
