import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readQuestion } from '../../../src/main/lab/dns/dnsMessage.ts'
import { startDnsServer, type RunningDns } from '../../../src/main/lab/dns/dnsServer.ts'
import { makeDnsZone } from '../../../src/main/lab/seed/dnsZone.ts'

let server: RunningDns
let resolver: Resolver
beforeAll(async () => {
  server = await startDnsServer({ host: '127.0.0.1', port: 0, zone: makeDnsZone({ ldap: 20_389 }) })
  resolver = new Resolver({ timeout: 500, tries: 1 })
  resolver.setServers([`127.0.0.1:${server.port}`])
})
afterAll(() => server.close())

it('answers for the hosts of the domain, whatever the case of their names', async () => {
  expect(await resolver.resolve4('DC1.contoso.lab')).toEqual(['127.0.0.1'])
})

it('answers an alias with the address of its target', async () => {
  expect(await resolver.resolve4('portal.contoso.lab')).toEqual(['127.0.0.1'])
  expect(await resolver.resolveCname('portal.contoso.lab')).toEqual(['web01.contoso.lab'])
})

it('names the controller for Kerberos', async () => {
  expect(await resolver.resolveSrv('_kerberos._tcp.contoso.lab')).toMatchObject([{ priority: 0, weight: 100, port: 20_389, name: 'dc1.contoso.lab' }])
})

it('tells a name that does not exist from a record that a name does not have', async () => {
  await expect(resolver.resolve4('reports.contoso.lab')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  await expect(resolver.resolve6('web01.contoso.lab')).rejects.toMatchObject({ code: 'ENODATA' })
})

it('is not stopped by datagrams that are no question', async () => {
  const socket = createSocket('udp4')
  const send = (octets: Buffer) => new Promise<void>((resolve, reject) => socket.send(octets, server.port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error))))
  for (const octets of [Buffer.alloc(1), Buffer.alloc(17, 0xff), Buffer.alloc(600, 0x3f), Buffer.from('000101000001000000000000c00c00010001', 'hex')]) await send(octets)
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  expect(await resolver.resolve4('web01.contoso.lab')).toEqual(['127.0.0.1'])
})

it.each([
  ['an answer', '000181000001000000000000016100000100 01'],
  ['two questions', '000101000002000000000000016100000100 01'],
  ['a compressed name', '000101000001000000000000c00c00010001'],
  ['a label that is longer than the message', '0001010000010000000000003f6100000100 01'],
])('takes %s for no question', (_, hex) => {
  expect(readQuestion(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toBeNull()
})
