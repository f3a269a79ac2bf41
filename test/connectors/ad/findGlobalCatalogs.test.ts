import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { Resolver } from 'node:dns/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { findGlobalCatalogs } from '../../../src/main/connectors/ad/findGlobalCatalogs.ts'
import { dn } from '../../store/rows.ts'

type Service = { readonly name: string; readonly port: number; readonly priority: number; readonly weight: number }

const sockets: Socket[] = []
afterEach(() => { for (const socket of sockets.splice(0)) socket.close() })
const configuration = dn('CN=Configuration,DC=corp,DC=contoso,DC=test')

describe('the global catalogs of a forest', () => {
  it('are those that DNS names for its root domain, preferred ones first, on the port for TLS', async () => {
    const asked: string[] = []
    const resolver = await startNameServer(asked, [
      { name: 'gc3.contoso.test', port: 3268, priority: 10, weight: 100 }, { name: 'gc2.contoso.test', port: 3268, priority: 0, weight: 50 }, { name: 'gc1.contoso.test', port: 3268, priority: 0, weight: 100 },
    ])
    const hosts = ['gc1', 'gc2', 'gc3'].map((name) => `${name}.contoso.test`)
    expect(await findGlobalCatalogs(resolver, configuration, 'ldaps')).toEqual({ ok: true, value: hosts.map((host) => ({ host, port: 3269 })) })
    expect(await findGlobalCatalogs(resolver, configuration, 'startTls')).toEqual({ ok: true, value: hosts.map((host) => ({ host, port: 3268 })) })
    expect(asked).toEqual(['_gc._tcp.corp.contoso.test', '_gc._tcp.corp.contoso.test'])
  })

  it('are a problem with the name that was asked for where there is no such record', async () => {
    const found = await findGlobalCatalogs(await startNameServer([], []), configuration, 'ldaps')
    expect(found).toMatchObject({ ok: false, problem: { kind: 'unreachable', message: expect.stringContaining('_gc._tcp.corp.contoso.test') } })
  })
})

/** Answers every question for services (RFC 1035, RFC 2782) with these. */
async function startNameServer(asked: string[], services: readonly Service[]): Promise<Resolver> {
  const socket = createSocket('udp4')
  sockets.push(socket)
  socket.on('message', (query, from) => {
    const { name, end } = readName(query, 12)
    asked.push(name)
    socket.send(answerTo(query.subarray(0, end + 4), services), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const resolver = new Resolver({ timeout: 2_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return resolver
}

/** `query` up to the end of its question. */
function answerTo(query: Buffer, services: readonly Service[]): Buffer {
  const header = Buffer.from(query)
  // A response; where there is none, of a name that does not exist (RCODE 3).
  header.writeUInt16BE(services.length > 0 ? 0x8180 : 0x8183, 2)
  header.writeUInt16BE(services.length, 6)
  header.writeUInt16BE(0, 10)
  return Buffer.concat([header, ...services.map(recordOf)])
}

function recordOf({ name, port, priority, weight }: Service): Buffer {
  const target = Buffer.concat([...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])])
  const data = Buffer.alloc(6)
  for (const [index, number] of [priority, weight, port].entries()) data.writeUInt16BE(number, index * 2)
  const fixed = Buffer.alloc(12)
  // The name of the question, type SRV, class IN, a minute, and how long the data are.
  for (const [offset, number] of [[0, 0xc00c], [2, 33], [4, 1], [8, 60], [10, data.length + target.length]] as const) fixed.writeUInt16BE(number, offset)
  return Buffer.concat([fixed, data, target])
}

function readName(message: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = []
  let at = start
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('ascii', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.'), end: at + 1 }
}
