import { Attribute, Client } from 'ldapts'
import type { DirectoryConnection } from '../../src/main/connectors/ad/directoryConnection.ts'
import { parseDn } from '../../src/shared/domain/dn.ts'
import type { Dn } from '../../src/shared/domain/ids.ts'
import type { Problem, ProblemKind } from '../../src/shared/domain/problem.ts'
import type { Result } from '../../src/shared/domain/result.ts'
import type { Kind } from './samba-differs.ts'

/** A directory that the contract is tried on, and how to reach it. */
export type DirectoryUnderTest = {
  readonly kind: Kind
  readonly host: string
  readonly ldapsPort: number
  readonly ldapPort: number
  readonly caPem: string
  readonly controllerName: string
  readonly baseDn: string
  readonly guestOu: string
  readonly serversOu: string
  readonly administrator: { readonly account: string; readonly password: string }
  /** May create, change and delete users in `guestOu` only. */
  readonly sync: { readonly account: string; readonly password: string }
  /** As `sync`, and sees deleted objects and may bring them back. */
  readonly delta: { readonly account: string; readonly password: string }
  /** As `delta`, and may bring nothing back. */
  readonly watching: { readonly account: string; readonly password: string }
  /** As `sync`, and may replicate the domain. */
  readonly replication: { readonly account: string; readonly password: string }
  /** As `sync`, and may write the settings of delegation in `serversOu`, with the privilege that it takes. */
  readonly delegation: { readonly account: string; readonly password: string }
  /** As `delegation`, without the privilege. */
  readonly unprivileged: { readonly account: string; readonly password: string }
  /** Of a global catalog over TLS; null where there is none. */
  readonly globalCatalogPort: number | null
  stop(): Promise<void>
}

export function connectionTo(directory: DirectoryUnderTest, changes: Partial<DirectoryConnection> = {}): DirectoryConnection {
  return {
    servers: [{ host: directory.host, port: directory.ldapsPort }], security: 'ldaps', caPem: directory.caPem,
    account: directory.sync.account, password: directory.sync.password, managedOus: [dn(directory.guestOu)], ...changes,
  }
}

/** Another administrator at work, with another client than ours. */
export function addAsAdministrator(directory: DirectoryUnderTest, name: string, attributes: Readonly<Record<string, string | readonly string[]>>): Promise<void> {
  return asAdministrator(directory, (client) => client.add(name, Object.entries(attributes).map(([type, values]) => new Attribute({ type, values: [values].flat() }))))
}

export async function asAdministrator(directory: DirectoryUnderTest, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ url: `ldaps://${directory.host}:${directory.ldapsPort}`, tlsOptions: { ca: directory.caPem } })
  try {
    await client.bind(directory.administrator.account, directory.administrator.password)
    await work(client)
  } finally {
    await client.unbind()
  }
}

export function dn(text: string): Dn {
  const parsed = parseDn(text)
  if (!parsed.ok) throw new Error(`${text} is no DN: expected ${parsed.problem.expected}`)
  return parsed.value
}

export function valueOf<Value>(result: Result<Value, Problem>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

export function outcomeOf(result: Result<unknown, Problem>): 'accepted' | ProblemKind {
  return result.ok ? 'accepted' : result.problem.kind
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const collected: Item[] = []
  for await (const item of items) collected.push(item)
  return collected
}

/** Never aborted. */
export const calm: AbortSignal = new AbortController().signal
