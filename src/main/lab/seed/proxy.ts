/**
 * What the lab's proxy is set up with: connectors in three groups, and the web sites behind them. Some are set up wrong on
 * purpose, beside the faults in the directory (delegation.ts, delegationFaults.ts): a host that is an alias, one that DNS does not know, an
 * address of another host, a mapping that guests have no value for.
 */

/** `serviceAccount`: of a proxy of another make, which Entra does not know. */
export type ProxyConnector = { readonly account: string; readonly kind: 'computer' | 'serviceAccount'; readonly group: string; readonly isActive: boolean }
export type ProxyApplication = {
  readonly name: string
  readonly spn: string
  readonly group: string
  readonly internalUrl: string
  readonly mapping: 'userPrincipalName' | 'onPremisesSAMAccountName'
}

const headquarters = 'Headquarters'
const branches = 'Branch offices'
const oldSites = 'Old sites'

export const proxyConnectors: readonly ProxyConnector[] = [
  { account: 'CONNECTOR01', kind: 'computer', group: headquarters, isActive: true },
  { account: 'CONNECTOR02', kind: 'computer', group: headquarters, isActive: true },
  { account: 'CONNECTOR03', kind: 'computer', group: headquarters, isActive: true },
  { account: 'CONNECTOR04', kind: 'computer', group: branches, isActive: true },
  { account: 'CONNECTOR05', kind: 'computer', group: branches, isActive: false },
  { account: 'CONNECTOR06', kind: 'computer', group: oldSites, isActive: true },
  { account: 'svc-proxy', kind: 'serviceAccount', group: oldSites, isActive: true },
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
  ...['Orders', 'Travel', 'Canteen', 'Library', 'Archive', 'Vault', 'Helpdesk'].map((name) => ({ name, site: name.toLowerCase(), group: oldSites })),
]

export function listProxyApplications(dnsName: string): readonly ProxyApplication[] {
  return sites.map(({ name, site, group, spn, internalUrl, mapping }) => ({
    name, group,
    spn: `${spn ?? `HTTP/${site}`}.${dnsName}`,
    internalUrl: internalUrl ?? `https://${site}.${dnsName}/`,
    mapping: mapping ?? 'userPrincipalName',
  }))
}
