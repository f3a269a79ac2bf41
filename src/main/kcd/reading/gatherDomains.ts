import { isIP } from 'node:net'
import type { ControllerFacts, DomainFacts } from '../../../shared/domain/delegation.ts'
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
  const tryOn = async (servers: readonly Server[], usual: number) => sources.probes.tryPort(host, (await findServer(sources, host, servers, signal))?.port ?? usual, signal)
  const [forTickets, forDirectory] = await Promise.all([tryOn(kerberos, usualPorts.kerberos), tryOn(sources.servers, usualPorts.ldaps)])
  return { ...controller, ports: { kerberos: forTickets, ldaps: forDirectory } }
}

/** The entry for a controller, by its name or its address: DNS and workspace.json may name it differently, and give it a port of its own. */
async function findServer({ probes }: DelegationSources, host: string, servers: readonly Server[], signal: AbortSignal): Promise<Server | null> {
  const byName = servers.find((server) => isSameHost(server.host, host))
  if (byName !== undefined) return byName
  const addressOf = async (name: string): Promise<string> => {
    if (isIP(name) !== 0) return name
    const found = await probes.resolveHost(name, signal)
    return found.kind === 'read' && found.value.kind === 'address' && found.value.target !== null ? found.value.target : name
  }
  const own = await addressOf(host)
  for (const server of servers) if (isSameHost(await addressOf(server.host), own)) return server
  return null
}

function isSameHost(left: string, right: string): boolean {
  return left.toLowerCase().replace(/\.$/, '') === right.toLowerCase().replace(/\.$/, '')
}
