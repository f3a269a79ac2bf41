import { readFile } from 'node:fs/promises'
import { createDelegationReader } from '../connectors/ad/delegation/delegationReader.ts'
import { createDelegationWriter } from '../connectors/ad/delegation/delegationWriter.ts'
import type { DirectoryConnection } from '../connectors/ad/directoryConnection.ts'
import type { DelegationReader, DelegationWriter } from '../connectors/delegationPorts.ts'
import type { SigningIn } from '../connectors/graph/delegatedSignIn.ts'
import { createNetworkProbes } from '../kcd/networkProbes.ts'
import type { NetworkProbes } from '../kcd/probes.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { cloudEndpoints } from '../workspace/clouds.ts'
import { fillFromKeychain } from '../workspace/keychain.ts'
import { readResourcePassword } from '../workspace/secrets.ts'
import { catalogOf, directoryConnection, once, readAuthority, serverOf, type ConnectionOptions } from './connections.ts'

/** What delegation is read and written with. One of each domain; secrets are in them and nowhere else (invariant 9). */
export type DelegationConnections = {
  readonly accounts: DelegationDomain
  /** Null: connectors and applications are in the domain of the guests' accounts. */
  readonly resources: DelegationDomain | null
  readonly probes: NetworkProbes
  /** Domain controllers as configured. */
  readonly servers: readonly { readonly host: string; readonly port: number }[]
}
export type DelegationDomain = { readonly reader: DelegationReader; readonly writer: DelegationWriter }

export type OpenDelegation = { readonly open: () => Promise<Result<DelegationConnections, Problem>>; readonly signInTo: () => Promise<Result<SigningIn, Problem>>; readonly close: () => Promise<void> }

/** Connections are made when they are first needed, and kept. */
export function openDelegationConnections(options: ConnectionOptions): OpenDelegation {
  const opened: DelegationDomain[] = []
  const domainOf = (connection: DirectoryConnection): DelegationDomain => {
    const domain = { reader: createDelegationReader(connection), writer: createDelegationWriter(connection) }
    opened.push(domain)
    return domain
  }
  const open = once(async (): Promise<Result<DelegationConnections, Problem>> => {
    const accounts = await directoryConnection(options)
    if (!accounts.ok) return accounts
    const resources = await resourceConnection(options)
    if (!resources.ok) return resources
    const endpoints = await options.lab.endpoints()
    if (!endpoints.ok) return endpoints
    return succeed({
      accounts: domainOf(accounts.value),
      resources: resources.value === null ? null : domainOf(resources.value),
      // The lab's names are known to nobody but its own name server.
      probes: createNetworkProbes({ nameServers: endpoints.value === null ? null : [endpoints.value.nameServer] }),
      servers: [...accounts.value.servers, ...(resources.value?.servers ?? [])],
    })
  })
  return {
    open,
    signInTo: () => signInTo(options),
    close: async () => {
      for (const { reader, writer } of opened) await Promise.all([reader.close(), writer.close()])
    },
  }
}

/** Without the application's secret: the person's sign-in is what counts. */
async function signInTo({ folder, configuration: { entra }, lab }: ConnectionOptions): Promise<Result<SigningIn, Problem>> {
  const endpoints = await lab.endpoints()
  if (!endpoints.ok) return endpoints
  if (endpoints.value !== null) {
    const { graphUrl, signInUrl, tenantId, clientId, caFile } = endpoints.value
    return succeed({ graphUrl, signInUrl, tenantId, clientId, caPem: await readFile(caFile, 'utf8') })
  }
  const ca = await readAuthority(folder, entra.caFile)
  return ca.ok ? succeed({ ...cloudEndpoints(entra), tenantId: entra.tenantId, clientId: entra.clientId, caPem: ca.value }) : ca
}

export async function resourceConnection({ folder, configuration, environment }: ConnectionOptions): Promise<Result<DirectoryConnection | null, Problem>> {
  const { resourceDirectory } = configuration
  if (resourceDirectory === undefined) return succeed(null)
  const password = readResourcePassword(await fillFromKeychain(environment, configuration.id, ['resource']))
  if (!password.ok) return password
  const ca = await readAuthority(folder, resourceDirectory.caFile)
  if (!ca.ok) return ca
  return succeed({
    servers: resourceDirectory.servers.map(serverOf), security: resourceDirectory.security, caPem: ca.value,
    // Nothing of that domain is imported.
    account: resourceDirectory.account, password: password.value, managedOus: [],
    ...(resourceDirectory.globalCatalogs === undefined ? {} : { globalCatalogs: resourceDirectory.globalCatalogs.map(catalogOf) }),
  })
}
