import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Attribute, Change, Client, ResultCodeError } from 'ldapts'
import type { DirectoryOptions, RunningDirectory } from '../../../src/main/lab/directory/directoryServer.ts'
import { startDirectory } from '../../../src/main/lab/directory/directoryServer.ts'
import type { DirectoryAccount, SeedEntry } from '../../../src/main/lab/directory/seedEntry.ts'
import type { Authority } from '../../fixtures/certificates.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'

export const base = 'DC=contoso,DC=lab'
export const guests = `OU=Guests,${base}`
export const domainSid = 'S-1-5-21-1004336348-1177238915-682003330'

export const administrator = { name: 'administrator@contoso.lab', password: 'Passw0rd!Lab' }
export const sync = { name: 'svc-sync@contoso.lab', password: 'Svc!Sync#2026' }
export const delegator = { name: 'svc-kcd@contoso.lab', password: 'Svc!Kcd#2026' }
/** Delegated as `sync`, with what reading changes and restoring need. */
export const delta = { name: 'svc-delta@contoso.lab', password: 'Svc!Delta#2026' }
export const reader = { name: 'reader@contoso.lab', password: 'Read!Only#2026' }
type Credentials = typeof administrator

const accounts: readonly DirectoryAccount[] = [
  { accountName: 'Administrator', userPrincipalName: administrator.name, password: administrator.password, rights: { kind: 'administrator' } },
  { accountName: 'svc-sync', userPrincipalName: sync.name, password: sync.password, rights: { kind: 'delegated', organizationalUnits: [guests], mayEnableDelegation: false } },
  { accountName: 'svc-kcd', userPrincipalName: delegator.name, password: delegator.password, rights: { kind: 'delegated', organizationalUnits: [guests], mayEnableDelegation: true } },
  {
    accountName: 'svc-delta', userPrincipalName: delta.name, password: delta.password,
    rights: { kind: 'delegated', organizationalUnits: [guests], domainRights: ['replicatingChanges', 'reanimateTombstones', 'readDeletedObjects'], mayEnableDelegation: false },
  },
  { accountName: 'reader', userPrincipalName: reader.name, password: reader.password, rights: { kind: 'reader' } },
]

const seed: readonly SeedEntry[] = [
  { dn: guests, objectClass: 'organizationalUnit', attributes: {} },
  { dn: `OU=Employees,${base}`, objectClass: 'organizationalUnit', attributes: {} },
  { dn: `CN=Berta Berg,OU=Employees,${base}`, objectClass: 'user', attributes: { sAMAccountName: ['berta'], userPrincipalName: ['berta@contoso.lab'], givenName: ['Berta'], sn: ['Berg'], userAccountControl: ['512'] } },
  { dn: `CN=Staff,OU=Employees,${base}`, objectClass: 'group', attributes: { sAMAccountName: ['Staff'], member: [`CN=Berta Berg,OU=Employees,${base}`] } },
]

export type TestDirectory = RunningDirectory & {
  readonly authority: Authority
  readonly folder: string
  /** A client that has bound over LDAPS; closed with the directory. */
  connect(as: Credentials): Promise<Client>
  /** Not bound yet. */
  open(transport: 'ldaps' | 'plain' | 'globalCatalog'): Client
  /** A second server on the same file. */
  startAnother(): Promise<RunningDirectory>
  /** Stops the server and starts it again on the same file. */
  restart(): Promise<void>
}

export type TestOptions = Pick<DirectoryOptions, 'recycleBin' | 'globalCatalogPort' | 'seedChanges'> & { readonly seed?: readonly SeedEntry[] }

