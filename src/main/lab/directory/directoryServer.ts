import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { createSecureContext, createServer as createTlsServer } from 'node:tls'
import type { Directory } from './directory.ts'
import type { DirectoryDomain } from './directoryDomain.ts'
import { domainNamesOf } from './directory.ts'
import type { EntryId } from './entries/entry.ts'
import { openEntryStore } from './entries/entryStore.ts'
import { openEntryTable } from './entries/entryTable.ts'
import { Connection } from './protocol/connection.ts'
import { fillNewDirectory, findByAccountName } from './seeding/fillNewDirectory.ts'
import type { AccountRights, DirectoryAccount, SeedEntry } from './seedEntry.ts'

export type DirectoryOptions = {
  /** Loopback address to listen on. */
  readonly host: string
  /** 0 takes a free port. */
  readonly ldapsPort: number
  /** Plain LDAP with StartTLS; 0 takes a free port. */
  readonly ldapPort: number
  readonly tls: { readonly certificatePem: string; readonly privateKeyPem: string }
  /** SQLite file with all entries; made and seeded when it is new, read as it is otherwise. */
  readonly file: string
  readonly domain: DirectoryDomain
  /** Written only when the file is new. */
  readonly seed: readonly SeedEntry[]
  readonly accounts: readonly DirectoryAccount[]
}

export type RunningDirectory = {
  readonly ldapsPort: number
  readonly ldapPort: number
  close(): Promise<void>
}

/**
 * Starts an LDAP server that behaves as a domain controller of Windows Server does. Rejects when a port is taken, the certificate or the file
 * cannot be read, or a seed entry breaks the directory's own rules.
 */
export async function startDirectory(options: DirectoryOptions): Promise<RunningDirectory> {
  const secureContext = createSecureContext({ cert: options.tls.certificatePem, key: options.tls.privateKeyPem, minVersion: 'TLSv1.2' })
  const directory = openDirectory(options)
  const connections = new Set<Connection>()
  const serve = (socket: Socket) => {
    const connection = new Connection(directory, socket, secureContext)
    connections.add(connection)
    socket.on('close', () => connections.delete(connection))
  }
  const secure = createTlsServer({ cert: options.tls.certificatePem, key: options.tls.privateKeyPem, minVersion: 'TLSv1.2' }, serve)
  const plain = createServer(serve)
  const close = async () => {
    const closed = [secure, plain].filter((server) => server.listening).map((server) => new Promise((resolve) => server.close(resolve)))
    for (const connection of connections) connection.shutDown()
    await Promise.all(closed)
    directory.store.close()
  }
  try {
    const [ldapsPort, ldapPort] = [await listen(secure, options.host, options.ldapsPort), await listen(plain, options.host, options.ldapPort)]
    return { ldapsPort, ldapPort, close }
  } catch (error) {
    await close()
    throw error
  }
}

function openDirectory(options: DirectoryOptions): Directory {
  const store = openEntryStore(openEntryTable(options.file))
  const rights = new Map<EntryId, AccountRights>()
  const directory: Directory = { store, domain: options.domain, domainNames: domainNamesOf(options.domain.dnsName), rights }
  try {
    if (store.isNew) fillNewDirectory(directory, options.seed, options.accounts)
    for (const account of options.accounts) {
      const entry = findByAccountName(directory, account.accountName)
      if (entry !== undefined) rights.set(entry.id, account.rights)
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
