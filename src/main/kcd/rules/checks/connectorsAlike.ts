import type { ConnectorFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { accountOf } from '../connectorAccount.ts'
import { isSameDomain } from '../delegationWay.ts'
import { found, notChecked, passed } from '../outcome.ts'
import { ownersOf, serviceAccounts } from '../spnOwners.ts'
import { attributeOf, enumerate, nameOfApplication } from '../wording.ts'
import { checkAllowedToDelegate } from './allowedToDelegate.ts'
import { checkProtocolTransition } from './protocolTransition.ts'
import { checkDomains, checkResourceTrust } from './resourceTrust.ts'

type Standing = { readonly connector: ConnectorFacts; readonly obstacles: string | null; readonly unread: string | null; readonly read: readonly string[] }

/**
 * 4: a sign-on lands on any connector of the group, so all must be set alike. Compared is what stops a sign-on (checks 7, 8,
 * 11, 12): stale entries (9, 10) differ without harm to it.
 */
export function checkConnectorsAlike(subject: Subjects['connectorGroup']): readonly Outcome[] {
  const { application, connectors } = subject
  if (connectors.length < 2) return []
  const standings = connectors.map((connector) => assess(subject, connector))
  const known = standings.filter((standing) => standing.obstacles !== null)
  const read = standings.flatMap((standing) => standing.read)
  const first = known[0]
  if (first !== undefined && known.some((standing) => standing.obstacles !== first.obstacles)) return [describeDifference(subject, known, read)]
  const unread = standings.find((standing) => standing.unread !== null)
  if (unread !== undefined) return [notChecked(`Whether all connectors of ${application.name} are set alike`, `${unread.connector.name}: ${unread.unread ?? ''}`, read)]
  return [passed(`All ${connectors.length} connectors of ${application.name} are set alike for it.`, read)]
}

function describeDifference({ application, facts }: Subjects['connectorGroup'], known: readonly Standing[], read: readonly string[]): Outcome {
  const failing = known.filter((standing) => standing.obstacles !== '')
  const working = known.filter((standing) => standing.obstacles === '')
  const names = (standings: readonly Standing[]) => enumerate(standings.map((standing) => standing.connector.name))
  const owners = ownersOf(facts, application.spn)
  const service = owners.kind === 'read' ? serviceAccounts(owners.value)[0] : undefined
  const accounts = known.map((standing) => accountOf(standing.connector))
  const isAcross = service !== undefined && accounts.some((account) => account.kind === 'read' && !isSameDomain(account.value, service))
  const reasons = failing.map((standing) => `${standing.connector.name} fails check ${standing.obstacles ?? ''}`).join(', ')
  return found({
    message: working.length > 0
      ? `Sign-on to ${nameOfApplication(application)} fails now and then: ${reasons}; ${names(working)} ${working.length === 1 ? 'fails' : 'fail'} none of these.`
      : `Sign-on to ${nameOfApplication(application)} fails on each connector, and for different reasons: ${reasons}.`,
    remedy: working.length > 0 ? `Give ${names(failing)} the settings of ${names(working)} for this application.` : `Set ${names(failing)} up for this application, all in the same way.`,
    read, intent: { kind: 'makeApplicationWork', application: application.id, way: isAcross ? 'resourceBased' : 'classic' }
  })
}

function assess({ facts, application }: Subjects['connectorGroup'], connector: ConnectorFacts): Standing {
  const account = accountOf(connector)
  if (account.kind === 'notRead') return { connector, obstacles: null, unread: account.why, read: [] }
  const owners = ownersOf(facts, application.spn)
  const pair = { facts, connector, account: account.value, application }
  const services = owners.kind === 'read' ? serviceAccounts(owners.value) : []
  const outcomes = [
    ...checkProtocolTransition(pair).map((outcome) => ({ number: 7, outcome })),
    ...checkAllowedToDelegate(pair).map((outcome) => ({ number: 8, outcome })),
    ...services.flatMap((service) => checkDomains({ ...pair, service })).map((outcome) => ({ number: 11, outcome })),
    ...services.flatMap((service) => checkResourceTrust({ ...pair, service })).map((outcome) => ({ number: 12, outcome })),
  ]
  const read = attributeOf(account.value, 'msDS-AllowedToDelegateTo', 'userAccountControl')
  const unread = outcomes.find(({ outcome }) => outcome.state === 'notChecked')
  if (unread !== undefined) return { connector, obstacles: null, unread: unread.outcome.message, read }
  const numbers = outcomes.filter(({ outcome }) => outcome.state !== 'passed').map(({ number }) => number)
  return { connector, obstacles: [...new Set(numbers)].join(', '), unread: null, read }
}
