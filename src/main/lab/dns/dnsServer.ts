import { createSocket } from 'node:dgram'
import { readQuestion, recordTypes, responseCodes, writeResponse, type DnsQuestion, type DnsRecord } from './dnsMessage.ts'

/** By name in lower case. A name may also fail, or stay without answer, as name servers in trouble do. */
export type DnsZone = ReadonlyMap<string, readonly DnsRecord[] | 'serverFailure' | 'silence'>

export type RunningDns = { /** UDP. */ readonly port: number; close(): Promise<void> }

/** A name server over UDP for a fixed set of names; everything else does not exist. No datagram, however malformed, stops it. */
export async function startDnsServer({ host, port, zone }: { readonly host: string; /** 0 takes a free port. */ readonly port: number; readonly zone: DnsZone }): Promise<RunningDns> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, host, () => {
      socket.off('error', reject)
      resolve()
    })
  })
  socket.on('message', (message, sender) => {
    const question = readQuestion(message)
    const response = question === null ? null : answer(question, zone)
    if (response !== null) socket.send(response, sender.port, sender.address)
  })
  // Whoever has asked and gone is no concern of the others.
  socket.on('error', () => undefined)
  return { port: socket.address().port, close: () => new Promise((resolve) => socket.close(resolve)) }
}

function answer(question: DnsQuestion, zone: DnsZone): Buffer | null {
  const known = zone.get(question.name)
  if (known === 'silence') return null
  if (known === 'serverFailure') return writeResponse(question, responseCodes.serverFailure, [])
  if (known === undefined) return writeResponse(question, responseCodes.noSuchName, [])
  return writeResponse(question, responseCodes.noError, recordsFor(question, zone, known))
}

/** RFC 1034, 3.6.2: an alias is answered with the records of its target too, unless the alias itself was asked for. */
function recordsFor({ name, type }: DnsQuestion, zone: DnsZone, records: readonly DnsRecord[]): readonly { readonly name: string; readonly record: DnsRecord }[] {
  const matching = records.filter((record) => recordTypes[record.type] === type).map((record) => ({ name, record }))
  const alias = records.find((record) => record.type === 'CNAME')
  if (alias === undefined || type === recordTypes.CNAME) return matching
  const targets = zone.get(alias.target.toLowerCase())
  const further = Array.isArray(targets) ? targets : []
  return [{ name, record: alias }, ...further.filter((record: DnsRecord) => recordTypes[record.type] === type).map((record: DnsRecord) => ({ name: alias.target, record }))]
}
