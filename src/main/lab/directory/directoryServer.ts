import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { createSecureContext, createServer as createTlsServer } from 'node:tls'
import { readClassDescriptors } from './access/descriptor/descriptorOf.ts'
import type { Privilege } from './access/privilege.ts'
import type { Directory } from './directory.ts'
import { domainNamesOf } from './directory.ts'
import type { DirectoryDomain } from './directoryDomain.ts'
import type { EntryId } from './entries/entry.ts'
import { EntryStore } from './entries/entryStore.ts'
import { openEntryTable } from './entries/entryTable.ts'
import { turnOnRecycleBin } from './entries/recycleBin.ts'
import { Connection } from './protocol/connection.ts'
import type { View } from './search/view.ts'
import type { DirectoryAccount, SeedChange, SeedEntry } from './seedEntry.ts'
import { fillNewDirectory, findByAccountName } from './seeding/fillNewDirectory.ts'

export type DirectoryOptions = {
  /** Loopback address to listen on. */
  readonly host: string
  /** 0 takes a free port. */
  readonly ldapsPort: number
  /** Plain LDAP with StartTLS; 0 takes a free port. */
  readonly ldapPort: number
  /** LDAPS port of the global catalog, which has a part of every object of the forest; 0 takes a free port; without it there is none. */
  readonly globalCatalogPort?: number
  readonly tls: { readonly certificatePem: string; readonly privateKeyPem: string }
  /** SQLite file with all entries; made and seeded when it is new, read as it is otherwise. */
  readonly file: string
  readonly domain: DirectoryDomain
  /** Written only when the file is new. */
  readonly seed: readonly SeedEntry[]
  /** After the seed, in its order. */
  readonly seedChanges?: readonly SeedChange[]
  readonly accounts: readonly DirectoryAccount[]
  /** `on` switches the Recycle Bin on, which nothing reverses; `off`, the default, leaves it as the file has it. */
  readonly recycleBin?: 'on' | 'off'
}

export type RunningDirectory = {
  readonly ldapsPort: number
  readonly ldapPort: number
  /** Null where none was asked for. */
  readonly globalCatalogPort: number | null
  close(): Promise<void>
}

/**
 * Starts an LDAP server that behaves as a domain controller of Windows Server does. Rejects when a port is taken, the certificate or the file
 * cannot be read, or a seed entry breaks the directory's own rules.
 */
export async function startDirectory(options: DirectoryOptions): Promise<RunningDirectory> {
  const tls = { cert: options.tls.certificatePem, key: options.tls.privateKeyPem, minVersion: 'TLSv1.2' } as const
  const secureContext = createSecureContext(tls)
  const directory = openDirectory(options)
  const connections = new Set<Connection>()
  const serveAs = (view: View) => (socket: Socket) => {
    const connection = new Connection(directory, socket, secureContext, view)
    connections.add(connection)
    socket.on('close', () => connections.delete(connection))
  }
  const secure = { ...tls, handshakeTimeout: 10_000 }
  const servers = [createTlsServer({ ...secure, noDelay: true }, serveAs('domain')), createServer({ noDelay: true }, serveAs('domain')), createTlsServer({ ...secure, noDelay: true }, serveAs('forest'))] as const
  const sockets = servers.map(trackSockets)
  const close = async () => {
    for (const connection of connections) connection.shutDown()
    await Promise.all(servers.map((server, index) => stop(server, sockets[index] ?? new Set())))
    directory.store.close()
  }
  try {
    const [ldapsPort, ldapPort] = [await listen(servers[0], options.host, options.ldapsPort), await listen(servers[1], options.host, options.ldapPort)]
    const globalCatalogPort = options.globalCatalogPort === undefined ? null : await listen(servers[2], options.host, options.globalCatalogPort)
    return { ldapsPort, ldapPort, globalCatalogPort, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Of connections that have not finished their handshake as well. */
function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  return sockets
}

/** Clients get half a second to take their last message. */
async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return
  const isClosed = once(server, 'close')
  server.close()
  const timer = setTimeout(() => sockets.forEach((socket) => socket.destroy()), 500)
  await isClosed
  clearTimeout(timer)
}

function openDirectory(options: DirectoryOptions): Directory {
  const store = new EntryStore(openEntryTable(options.file))
  const { domain } = options
  const privileges = new Map<EntryId, ReadonlySet<Privilege>>()
  const directory: Directory = { store, domain, domainNames: domainNamesOf(domain.dnsName), privileges, classDescriptors: readClassDescriptors(domain.sid) }
  try {
    if (store.isNew) fillNewDirectory(directory, options)
    if (options.recycleBin === 'on') turnOnRecycleBin(directory)
    for (const account of options.accounts) {
      const entry = findByAccountName(directory, account.accountName)
      if (entry !== undefined && account.rights.kind === 'delegated' && account.rights.mayEnableDelegation) privileges.set(entry.id, new Set(['enableDelegation']))
    }
    return directory
  } catch (error) {
    store.close()
    throw error
  }
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error(`No port on ${host}`)
  return address.port
}
