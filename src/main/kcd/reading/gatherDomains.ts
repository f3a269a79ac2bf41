import type { ControllerFacts, DomainFacts, Reading } from '../../../shared/domain/delegation.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { DelegationReader } from '../../connectors/delegationPorts.ts'
import type { DelegationSources } from './delegationSources.ts'

type ReadDomain = Extract<Awaited<ReturnType<DelegationReader['readDomain']>>, { readonly ok: true }>['value']
type Server = DelegationSources['servers'][number]

/** Ports of a domain controller (Microsoft Learn, "Service overview and network port requirements for Windows"). */
const usualPorts = { kerberos: 88, ldaps: 636 } as const

/** The domain of the accounts, and that of connectors and applications where it is another one. */
export async function gatherDomains(sources: DelegationSources, signal: AbortSignal): Promise<Result<readonly DomainFacts[], Problem>> {
  const accounts = await sources.accounts.readDomain(signal)
  if (!accounts.ok) return accounts
  if (sources.resources === null) return succeed([await complete(sources, accounts.value, 'both', signal)])
  const resources = await sources.resources.readDomain(signal)
  if (!resources.ok) return resources
  // Both may be configured with different accounts for what is one domain.
  if (resources.value.sid === accounts.value.sid) return succeed([await complete(sources, accounts.value, 'both', signal)])
  return succeed([await complete(sources, accounts.value, 'accounts', signal), await complete(sources, resources.value, 'resources', signal)])
}

async function complete(sources: DelegationSources, domain: ReadDomain, role: DomainFacts['role'], signal: AbortSignal): Promise<DomainFacts> {
  const found = await sources.probes.findServers(`_kerberos._tcp.${domain.dnsName}`, signal)
  const kerberos = found.kind === 'read' ? found.value : []
  const controllers = await Promise.all(domain.controllers.map((controller) => withPorts(sources, controller, kerberos, signal)))
  return { ...domain, role, controllers, kerberosServers: found.kind === 'read' ? { kind: 'read', value: kerberos.map(({ host }) => host) } : found }
}

async function withPorts(sources: DelegationSources, controller: ReadDomain['controllers'][number], kerberos: readonly Server[], signal: AbortSignal): Promise<ControllerFacts> {
  const { host } = controller
  const listed = kerberos.find((server) => isSameHost(server.host, host))
  const ports = await Promise.all([
    sources.probes.tryPort(host, listed?.port ?? usualPorts.kerberos, signal),
    findLdapsPort(sources, host, signal).then((port) => sources.probes.tryPort(host, port, signal)),
  ])
  return { ...controller, ports: { kerberos: ports[0], ldaps: ports[1] } }
}

/** A controller that workspace.json names with a port, by its name or its address, is looked for there. */
async function findLdapsPort({ servers, probes }: DelegationSources, host: string, signal: AbortSignal): Promise<number> {
  const byName = servers.find((server) => isSameHost(server.host, host))
  if (byName !== undefined) return byName.port
  const address: Reading<{ readonly target: string | null }> = await probes.resolveHost(host, signal)
  const target = address.kind === 'read' ? address.value.target : null
  return servers.find((server) => target !== null && isSameHost(server.host, target))?.port ?? usualPorts.ldaps
}

function isSameHost(left: string, right: string): boolean {
  return left.toLowerCase().replace(/\.$/, '') === right.toLowerCase().replace(/\.$/, '')
}
