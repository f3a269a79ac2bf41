import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNetworkProbes } from '../../src/main/kcd/networkProbes.ts'
import type { NetworkProbes } from '../../src/main/kcd/probes.ts'
import type { DnsRecord } from '../../src/main/lab/dns/dnsMessage.ts'
import { startDnsServer, type DnsZone, type RunningDns } from '../../src/main/lab/dns/dnsServer.ts'

const never = new AbortController().signal
let dns: RunningDns
let listener: Server
let probes: NetworkProbes
let openPort: number

beforeAll(async () => {
  listener = createServer((socket) => socket.destroy())
  openPort = await new Promise((resolve) => listener.listen(0, '127.0.0.1', () => resolve(portOf(listener))))
  const zone: DnsZone = new Map<string, readonly DnsRecord[] | 'serverFailure' | 'silence'>([
    ['web01.contoso.lab', [{ type: 'A', address: '127.0.0.1' }]],
    ['intranet.contoso.lab', [{ type: 'CNAME', target: 'web01.contoso.lab' }]],
    ['textonly.contoso.lab', []],
    ['broken.contoso.lab', 'serverFailure'],
    ['silent.contoso.lab', 'silence'],
    ['_kerberos._tcp.contoso.lab', [{ type: 'SRV', priority: 10, weight: 5, port: 88, target: 'dc2.contoso.lab' }, { type: 'SRV', priority: 0, weight: 100, port: 8888, target: 'dc1.contoso.lab' }, { type: 'SRV', priority: 10, weight: 50, port: 88, target: 'dc3.contoso.lab' }]],
  ])
  dns = await startDnsServer({ host: '127.0.0.1', port: 0, zone })
  probes = createNetworkProbes({ nameServers: [`127.0.0.1:${dns.port}`], questionTimeout: 200, portTimeout: 500 })
})

afterAll(async () => {
  await dns.close()
  await new Promise((resolve) => listener.close(resolve))
})

describe('a host', () => {
  it('with an A record is an address', async () => {
    expect(await probes.resolveHost('web01.contoso.lab', never)).toEqual({ kind: 'read', value: { kind: 'address', target: '127.0.0.1' } })
  })

  it('with a CNAME is an alias of its target', async () => {
    expect(await probes.resolveHost('Intranet.contoso.lab', never)).toEqual({ kind: 'read', value: { kind: 'alias', target: 'web01.contoso.lab' } })
  })

  it.each(['nowhere.contoso.lab', 'textonly.contoso.lab'])('that the name server denies (%s) is unknown', async (host) => {
    expect(await probes.resolveHost(host, never)).toEqual({ kind: 'read', value: { kind: 'unknown', target: null } })
  })

  it('is not read where the name server fails, keeps silent, or was never asked: nothing is said about the record', async () => {
    expect(await probes.resolveHost('broken.contoso.lab', never)).toMatchObject({ kind: 'notRead', why: expect.stringContaining('the name server failed') as unknown })
    expect(await probes.resolveHost('silent.contoso.lab', never)).toMatchObject({ kind: 'notRead', why: expect.stringContaining('no name server') as unknown })
    expect(await probes.resolveHost('intranet', never)).toMatchObject({ kind: 'notRead', why: expect.stringContaining('short name') as unknown })
  })

  it('is given up when the reading is cancelled', async () => {
    const cancel = new AbortController()
    const asked = probes.resolveHost('silent.contoso.lab', cancel.signal)
    cancel.abort()
    expect(await asked).toMatchObject({ kind: 'notRead' })
  })
})

it('servers come by priority, then weight', async () => {
  const found = await probes.findServers('_kerberos._tcp.contoso.lab', never)
  expect(found).toEqual({ kind: 'read', value: [{ host: 'dc1.contoso.lab', port: 8888 }, { host: 'dc3.contoso.lab', port: 88 }, { host: 'dc2.contoso.lab', port: 88 }] })
})

it('a service without SRV record has no servers, and one whose name server fails was not read', async () => {
  expect(await probes.findServers('_ldap._tcp.contoso.lab', never)).toEqual({ kind: 'read', value: [] })
  expect(await probes.findServers('broken.contoso.lab', never)).toMatchObject({ kind: 'notRead' })
})

describe('a port', () => {
  it('that takes connections is open, by name and by address', async () => {
    expect(await probes.tryPort('web01.contoso.lab', openPort, never)).toEqual({ kind: 'read', value: 'open' })
    expect(await probes.tryPort('127.0.0.1', openPort, never)).toEqual({ kind: 'read', value: 'open' })
  })

  it('that refuses is closed', async () => {
    const unused = createServer()
    const port = await new Promise<number>((resolve) => unused.listen(0, '127.0.0.1', () => resolve(portOf(unused))))
    await new Promise((resolve) => unused.close(resolve))
    expect(await probes.tryPort('web01.contoso.lab', port, never)).toEqual({ kind: 'read', value: 'closed' })
  })

  it('of a host that DNS does not know was not tried', async () => {
    expect(await probes.tryPort('nowhere.contoso.lab', 88, never)).toMatchObject({ kind: 'notRead' })
  })
})

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No TCP address')
  return address.port
}