export async function startTestDirectory({ seed: more = [], ...options }: TestOptions = {}): Promise<TestDirectory> {
  const folder = mkdtempSync(join(tmpdir(), 'guestbridge-directory-'))
  const authority = await makeAuthority()
  const tls = await authority.issue({ commonName: 'dc1.contoso.lab', dnsNames: ['dc1.contoso.lab', 'localhost'], ipAddresses: ['127.0.0.1'] })
  const domain = { dnsName: 'contoso.lab', netBiosName: 'CONTOSO', sid: domainSid, controllerName: 'dc1.contoso.lab' }
  const start = () => startDirectory({ host: '127.0.0.1', ldapsPort: 0, ldapPort: 0, tls, file: join(folder, 'directory.sqlite'), domain, seed: [...seed, ...more], accounts, ...options })
  let running = await start()
  const clients: Client[] = []
  const open: TestDirectory['open'] = (transport) => {
    const securePort = transport === 'globalCatalog' ? running.globalCatalogPort : running.ldapsPort
    const secure = { url: `ldaps://127.0.0.1:${securePort}`, tlsOptions: { ca: authority.certificatePem, servername: 'dc1.contoso.lab' } }
    const client = new Client({ timeout: 10_000, ...(transport !== 'plain' ? secure : { url: `ldap://127.0.0.1:${running.ldapPort}` }) })
    clients.push(client)
    return client
  }
  const closeAll = async () => {
    await Promise.all(clients.splice(0).map((client) => client.unbind()))
    await running.close()
  }
  return {
    authority,
    folder,
    get ldapsPort() { return running.ldapsPort },
    get ldapPort() { return running.ldapPort },
    get globalCatalogPort() { return running.globalCatalogPort },
    open,
    startAnother: start,
    async connect(as) {
      const client = open('ldaps')
      await client.bind(as.name, as.password)
      return client
    },
    async restart() {
      await closeAll()
      running = await start()
    },
    async close() {
      await closeAll()
      rmSync(folder, { recursive: true })
    },
  }
}

export type UserValues = Readonly<Record<string, string | readonly string[] | Buffer>>

/** Adds `CN=<random>` below the guests with the attributes given; its DN. */
export async function addUser(client: Client, values: UserValues = {}, name: string = randomUUID()): Promise<string> {
  const dn = `CN=${name},${guests}`
  await client.add(dn, attributesOf({ objectClass: 'user', ...values }))
  return dn
}

export function attributesOf(values: UserValues): Attribute[] {
  return Object.entries(values).map(([type, value]) => new Attribute({ type, values: listOf(value) }))
}

export function change(operation: 'add' | 'delete' | 'replace', type: string, ...values: readonly (string | Buffer)[]): Change {
  return new Change({ operation, modification: new Attribute({ type, values: valuesOfOneKind(values) }) })
}

/** The one entry's attributes; every value in a list of texts. */
export async function read(client: Client, dn: string, ...attributes: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const { searchEntries } = await client.search(dn, { scope: 'base', attributes: [...attributes] })
  return Object.fromEntries(Object.entries(searchEntries[0] ?? {}).map(([name, value]) => [name, [value].flat().map(String)]))
}

/** DNs found below the domain. */
export async function find(client: Client, filter: string): Promise<readonly string[]> {
  const { searchEntries } = await client.search(base, { scope: 'sub', filter, attributes: ['1.1'] })
  return searchEntries.map((entry) => entry.dn)
}

/** `signed in`, or the logon error of the answer: `data 52e`. */
export async function logonOf(directory: TestDirectory, as: Credentials): Promise<string> {
  const client = directory.open('ldaps')
  try {
    await client.bind(as.name, as.password)
    return 'signed in'
  } catch (error) {
    return /data \w+(?=, v4563)/.exec(String(error))?.[0] ?? String(error)
  }
}

/** LDAP code and the eight digits in front of the server's message: `68 00002071`; `done` where nothing was refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (!(error instanceof ResultCodeError)) throw error
    return `${error.code} ${/[0-9A-F]{8}/.exec(error.message)?.[0] ?? 'without digits'}`
  }
}

export function unicodePwd(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le')
}

function listOf(value: string | readonly string[] | Buffer): string[] | Buffer[] {
  if (Buffer.isBuffer(value)) return [value]
  return typeof value === 'string' ? [value] : [...value]
}

function valuesOfOneKind(values: readonly (string | Buffer)[]): string[] | Buffer[] {
  const texts = values.filter((value) => typeof value === 'string')
  return texts.length === values.length ? texts : values.map((value) => Buffer.from(value))
}
