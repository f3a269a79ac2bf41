/** A Kerberos realm and who answers for it. Without controllers DNS is asked (`_kerberos._tcp`). */
export type Realm = {
  /** DNS name of the domain, in any case. */
  readonly domain: string
  /** Host names or addresses. */
  readonly controllers: readonly string[]
}

/**
 * krb5.conf(5) of one proof; the first realm is that of the connector. `serviceHost` is mapped to it, because a host
 * outside of the domain's DNS names can own its SPN there too. Names are not canonicalised: the ticket is asked for under
 * the SPN that the proxy is set to.
 */
export function renderKerberosConfiguration(realms: readonly Realm[], serviceHost: string | null): string {
  const names = realms.map(({ domain }) => domain.toUpperCase())
  const asksDns = realms.some(({ controllers }) => controllers.length === 0)
  const hosts = realms.flatMap(({ domain }) => [`.${domain.toLowerCase()}`, domain.toLowerCase()].map((host) => ` ${host} = ${domain.toUpperCase()}`))
  const ofService = serviceHost === null || names[0] === undefined ? [] : [` ${serviceHost.toLowerCase()} = ${names[0]}`]
  return [
    '[libdefaults]', ` default_realm = ${names[0] ?? ''}`, ' dns_lookup_realm = false', ` dns_lookup_kdc = ${asksDns}`,
    ' dns_canonicalize_hostname = false', ' rdns = false', ' forwardable = true',
    // Tickets of Active Directory rarely fit into a datagram.
    ' udp_preference_limit = 1',
    '[realms]', ...realms.flatMap(describeRealm), '[domain_realm]', ...hosts, ...ofService, '',
  ].join('\n')
}

/** What can stand in the file without being anything else than a name. */
export function isHostName(text: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text) || isIpv6(text)
}

function isIpv6(text: string): boolean {
  return /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text)
}

function describeRealm({ domain, controllers }: Realm): readonly string[] {
  return [` ${domain.toUpperCase()} = {`, ...controllers.map((host) => `  kdc = ${isIpv6(host) ? `[${host}]` : host}`), ' }']
}
