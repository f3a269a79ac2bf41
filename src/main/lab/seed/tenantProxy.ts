import type { TenantGroup } from '../tenant/tenantGroup.ts'
import type { TenantProxy } from '../tenant/tenantProxy.ts'
import { listProxyApplications, proxyConnectors } from './proxy.ts'
import { makeSeededRandom } from './random.ts'
import { partnersGroupName } from './tenantGroups.ts'

/** The same connectors and applications as `workspace.json` of a new lab names, as Entra has them. The portal lets everybody through to itself, unknown to Entra. */
export function makeTenantProxy(dnsName: string, groups: readonly TenantGroup[]): TenantProxy {
  const ids = makeSeededRandom(0x9802)
  const names = [...new Set(proxyConnectors.map(({ group }) => group))]
  const idOfGroup = new Map(names.map((name) => [name, ids.nextGuid()]))
  const partners = groups.find(({ displayName }) => displayName === partnersGroupName)
  return {
    groups: names.map((name, index) => ({ id: idOfGroup.get(name) ?? '', name, isDefault: index === 0 })),
    connectors: proxyConnectors.filter(({ kind }) => kind === 'computer').map(({ account, group, isActive }, index) => ({
      id: ids.nextGuid(), machineName: `${account.toLowerCase()}.${dnsName}`, externalIp: `203.0.113.${10 + index}`, status: isActive ? 'active' : 'inactive', groupId: idOfGroup.get(group) ?? '',
    })),
    applications: listProxyApplications(dnsName).map(({ name, spn, group, internalUrl, mapping }) => ({
      id: ids.nextGuid(), appId: ids.nextGuid(), servicePrincipalId: ids.nextGuid(), displayName: name, groupId: idOfGroup.get(group) ?? '',
      internalUrl, externalUrl: `https://${name.toLowerCase()}-contosolab.msappproxy.net/`,
      externalAuthenticationType: name === 'Portal' ? 'passthru' : 'aadPreAuthentication',
      kerberosServicePrincipalName: spn, kerberosSignOnMappingAttributeType: mapping,
      // The ERP is for partners only; the other sites are open to everybody in the tenant.
      assignments: name === 'ERP' && partners !== undefined ? [{ principalId: partners.id, principalType: 'Group', principalDisplayName: partners.displayName }] : null,
    })),
  }
}
