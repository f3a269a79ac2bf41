import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createDirectoryReader } from '../connectors/ad/directoryReader.ts'
import { createDirectoryWriter } from '../connectors/ad/directoryWriter.ts'
import type { DirectoryConnection } from '../connectors/ad/directoryConnection.ts'
import type { DirectoryReader, DirectoryWriter, EntraReader } from '../connectors/connector.ts'
import type { EntraConnection, EntraCredential as ConnectorCredential } from '../connectors/graph/entraConnection.ts'
import { createEntraInviter } from '../connectors/graph/invitations/entraInviter.ts'
import type { EntraInviter } from '../connectors/invitationPort.ts'
import { createEntraReader } from '../connectors/graph/entraReader.ts'
import type { LabEndpoints } from '../lab/labEndpoints.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { DirectoryTarget } from '../runs/export/directoryTarget.ts'
import type { DecidingSettings } from '../runs/synchronizationSettings.ts'
import { cloudEndpoints } from '../workspace/clouds.ts'
import type { WorkspaceConfiguration } from '../workspace/configuration.ts'
import { fillFromKeychain, keepSecret } from '../workspace/keychain.ts'
import { readDirectoryPassword, readEntraCredential, type EntraCredential } from '../workspace/secrets.ts'
import type { LabOfWorkspace } from './labOfWorkspace.ts'

export type ConnectionOptions = {
  readonly folder: string
  readonly configuration: WorkspaceConfiguration
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly deciding: DecidingSettings
  readonly lab: LabOfWorkspace
}

export type Connections = {
  readonly entra: () => Promise<Result<EntraReader, Problem>>
  readonly inviter: () => Promise<Result<EntraInviter, Problem>>
  readonly directory: () => Promise<Result<DirectoryReader, Problem>>
  readonly target: () => Promise<Result<DirectoryTarget, Problem>>
  readonly close: () => Promise<void>
}

/** Each connector is made once, when it is first needed; secrets go into connectors and nowhere else (invariant 9). */
export function openConnections(options: ConnectionOptions): Connections {
  const opened: { close(): Promise<void> }[] = []
  const keep = <Connector extends { close(): Promise<void> }>(connector: Connector): Connector => {
    opened.push(connector)
    return connector
  }
  const entra = once(async () => {
    const connection = await entraConnection(options)
    return connection.ok ? succeed(keep(createEntraReader(connection.value))) : connection
  })
  const inviter = once(async () => {
    const connection = await entraConnection(options)
    return connection.ok ? succeed(keep(createEntraInviter(connection.value))) : connection
  })
  const directory = once(async () => {
    const connection = await directoryConnection(options)
    return connection.ok ? succeed(keep(createDirectoryReader(connection.value))) : connection
  })
  const writer = once(async (): Promise<Result<DirectoryWriter, Problem>> => {
    const connection = await directoryConnection(options)
    return connection.ok ? succeed(keep(createDirectoryWriter(connection.value))) : connection
  })
  return {
    entra, inviter, directory,
    target: async () => {
      const [reading, writing] = [await directory(), await writer()]
      if (!reading.ok) return reading
      if (!writing.ok) return writing
      return succeed({ reader: reading.value, writer: writing.value, attributes: options.deciding.rules.attributesOf('ad') })
    },
    close: async () => {
      for (const connector of opened) await connector.close()
    },
  }
}

export function once<Value>(make: () => Promise<Result<Value, Problem>>): () => Promise<Result<Value, Problem>> {
  let made: Promise<Result<Value, Problem>> | null = null
  return async () => {
    made ??= make()
    const result = await made
    if (!result.ok) made = null
    return result
  }
}

