/**
 * What the lab's proxy is set up with: connectors in two groups, and the web sites behind them. Some are set up wrong on
 * purpose, beside the faults in the directory (delegation.ts): a host that is an alias, one that DNS does not know, an
 * address of another host, a mapping that guests have no value for.
 */

export type ProxyConnector = { readonly account: string; readonly group: string; readonly isActive: boolean }
export type ProxyApplication = {
  readonly name: string
  readonly spn: string
  readonly group: string
  readonly internalUrl: string
  readonly mapping: 'userPrincipalName' | 'onPremisesSAMAccountName'
}

const headquarters = 'Headquarters'
const branches = 'Branch offices'

export const proxyConnectors: readonly ProxyConnector[] = [
  { account: 'CONNECTOR01', group: headquarters, isActive: true },
  { account: 'CONNECTOR02', group: headquarters, isActive: true },
  { account: 'CONNECTOR03', group: headquarters, isActive: true },
  { account: 'CONNECTOR04', group: branches, isActive: true },
  { account: 'CONNECTOR05', group: branches, isActive: false },
]

type Site = { readonly name: string; readonly site: string; readonly group: string; readonly spn?: string; readonly internalUrl?: string; readonly mapping?: ProxyApplication['mapping'] }

const sites: readonly Site[] = [
  { name: 'Intranet', site: 'intranet', group: headquarters },
  { name: 'ERP', site: 'erp', group: headquarters },
  { name: 'Wiki', site: 'wiki', group: headquarters },
  { name: 'CRM', site: 'crm', group: branches },
  { name: 'Portal', site: 'portal', group: branches },
  { name: 'Legacy', site: 'legacy', group: branches, internalUrl: 'https://legacy-old.contoso.lab/' },
  { name: 'Kiosk', site: 'kiosk', group: branches, mapping: 'onPremisesSAMAccountName' },
  { name: 'Reports', site: 'reports', group: branches, spn: 'https/reports' },
]

export function listProxyApplications(dnsName: string): readonly ProxyApplication[] {
  return sites.map(({ name, site, group, spn, internalUrl, mapping }) => ({
    name, group,
    spn: `${spn ?? `HTTP/${site}`}.${dnsName}`,
    internalUrl: internalUrl ?? `https://${site}.${dnsName}/`,
    mapping: mapping ?? 'userPrincipalName',
  }))
}
