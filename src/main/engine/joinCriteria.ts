import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import { rdnOf } from '../../shared/domain/dn.ts'
import type { JoinCriterion } from '../rules/ruleSet.ts'
import { readConnectorAttribute } from './connectorAttribute.ts'
import type { EngineSettings, JoinSubject } from './contract.ts'

export type AccountCriterion = JoinCriterion & { readonly rule: string }

/** The criteria by which accounts are joined, in the order of trying. A rule's scope governs its flows only (sync-semantics 9). */
export function accountCriteria(settings: EngineSettings): readonly AccountCriterion[] {
  return settings.rules.inbound.filter((rule) => rule.connector === 'ad').flatMap((rule) => rule.join.map((criterion) => ({ ...criterion, rule: rule.name })))
}

/** What `joinAccounts` needs of an account, and no more: subjects of the whole directory are held at the same time. */
export function joinSubjectOf(settings: EngineSettings, account: ConnectorObject): JoinSubject {
  const values: Record<string, string> = {}
  for (const name of [...accountCriteria(settings).map((criterion) => criterion.connectorAttribute), 'adminDescription', 'cn']) {
    const value = readConnectorAttribute(account, name)[0]
    if (value !== undefined) values[name] = String(value)
  }
  // The cn is part of the name: an import that did not ask for it has it all the same.
  if (account.dn !== null && values['cn'] === undefined) values['cn'] = rdnOf(account.dn).value
  return { anchor: account.anchor, dn: account.dn, values }
}