export async function entraConnection({ folder, configuration, environment, lab }: ConnectionOptions): Promise<Result<EntraConnection, Problem>> {
  const { entra } = configuration
  const filter = entra.filter ?? "userType eq 'Guest'"
  const endpoints = await lab.endpoints()
  if (!endpoints.ok) return endpoints
  const selection = { filter, pageSize, ...(entra.scopeGroup === undefined ? {} : { scopeGroup: entra.scopeGroup }) }
  if (endpoints.value !== null) return succeed({ ...(await labEntra(endpoints.value)), ...selection })
  const credential = await readEntraCredential(await fillFromKeychain(environment, configuration.id, ['entra']), entra.credential, folder)
  if (!credential.ok) return credential
  const ca = await readAuthority(folder, entra.caFile)
  if (!ca.ok) return ca
  return succeed({ ...cloudEndpoints(entra), tenantId: entra.tenantId, clientId: entra.clientId, credential: connectorCredential(credential.value, configuration.id), caPem: ca.value, ...selection })
}

/** The next refresh token goes where the first one came from. Where it cannot be kept, it lasts as long as this program. */
export function connectorCredential(credential: EntraCredential, workspace: string | null): ConnectorCredential {
  if (credential.kind !== 'person') return credential
  let current = credential.refreshToken
  return {
    kind: 'person', refreshToken: () => current,
    keep: async (next) => {
      const isAnother = next !== current
      current = next
      if (isAnother && workspace !== null) await keepSecret(workspace, 'entra', next)
    },
  }
}

/** The most that Graph gives on one page. */
const pageSize = 999

async function labEntra(lab: LabEndpoints): Promise<Omit<EntraConnection, 'filter' | 'pageSize' | 'scopeGroup'>> {
  const { graphUrl, signInUrl, tenantId, clientId, clientSecret } = lab
  return { graphUrl, signInUrl, tenantId, clientId, credential: { kind: 'secret', secret: clientSecret }, caPem: await readFile(lab.caFile, 'utf8') }
}

export async function directoryConnection({ folder, configuration, environment, deciding, lab }: ConnectionOptions): Promise<Result<DirectoryConnection, Problem>> {
  const { activeDirectory } = configuration
  const endpoints = await lab.endpoints()
  if (!endpoints.ok) return endpoints
  if (endpoints.value !== null) {
    return succeed({ ...(await labDirectory(endpoints.value)), managedOus: deciding.managedOus })
  }
  const password = readDirectoryPassword(await fillFromKeychain(environment, configuration.id, ['directory']))
  if (!password.ok) return password
  const ca = await readAuthority(folder, activeDirectory.caFile)
  if (!ca.ok) return ca
  return succeed({
    servers: activeDirectory.servers.map(serverOf), security: activeDirectory.security, caPem: ca.value,
    account: activeDirectory.account, password: password.value, managedOus: deciding.managedOus,
    ...(activeDirectory.globalCatalogs === undefined ? {} : { globalCatalogs: activeDirectory.globalCatalogs.map(catalogOf) }),
  })
}

async function labDirectory({ ldapsUrl, globalCatalogUrl, account, accountPassword, caFile }: LabEndpoints): Promise<Omit<DirectoryConnection, 'managedOus'>> {
  return {
    servers: [serverOf(ldapsUrl)], security: 'ldaps', caPem: await readFile(caFile, 'utf8'), account, password: accountPassword,
    globalCatalogs: globalCatalogUrl === null ? [] : [catalogOf(globalCatalogUrl)],
  }
}

type Address = { readonly host: string; readonly port: number }

export function serverOf(url: string): Address {
  return addressOf(url, { 'ldaps:': 636, 'ldap:': 389 })
}

/** A global catalog listens on ports of its own (MS-ADTS 3.1.1.3.1.10). */
export function catalogOf(url: string): Address {
  return addressOf(url, { 'ldaps:': 3269, 'ldap:': 3268 })
}

function addressOf(url: string, ports: { readonly 'ldaps:': number; readonly 'ldap:': number }): Address {
  const { protocol, hostname, port } = new URL(url)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (protocol === 'ldaps:' ? ports['ldaps:'] : ports['ldap:']) : Number(port) }
}

export async function readAuthority(folder: string, file: string | undefined): Promise<Result<string | null, Problem>> {
  if (file === undefined) return succeed(null)
  try {
    return succeed(await readFile(resolve(folder, file), 'utf8'))
  } catch (error) {
    return fail({ kind: 'configurationInvalid', message: `The certificate authority ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, remedy: 'Correct caFile in workspace.json.' })
  }
}
