import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { TLSSocket } from 'node:tls'
import { BerReader, BerWriter, EqualityFilter, ModifyRequest, PagedResultsControl, SearchRequest } from 'ldapts'
import type { Filter, OrFilter } from 'ldapts'
import { DirSync, noCookie } from '../../../src/main/connectors/ad/controls.ts'
import type { DirectoryConnection } from '../../../src/main/connectors/ad/directoryConnection.ts'
import { parseDn } from '../../../src/shared/domain/dn.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'

/**
 * An LDAP server that does what a test tells it, for what no well-behaved directory does on demand: empty pages, silence,
 * lost connections. It signs everybody in and answers for rootDSE and schema by itself.
 */
export type ScriptedDirectory = {
  readonly connection: DirectoryConnection
  /** What came, in order: `bind`, `startTls`, `abandon`, `search BASE`, `modify add,delete`, `unbind`. */
  readonly log: readonly string[]
  controller: string
  dropConnections(): void
  stop(): Promise<void>
}

export type Entry = { readonly name: string; readonly attributes: Readonly<Record<string, readonly (string | Buffer)[]>> }
export type Reply = { readonly entry: (entry: Entry) => void; readonly done: (status?: number, message?: string, cookie?: string) => void; readonly doneDirSync: (cookie: string, more: 'more' | 'noMore') => void; readonly drop: () => void; readonly notice: () => void }
export type Script = {
  readonly security?: DirectoryConnection['security']
  /** The certificate's address, where it shall not be the server's. */
  readonly certificateAddress?: string
  readonly onBind?: (reply: Reply) => void
  readonly onStartTls?: (reply: Reply) => void
  /** `cookie` is that of paging or of DirSync, whichever was asked with; `asksFor` tells which. */
  readonly onSearch?: (request: SearchRequest, reply: Reply, cookie: string, asksFor: 'everything' | 'changes') => void
  /** Besides what every rootDSE has. */
  readonly rootDse?: Entry['attributes']
  readonly onModify?: (operations: string, reply: Reply) => void
}

const tags = { bind: 0x60, unbind: 0x42, search: 0x63, modify: 0x66, abandon: 0x50, extended: 0x77 }
const answerTags = { bind: 0x61, entry: 0x64, searchDone: 0x65, modify: 0x67, extended: 0x78 }
const domainDn = 'DC=scripted,DC=test'
export const scriptedOu = `OU=Guests,${domainDn}`

/** One for all servers of a test file: keys take long to make. */
const made = makeAuthority()

