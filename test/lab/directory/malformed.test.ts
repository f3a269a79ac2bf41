import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import fastCheck from 'fast-check'
import { BerReader, BerWriter } from 'ldapts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDirectory } from './testDirectory.ts'
import { administrator, base, find, startTestDirectory } from './testDirectory.ts'

let directory: TestDirectory
beforeAll(async () => { directory = await startTestDirectory() })
afterAll(() => directory.close())

/** Sends the octets on a socket of their own; what came back until the server closed it, or until half a second of silence. */
async function exchange(octets: Buffer): Promise<{ readonly answer: Buffer; readonly isClosed: boolean }> {
  const socket: Socket = connect(directory.ldapPort, '127.0.0.1')
  const chunks: Buffer[] = []
  let isClosed = false
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => socket.destroy()).on('close', () => { isClosed = true })
  socket.setTimeout(500, () => socket.end(() => socket.destroy()))
  await once(socket, 'connect')
  let hasTimedOut = false
  socket.on('timeout', () => { hasTimedOut = true })
  socket.write(octets)
  if (!isClosed) await once(socket, 'close')
  return { answer: Buffer.concat(chunks), isClosed: !hasTimedOut }
}

function message(write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(1)
  write(writer)
  writer.endSequence()
  return Buffer.from(writer.buffer)
}

function search(filter: Buffer): Buffer {
  return message((writer) => {
    writer.startSequence(0x63)
    writer.writeString('')
    writer.writeEnumeration(0)
    writer.writeEnumeration(0)
    writer.writeInt(0)
    writer.writeInt(0)
    writer.writeBoolean(false)
    for (const octet of filter) writer.writeByte(octet)
    writer.startSequence()
    writer.endSequence()
    writer.endSequence()
  })
}

async function isStillServing(): Promise<boolean> {
  const client = await directory.connect(administrator)
  return (await find(client, '(sAMAccountName=berta)')).length === 1
}

const nestedTooDeeply = Array.from({ length: 150 }).reduce<Buffer>(
  (inner) => Buffer.concat([inner.length < 128 ? Buffer.from([0xa2, inner.length]) : Buffer.from([0xa2, 0x82, inner.length >> 8, inner.length & 0xff]), inner]),
  Buffer.from([0x87, 0x02, 0x63, 0x6e]),
)

test.each<[string, Buffer]>([
  ['text of another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['a length of four octets that would be negative', Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x02])],
  ['a message of more than 10 MiB', Buffer.from([0x30, 0x84, 0x00, 0xa0, 0x00, 0x01, 0x02])],
  ['an indefinite length', Buffer.from([0x30, 0x80, 0x02, 0x01, 0x01])],
  ['an empty message', Buffer.from([0x30, 0x00])],
  ['a request of no known kind', message((writer) => writer.writeString('', 0x7f))],
  ['an inner length beyond the message', Buffer.from([0x30, 0x05, 0x02, 0x01, 0x01, 0x63, 0x7f])],
  ['a filter of no known kind', search(Buffer.from([0xb0, 0x00]))],
  ['a filter that is nested too deeply', search(nestedTooDeeply)],
  ['a bind without authentication', message((writer) => { writer.startSequence(0x60); writer.writeInt(3); writer.writeString(''); writer.endSequence() })],
])('ends the connection on %s and goes on serving others', async (_, octets) => {
  const { answer, isClosed } = await exchange(octets)
  expect(isClosed).toBe(true)
  const reader = new BerReader(answer)
  reader.readSequence()
  // RFC 4511 4.4.1: the notice of disconnection has message id 0, result protocolError and its own OID.
  expect([reader.readInt(), reader.readSequence(), reader.readEnumeration()]).toEqual([0, 0x78, 2])
  expect(answer.includes('1.3.6.1.4.1.1466.20036')).toBe(true)
  expect(await isStillServing()).toBe(true)
})

test('goes on serving after any octets at all', async () => {
  const sockets: Socket[] = []
  await fastCheck.assert(
    fastCheck.asyncProperty(fastCheck.uint8Array({ minLength: 1, maxLength: 200 }), async (octets) => {
      const socket = connect(directory.ldapPort, '127.0.0.1').on('error', () => undefined)
      sockets.push(socket)
      await once(socket, 'connect')
      socket.write(Buffer.concat([Buffer.from([0x30, octets.length]), octets]))
      expect(await isStillServing()).toBe(true)
    }),
    { numRuns: 40 },
  )
  for (const socket of sockets) socket.destroy()
})

test('answers a message that arrives octet by octet', async () => {
  const socket = connect(directory.ldapPort, '127.0.0.1')
  await once(socket, 'connect')
  const octets = search(Buffer.from([0x87, 0x0b, ...Buffer.from('objectClass')]))
  for (const octet of octets) {
    socket.write(Buffer.from([octet]))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const [answer] = await once(socket, 'data')
  expect(Buffer.from(answer).includes(`defaultNamingContext`)).toBe(true)
  expect(Buffer.from(answer).includes(base)).toBe(true)
  socket.destroy()
})
