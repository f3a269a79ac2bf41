/** The part of DNS that the lab speaks (RFC 1035, SRV by RFC 2782): one question a message, no compression in answers. */

export const recordTypes = { A: 1, CNAME: 5, AAAA: 28, SRV: 33 } as const
export type RecordType = keyof typeof recordTypes

export type DnsQuestion = { readonly id: number; readonly name: string; readonly type: number; readonly recursionDesired: boolean; /** As it came, to be sent back. */ readonly octets: Buffer }

export type DnsRecord =
  | { readonly type: 'A'; readonly address: string }
  | { readonly type: 'CNAME'; readonly target: string }
  | { readonly type: 'SRV'; readonly priority: number; readonly weight: number; readonly port: number; readonly target: string }

/** RFC 1035, 4.1.1. */
export const responseCodes = { noError: 0, serverFailure: 2, noSuchName: 3, refused: 5 } as const
export type ResponseCode = (typeof responseCodes)[keyof typeof responseCodes]

const headerLength = 12
const internetClass = 1
const timeToLive = 60

/** Null where the datagram is not one plain question. */
export function readQuestion(message: Buffer): DnsQuestion | null {
  if (message.length < headerLength + 5) return null
  const flags = message.readUInt16BE(2)
  const isQuery = (flags & 0xf800) === 0
  if (!isQuery || message.readUInt16BE(4) !== 1) return null
  const labels: string[] = []
  let position = headerLength
  for (let length = message[position]; length !== undefined && length > 0; length = message[position]) {
    // A compressed name cannot be the first of a message.
    if (length > 63 || position + 1 + length >= message.length) return null
    labels.push(message.toString('latin1', position + 1, position + 1 + length))
    position += 1 + length
  }
  if (position + 5 > message.length) return null
  return { id: message.readUInt16BE(0), name: labels.join('.').toLowerCase(), type: message.readUInt16BE(position + 1), recursionDesired: (flags & 0x100) !== 0, octets: message.subarray(headerLength, position + 5) }
}

/** Each answer carries the name that it is about. */
export function writeResponse(question: DnsQuestion, code: ResponseCode, answers: readonly { readonly name: string; readonly record: DnsRecord }[]): Buffer {
  const header = Buffer.alloc(headerLength)
  header.writeUInt16BE(question.id, 0)
  // Response, authoritative, recursion available.
  header.writeUInt16BE(0x8480 | (question.recursionDesired ? 0x100 : 0) | code, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(answers.length, 6)
  return Buffer.concat([header, question.octets, ...answers.map(({ name, record }) => writeRecord(name, record))])
}

function writeRecord(name: string, record: DnsRecord): Buffer {
  const data = writeData(record)
  const fixed = Buffer.alloc(10)
  fixed.writeUInt16BE(recordTypes[record.type], 0)
  fixed.writeUInt16BE(internetClass, 2)
  fixed.writeUInt32BE(timeToLive, 4)
  fixed.writeUInt16BE(data.length, 8)
  return Buffer.concat([writeName(name), fixed, data])
}

function writeData(record: DnsRecord): Buffer {
  switch (record.type) {
    case 'A': return Buffer.from(record.address.split('.').map(Number))
    case 'CNAME': return writeName(record.target)
    case 'SRV': {
      const numbers = Buffer.alloc(6)
      numbers.writeUInt16BE(record.priority, 0)
      numbers.writeUInt16BE(record.weight, 2)
      numbers.writeUInt16BE(record.port, 4)
      return Buffer.concat([numbers, writeName(record.target)])
    }
  }
}

function writeName(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]))
  return Buffer.concat([...labels, Buffer.from([0])])
}
