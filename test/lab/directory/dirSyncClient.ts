import type { BerReader, Client, Entry as ReceivedEntry, SearchOptions } from 'ldapts'
import { BerWriter, Control } from 'ldapts'
import { base as domain } from './testDirectory.ts'

export const flag = { objectSecurity: 0x1, ancestorsFirst: 0x800, publicDataOnly: 0x2000, incrementalValues: 0x8000_0000 } as const

/** LDAP_SERVER_DIRSYNC_OID as a client sees it: what it sends, and what the server answers with. */
export class DirSync extends Control {
  answer: { more: boolean; cookie: Buffer } | null = null
  readonly #request: { readonly flags: number; readonly maxBytes: number; readonly cookie: Buffer }
  constructor(request: { readonly flags?: number; readonly maxBytes?: number; readonly cookie?: Buffer } = {}) {
    super('1.2.840.113556.1.4.841', { critical: true })
    this.#request = { flags: 0, maxBytes: 0, cookie: Buffer.alloc(0), ...request }
  }
  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter()
    value.startSequence()
    value.writeInt(this.#request.flags)
    value.writeInt(this.#request.maxBytes)
    value.writeBuffer(this.#request.cookie, 4)
    value.endSequence()
    writer.writeBuffer(value.buffer, 4)
  }
  protected override parseControl(reader: BerReader): void {
    reader.readSequence()
    const more = reader.readInt() !== 0
    reader.readInt()
    this.answer = { more, cookie: reader.readString(4, true) ?? Buffer.alloc(0) }
  }
}

export type Round = { readonly entries: readonly ReceivedEntry[]; readonly cookie: Buffer; readonly answers: number }
export type RoundRequest = {
  readonly cookie?: Buffer
  readonly flags?: number
  readonly maxBytes?: number
  readonly filter?: string
  readonly attributes?: readonly string[]
  readonly base?: string
}

/** All answers of one round. */
export async function readRound(client: Client, request: RoundRequest = {}): Promise<Round> {
  const entries: ReceivedEntry[] = []
  let { cookie = Buffer.alloc(0) } = request
  for (let answers = 1; ; answers++) {
    const { answer, found } = await readAnswer(client, { ...request, cookie })
    entries.push(...found)
    cookie = answer.cookie
    if (!answer.more) return { entries, cookie, answers }
  }
}

export async function readAnswer(client: Client, request: RoundRequest): Promise<{ readonly found: readonly ReceivedEntry[]; readonly answer: { more: boolean; cookie: Buffer } }> {
  const { flags = 0, maxBytes = 0, cookie = Buffer.alloc(0), filter = '(objectClass=user)', attributes = [] } = request
  const control = new DirSync({ flags, maxBytes, cookie })
  const options: SearchOptions = { scope: 'sub', filter, attributes: [...attributes], explicitBufferAttributes: ['objectGUID', 'parentGUID'] }
  const { searchEntries } = await client.search(request.base ?? domain, options, control)
  if (control.answer === null) throw new Error('The server sent no cookie')
  return { found: searchEntries, answer: control.answer }
}
