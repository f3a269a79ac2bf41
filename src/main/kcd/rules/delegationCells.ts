import type { ApplicationFacts, ConnectorFacts, DelegationCell, DelegationFacts, PrincipalFacts } from '../../../shared/domain/delegation.ts'
import { accountOf, connectorsOf } from './connectorAccount.ts'
import { wayOf } from './delegationWay.ts'
import type { Judgement } from './runCheck.ts'
import { ownersOf, serviceAccounts } from './spnOwners.ts'
import { worstOf } from './worstState.ts'

/**
 * Each connector with each application that it serves: what is found of either, of both, and of their domains. What is found of a whole
 * group, of guests, or of a proof for one guest is not the pair's; a ticket that this connector got is.
 */
export function delegationCells(facts: DelegationFacts, judgements: readonly Judgement[]): readonly DelegationCell[] {
  const positions = groupPositions(judgements)
  const at = (key: string): readonly number[] => positions.get(key) ?? []
  return facts.applications.flatMap((application) => connectorsOf(facts, application).map((connector) => {
    const account = accountOf(connector)
    const connectorAccount = account.kind === 'read' ? account.value : null
    const service = serviceOf(facts, application)
    const domains = new Set([connectorAccount?.domain, service?.domain].flatMap((domain) => (domain === undefined ? [] : [domain.toLowerCase()])))
    const keys = [pairKey(connector.name, null), pairKey(null, application.id), pairKey(connector.name, application.id), ...[...domains].map(domainKey)]
    const findings = [...new Set(keys.flatMap(at))].sort((left, right) => left - right)
    return {
      connector: connector.name, application: application.id, findings,
      state: worstOf(findings.flatMap((position) => judgements[position] ?? [])),
      way: connectorAccount === null ? null : wayOf(connectorAccount, application.spn, service)
    }
  })).sort(compareCells)
}

/** With several owners nobody knows whose key the ticket gets. */
function serviceOf(facts: DelegationFacts, application: ApplicationFacts): PrincipalFacts | null {
  const owners = ownersOf(facts, application.spn)
  const [service, ...others] = owners.kind === 'read' ? serviceAccounts(owners.value) : []
  return service === undefined || others.length > 0 ? null : service
}

function groupPositions(judgements: readonly Judgement[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>()
  judgements.forEach((judgement, position) => {
    const key = keyOf(judgement)
    if (key === null) return
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [position])
    else group.push(position)
  })
  return groups
}

/** Null: it is about no pair. */
function keyOf({ row, finding, domain }: Judgement): string | null {
  const { connector, application, guest } = finding.about
  // A danger of the whole forest would colour every cell alike, and say nothing of any.
  if (domain !== null) return row.signOn === 'unaffected' ? null : domainKey(domain.toLowerCase())
  if (row.about === 'proof') return connector !== null && finding.state === 'passed' ? pairKey(connector, application) : null
  if (guest !== null || (connector === null && application === null)) return null
  return row.about === 'connectorGroup' && connector === null ? null : pairKey(connector, application)
}

function pairKey(connector: ConnectorFacts['name'] | null, application: ApplicationFacts['id'] | null): string {
  return JSON.stringify(['pair', connector, application])
}

function domainKey(domain: string): string {
  return JSON.stringify(['domain', domain])
}

function compareCells(left: DelegationCell, right: DelegationCell): number {
  if (left.connector !== right.connector) return left.connector < right.connector ? -1 : 1
  return left.application < right.application ? -1 : Number(left.application > right.application)
}
