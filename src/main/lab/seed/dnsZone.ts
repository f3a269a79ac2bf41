import type { DnsRecord } from '../dns/dnsMessage.ts'
import type { DnsZone } from '../dns/dnsServer.ts'
import { labDomain } from './domain.ts'

const { dnsName, controllerName } = labDomain
const hosts = [controllerName, ...['web01', 'web02', 'file01', 'connector01', 'connector02', 'connector03', 'connector04', 'connector05', 'connector06'].map((name) => `${name}.${dnsName}`)]
const sites = ['intranet', 'erp', 'wiki', 'crm', 'legacy', 'legacy-old', 'kiosk', 'orders', 'travel', 'canteen', 'library', 'archive', 'vault', 'helpdesk'].map((name) => `${name}.${dnsName}`)

/**
 * The domain's zone as its controller would hold it. Two mistakes are planted: `portal` is an alias, for which browsers ask a
 * ticket in the name of its target, and `reports` does not exist. There is no KDC in the lab: the directory's port stands
 * for it, so that reachability can be looked at.
 */
export function makeDnsZone(ports: { readonly ldap: number }): DnsZone {
  const address: DnsRecord = { type: 'A', address: '127.0.0.1' }
  const service = (port: number): DnsRecord => ({ type: 'SRV', priority: 0, weight: 100, port, target: controllerName })
  return new Map<string, readonly DnsRecord[]>([
    ...[...hosts, ...sites].map((name) => [name, [address]] as const),
    [`portal.${dnsName}`, [{ type: 'CNAME', target: `web01.${dnsName}` }]],
    [`_kerberos._tcp.${dnsName}`, [service(ports.ldap)]],
    [`_ldap._tcp.${dnsName}`, [service(ports.ldap)]],
  ])
}
