import { once } from 'node:events'
import { connect } from 'node:tls'
import type { MessageParser as Parser } from 'ldapts'
import { AbandonRequest, BerWriter, BindRequest, Control, FilterParser, MessageParser, PagedResultsControl, SearchEntry, SearchRequest, SearchResponse } from 'ldapts'
import type { TestDirectory } from './testDirectory.ts'
import { administrator, base } from './testDirectory.ts'

type Answer = Parameters<Parameters<Parser['on']>[1]>[0]
export type PageOfNames = { readonly names: readonly string[]; readonly status: number; readonly cookie: Buffer }

/** Messages without the Client around them: cookies in the test's own hands, and requests that are given up. */
export type RawClient = {
  search(filter: string, page: { readonly size: number; readonly cookie?: Buffer }): Promise<PageOfNames>
  /** Starts a search and abandons it at once; what was answered before the answer to a later one came. */
  abandonedSearch(filter: string): Promise<{ readonly entries: number; readonly isEnded: boolean }>
  close(): void
}

class Page extends Control {
  readonly #size: number
  readonly #cookie: Buffer
  constructor(size: number, cookie: Buffer) {
    super(PagedResultsControl.type, { critical: true })
    this.#size = size
    this.#cookie = cookie
  }
  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter()
    value.startSequence()
    value.writeInt(this.#size)
    value.writeBuffer(this.#cookie, 4)
    value.endSequence()
    writer.writeBuffer(value.buffer, 4)
  }
}

export async function connectRaw(directory: TestDirectory): Promise<RawClient> {
  const socket = connect({ host: '127.0.0.1', port: directory.ldapsPort, ca: directory.authority.certificatePem, servername: 'dc1.contoso.lab' })
  await once(socket, 'secureConnect')
  const answers: Answer[] = []
  const parser = new MessageParser()
  const waiting = new Map<number, () => void>()
  parser.on('message', (message) => {
    answers.push(message)
    if (!(message instanceof SearchEntry)) waiting.get(message.messageId)?.()
  })
  socket.on('data', (chunk: Buffer) => parser.read(chunk, new Map()))
  let lastId = 0
  const ended = (id: number) => new Promise<void>((resolve) => { waiting.set(id, resolve) })
  const entriesOf = (id: number) => answers.filter((one) => one instanceof SearchEntry).filter((one) => one.messageId === id)
  const endOf = (id: number) => answers.filter((one) => one instanceof SearchResponse).find((one) => one.messageId === id)
  const request = (filter: string, controls: Control[]) =>
    new SearchRequest({ messageId: ++lastId, baseDN: base, scope: 'sub', filter: FilterParser.parseString(filter), attributes: ['1.1'], controls })

  const search: RawClient['search'] = async (filter, { size, cookie = Buffer.alloc(0) }) => {
    const message = request(filter, [new Page(size, cookie)])
    const isAnswered = ended(message.messageId)
    socket.write(message.write())
    await isAnswered
    const end = endOf(message.messageId)
    const control = end?.controls?.find((one) => one instanceof PagedResultsControl)
    return { names: entriesOf(message.messageId).map((entry) => entry.name), status: end?.status ?? -1, cookie: control?.value?.cookie ?? Buffer.alloc(0) }
  }
  const bind = new BindRequest({ messageId: ++lastId, dn: administrator.name, password: administrator.password })
  const isBound = ended(bind.messageId)
  socket.write(bind.write())
  await isBound
  return {
    search,
    async abandonedSearch(filter) {
      const message = request(filter, [])
      const abandon = new AbandonRequest({ messageId: ++lastId, abandonId: message.messageId })
      socket.write(Buffer.concat([message.write(), abandon.write()]))
      await search('(sAMAccountName=berta)', { size: 1 })
      return { entries: entriesOf(message.messageId).length, isEnded: endOf(message.messageId) !== undefined }
    },
    close: () => { socket.destroy() },
  }
}
