import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDelegationReader } from '../../../src/main/connectors/ad/delegation/delegationReader.ts'
import type { DirectoryConnection } from '../../../src/main/connectors/ad/directoryConnection.ts'
import type { DelegationReader } from '../../../src/main/connectors/delegationPorts.ts'
import { createNetworkProbes } from '../../../src/main/kcd/networkProbes.ts'
import type { DelegationSources } from '../../../src/main/kcd/reading/delegationSources.ts'
import { startLab } from '../../../src/main/lab/lab.ts'
import type { LabEndpoints } from '../../../src/main/lab/labEndpoints.ts'
import { listProxyApplications, proxyConnectors } from '../../../src/main/lab/seed/proxy.ts'
import type { ConnectorRow } from '../../../src/main/store/store.ts'
import type { MetaverseObject } from '../../../src/shared/domain/metaverse.ts'
import type { DelegationConfiguration } from '../../../src/main/workspace/configuration.ts'

export type LabReading = {
  readonly endpoints: LabEndpoints
  /** With the lab's own connectors and applications and nobody as guest, unless the test says otherwise. */
  readonly sources: (own: { readonly configuration?: DelegationConfiguration; readonly guests?: readonly JoinedGuest[]; readonly accounts?: DelegationReader }) => DelegationSources
  readonly reader: DelegationReader
  close(): Promise<void>
}

/** What the last imports left of a guest, and the account that the metaverse joins. */
export type JoinedGuest = { readonly id: string; readonly attributes: ConnectorRow['object']['attributes']; readonly account: string | null }

/** The lab with its directory and name server; the store holds what the test puts into it. */
export async function startLabReading(): Promise<LabReading> {
  const folder = await mkdtemp(join(tmpdir(), 'guestbridge-reading-'))
  const lab = await startLab(folder)
  const { endpoints } = lab
  const reader = createDelegationReader(await connectionTo(endpoints))
  return {
    endpoints, reader,
    sources: ({ configuration, guests = [], accounts = reader }) => ({
      accounts, resources: null, servers: [{ host: '127.0.0.1', port: Number(new URL(endpoints.ldapsUrl).port) }],
      probes: createNetworkProbes({ nameServers: [endpoints.nameServer] }), store: storeOf(guests), proxy: null, proofs: [], now: () => new Date().toISOString(),
      configuration: configuration ?? { connectors: proxyConnectors.map(({ account, group }) => ({ account, group })), applications: listProxyApplications(endpoints.domain.dnsName) },
    }),
    close: async () => {
      await reader.close()
      await lab.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function connectionTo({ ldapsUrl, globalCatalogUrl, caFile, account, accountPassword }: LabEndpoints): Promise<DirectoryConnection> {
  const address = (url: string) => ({ host: '127.0.0.1', port: Number(new URL(url).port) })
  return {
    servers: [address(ldapsUrl)], security: 'ldaps', caPem: await readFile(caFile, 'utf8'), account, password: accountPassword, managedOus: [],
    globalCatalogs: globalCatalogUrl === null ? [] : [address(globalCatalogUrl)],
  }
}

function storeOf(guests: readonly JoinedGuest[]): DelegationSources['store'] {
  const rows = guests.map(({ id, attributes }): ConnectorRow => ({ object: { connector: 'entra', anchor: id, objectType: 'user', dn: null, attributes }, metaverseId: `entra:${id}`, disconnector: null, importedBy: 1 }))
    .sort((left, right) => (left.object.anchor < right.object.anchor ? -1 : 1))
  const persons = guests.map(({ id, account }): MetaverseObject => ({
    id: `entra:${id}`, objectType: 'person', attributes: {},
    links: [{ connector: 'entra', anchor: id, origin: { kind: 'projected', rule: 'test' } }, ...(account === null ? [] : [{ connector: 'ad', anchor: account, origin: { kind: 'provisioned', rule: 'test' } } as const])],
  }))
  return {
    connectorRows: (_connector, anchors) => Promise.resolve(rows.filter(({ object }) => anchors.includes(object.anchor))),
    connectorBatch: (_connector, after, limit) => Promise.resolve(rows.filter(({ object }) => after === null || object.anchor > after).slice(0, limit)),
    metaverseObjects: (ids) => Promise.resolve(persons.filter(({ id }) => ids.includes(id))),
  }
}
