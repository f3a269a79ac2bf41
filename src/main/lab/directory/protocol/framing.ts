import { MalformedMessage, elementSize } from './berElements.ts'

/** MaxReceiveBuffer (MS-ADTS 3.1.1.3.4.6). */
const largestMessage = 10_485_760

/** Cuts a stream of octets into messages. Throws MalformedMessage as soon as it is clear that no message is coming. */
export type Framing = { push(chunk: Buffer): readonly Buffer[] }

export function makeFraming(): Framing {
  let chunks: Buffer[] = []
  let [size, wanted] = [0, 0]
  return {
    push(chunk) {
      chunks.push(chunk)
      size += chunk.length
      if (size < wanted) return []
      let rest = Buffer.concat(chunks)
      const messages: Buffer[] = []
      for (;;) {
        wanted = messageSize(rest) ?? rest.length + 1
        if (wanted > rest.length) break
        messages.push(rest.subarray(0, wanted))
        rest = rest.subarray(wanted)
      }
      chunks = [rest]
      size = rest.length
      return messages
    },
  }
}

/** Null while the first octets have not all arrived. */
function messageSize(octets: Buffer): number | null {
  if (octets.length > 0 && octets[0] !== 0x30) throw new MalformedMessage('a message does not begin as a sequence')
  const size = elementSize(octets)
  if (size !== null && size > largestMessage) throw new MalformedMessage('a message is too large')
  return size
}