export async function startScriptedDirectory(script: Script): Promise<ScriptedDirectory> {
  const security = script.security ?? 'ldaps'
  const authority = await made
  const { certificatePem: cert, privateKeyPem: key } = await authority.issue({ commonName: 'scripted', ipAddresses: [script.certificateAddress ?? '127.0.0.1'] })
  const sockets = new Set<Socket>()
  const state = { controller: 'dc1.scripted.test', log: [] as string[] }
  const encrypt = (plain: Socket) => new TLSSocket(plain, { isServer: true, cert, key })
  const server = createServer((plain) => {
    sockets.add(plain)
    // The other end goes without goodbye in several tests.
    plain.on('error', () => undefined)
    serve(security === 'ldaps' ? encrypt(plain) : plain, script, state, encrypt)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const dropConnections = () => sockets.forEach((socket) => socket.destroy())
  const ou = parseDn(scriptedOu)
  if (!ou.ok) throw new Error(scriptedOu)
  return {
    connection: { servers: [{ host: '127.0.0.1', port }], security, caPem: authority.certificatePem, account: 'sync@scripted.test', password: 'secret', managedOus: [ou.value] },
    log: state.log,
    get controller() { return state.controller },
    set controller(name) { state.controller = name },
    dropConnections,
    stop: async () => {
      dropConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function serve(socket: Socket, script: Script, state: { controller: string; log: string[] }, encrypt: (plain: Socket) => Socket): void {
  socket.on('error', () => undefined)
  let pending: Buffer = Buffer.alloc(0)
  const read = (data: Buffer) => {
    pending = Buffer.concat([pending, data])
    for (;;) {
      const reader = new BerReader(pending)
      if (reader.readSequence() === null || reader.remain < reader.length) return
      const end = reader.offset + reader.length
      const message = pending.subarray(0, end)
      pending = pending.subarray(end)
      answer(message)
    }
  }
  const answer = (message: Buffer) => {
    const reader = new BerReader(message)
    reader.readSequence()
    const messageId = reader.readInt() ?? 0
    const tag = reader.readSequence()
    if (tag === tags.bind) {
      state.log.push('bind')
      const reply = replyOn(socket, messageId, answerTags.bind)
      return script.onBind === undefined ? reply.done() : script.onBind(reply)
    }
    if (tag === tags.extended) {
      state.log.push('startTls')
      const reply = replyOn(socket, messageId, answerTags.extended)
      if (script.onStartTls !== undefined) return script.onStartTls(reply)
      socket.off('data', read)
      reply.done()
      return serve(encrypt(socket), script, state, encrypt)
    }
    if (tag === tags.search) return answerSearch(reader, messageId)
    if (tag === tags.modify) return answerModify(reader, messageId)
    state.log.push(tag === tags.abandon ? 'abandon' : 'unbind')
  }
  const answerSearch = (reader: BerReader, messageId: number) => {
    const request = new SearchRequest({ messageId, filter: new EqualityFilter() })
    request.parse(reader, [new DirSync('whatIsVisible', noCookie)])
    state.log.push(`search ${request.baseDN}`)
    const reply = replyOn(socket, messageId, answerTags.searchDone)
    const paging = request.controls?.find((control) => control instanceof PagedResultsControl)
    // The empty base of a global catalog is all domains of the forest.
    if (request.baseDN === '' && request.scope === 'base') return answerRootDse(reply, state.controller, script.rootDse ?? {})
    if (request.baseDN.startsWith('CN=Schema')) return answerSchema(reply, request.filter)
    const dirSync = request.controls?.find((control) => control instanceof DirSync)
    const cookie = dirSync?.answered?.cookie ?? paging?.value?.cookie
    script.onSearch?.(request, reply, cookie?.toString('utf8') ?? '', dirSync === undefined ? 'everything' : 'changes')
  }
  const answerModify = (reader: BerReader, messageId: number) => {
    const request = new ModifyRequest({ messageId })
    request.parse(reader, [])
    const operations = request.changes.map(({ operation }) => operation).join(',')
    state.log.push(`modify ${operations}`)
    script.onModify?.(operations, replyOn(socket, messageId, answerTags.modify))
  }
  socket.on('data', read)
}

function answerRootDse(reply: Reply, controller: string, more: Entry['attributes']): void {
  reply.entry({ name: '', attributes: { defaultNamingContext: [domainDn], schemaNamingContext: [`CN=Schema,CN=Configuration,${domainDn}`], dnsHostName: [controller], ...more } })
  reply.done()
}

const schema: Readonly<Record<string, readonly [name: string, syntax: string, isSingleValued: string, length?: string]>> = {
  objectguid: ['objectGUID', '2.5.5.10', 'TRUE', '16'], useraccountcontrol: ['userAccountControl', '2.5.5.9', 'TRUE'],
  displayname: ['displayName', '2.5.5.12', 'TRUE'], memberof: ['memberOf', '2.5.5.1', 'FALSE'], objectsid: ['objectSid', '2.5.5.17', 'TRUE'],
  objectclass: ['objectClass', '2.5.5.2', 'FALSE'], samaccountname: ['sAMAccountName', '2.5.5.12', 'TRUE'], serviceprincipalname: ['servicePrincipalName', '2.5.5.12', 'FALSE'],
  'msds-allowedtoactonbehalfofotheridentity': ['msDS-AllowedToActOnBehalfOfOtherIdentity', '2.5.5.15', 'TRUE'],
}

function answerSchema(reply: Reply, filter: Filter): void {
  for (const asked of namesIn(filter)) {
    const [name, syntax, single, length] = schema[asked.toLowerCase()] ?? []
    if (name === undefined || syntax === undefined || single === undefined) continue
    const range = length === undefined ? {} : { rangeLower: [length], rangeUpper: [length] }
    reply.entry({ name: `CN=${name},CN=Schema`, attributes: { lDAPDisplayName: [name], attributeSyntax: [syntax], isSingleValued: [single], ...range } })
  }
  reply.done()
}

function namesIn(filter: Filter): readonly string[] {
  if (filter instanceof EqualityFilter) return filter.attribute === 'ldapdisplayname' ? [String(filter.value)] : []
  return 'filters' in filter ? (filter as OrFilter).filters.flatMap(namesIn) : []
}

function replyOn(socket: Socket, messageId: number, tag: number): Reply {
  const send = (id: number, operation: number, writeContent: (writer: BerWriter) => void, writeControls?: (writer: BerWriter) => void) => {
    const writer = new BerWriter()
    writer.startSequence()
    writer.writeInt(id)
    writer.startSequence(operation)
    writeContent(writer)
    writer.endSequence()
    writeControls?.(writer)
    writer.endSequence()
    socket.write(writer.buffer)
  }
  const writeResult = (status: number, text: string) => (writer: BerWriter) => {
    writer.writeEnumeration(status)
    writer.writeString('')
    writer.writeString(text)
  }
  return {
    entry: ({ name, attributes }) => send(messageId, answerTags.entry, (writer) => writeEntry(writer, name, attributes)),
    done: (status = 0, text = '', cookie) => send(messageId, tag, writeResult(status, text), cookie === undefined ? undefined : (writer) => writeCookie(writer, PagedResultsControl.type, [0], cookie)),
    doneDirSync: (cookie, more) => send(messageId, tag, writeResult(0, ''), (writer) => writeCookie(writer, dirSyncType, [more === 'more' ? 1 : 0, 0], cookie)),
    drop: () => socket.destroy(),
    notice: () => send(0, answerTags.extended, writeResult(52, 'going down')),
  }
}

function writeEntry(writer: BerWriter, name: string, attributes: Entry['attributes']): void {
  writer.writeString(name)
  writer.startSequence()
  for (const [type, values] of Object.entries(attributes)) {
    writer.startSequence()
    writer.writeString(type)
    writer.startSequence(0x31)
    for (const value of values) writer.writeBuffer(Buffer.from(value), 0x04)
    writer.endSequence()
    writer.endSequence()
  }
  writer.endSequence()
}

const dirSyncType = '1.2.840.113556.1.4.841'

/** Both controls answer with numbers and a cookie: the expected size for paging, "more" and a length that nobody reads for DirSync. */
function writeCookie(writer: BerWriter, type: string, numbers: readonly number[], cookie: string): void {
  const value = new BerWriter()
  value.startSequence()
  for (const number of numbers) value.writeInt(number)
  value.writeBuffer(Buffer.from(cookie), 0x04)
  value.endSequence()
  writer.startSequence(0xa0)
  writer.startSequence()
  writer.writeString(type)
  writer.writeBuffer(value.buffer, 0x04)
  writer.endSequence()
  writer.endSequence()
}
