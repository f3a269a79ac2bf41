import type { ConnectorFacts, PrincipalFacts, Reading } from '../../../shared/domain/delegation.ts'
import { parseDn } from '../../../shared/domain/dn.ts'
import type { ConnectorConfiguration } from '../../workspace/configuration.ts'
import type { PrincipalQuery } from '../../connectors/delegationPorts.ts'
import type { DelegationSources } from './delegationSources.ts'
import { findAnywhere } from './findAnywhere.ts'

/** Those of Entra first: an account that workspace.json names as well is the same connector, of which Entra knows more. */
export async function gatherConnectors(sources: DelegationSources, signal: AbortSignal): Promise<readonly ConnectorFacts[]> {
  const ofEntra: ConnectorFacts[] = []
  for (const connector of sources.proxy?.kind === 'read' ? sources.proxy.value.connectors : []) {
    const accounts = await findAnywhere(sources, [{ by: 'dnsHostName', dnsHostName: connector.machineName }], signal)
    ofEntra.push({ name: connector.machineName, group: connector.group, source: 'entra', status: connector.status, accounts })
  }
  const known = new Set(ofEntra.flatMap(({ accounts }) => anchorsOf(accounts)))
  const configured: ConnectorFacts[] = []
  for (const connector of sources.configuration?.connectors ?? []) {
    const found = await gatherConfigured(sources, connector, signal)
    const anchors = anchorsOf(found.accounts)
    if (anchors.length === 0 || !anchors.every((anchor) => known.has(anchor))) configured.push(found)
  }
  return [...ofEntra, ...configured]
}

function anchorsOf(accounts: Reading<readonly PrincipalFacts[]>): readonly string[] {
  return accounts.kind === 'read' ? accounts.value.map(({ anchor }) => anchor) : []
}

async function gatherConfigured(sources: DelegationSources, { account, group }: ConnectorConfiguration, signal: AbortSignal): Promise<ConnectorFacts> {
  const queries = queriesFor(account)
  const accounts: Reading<readonly PrincipalFacts[]> = queries === null ? { kind: 'notRead', why: `${account} is not a distinguished name` } : await findAnywhere(sources, queries, signal)
  return { name: nameOf(account, accounts), group: group ?? null, source: 'configuration', status: null, accounts }
}

/** Ways in which a text may name an account; null where it looks like a DN and is none. All that the name could mean is asked for: several are a finding. */
export function queriesFor(account: string): readonly PrincipalQuery[] | null {
  if (account.includes('=')) {
    const dn = parseDn(account)
    return dn.ok ? [{ by: 'dn', dn: dn.value }] : null
  }
  const names: readonly PrincipalQuery[] = [{ by: 'accountName', accountName: account }, ...(account.endsWith('$') ? [] : [{ by: 'accountName', accountName: `${account}$` } as const])]
  if (account.includes('@')) return [{ by: 'userPrincipalName', userPrincipalName: account }]
  return account.includes('.') ? [{ by: 'dnsHostName', dnsHostName: account }, ...names] : names
}

function nameOf(account: string, accounts: Reading<readonly PrincipalFacts[]>): string {
  const [only, ...others] = accounts.kind === 'read' ? accounts.value : []
  return only === undefined || others.length > 0 ? account : only.accountName.replace(/\$$/, '')
}
