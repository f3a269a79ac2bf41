import type { ApplicationFacts, ConnectorFacts, DelegationFacts, PrincipalFacts, Reading } from '../../../shared/domain/delegation.ts'

/** The one account of the connector, or why there is none to look at. */
export function accountOf(connector: ConnectorFacts): Reading<PrincipalFacts> {
  if (connector.accounts.kind === 'notRead') return connector.accounts
  const [account, ...others] = connector.accounts.value
  if (account === undefined) return { kind: 'notRead', why: `no account belongs to connector ${connector.name}` }
  if (others.length > 0) return { kind: 'notRead', why: `several accounts could be connector ${connector.name}` }
  return { kind: 'read', value: account }
}

/** Connectors that the application's sign-ons may land on. Without a group, a connector serves every application, and an application has every connector. */
export function connectorsOf(facts: DelegationFacts, application: ApplicationFacts): readonly ConnectorFacts[] {
  return facts.connectors.filter((connector) => connector.group === null || application.group === null || connector.group === application.group)
}
