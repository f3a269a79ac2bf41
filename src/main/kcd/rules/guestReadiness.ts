import type { ApplicationFacts, DelegationCell, DelegationFacts, FindingState, GuestFacts, GuestReadiness, LoginIdentity } from '../../../shared/domain/delegation.ts'
import { loginIdentitiesOf } from './loginIdentity.ts'
import type { Judgement } from './runCheck.ts'
import { isWorse, worseOf, worstOf } from './worstState.ts'

type Service = { readonly application: ApplicationFacts; readonly state: FindingState; readonly positions: readonly number[] }

/**
 * Whether sign-on will work for each guest and application: what is found of the guest, of the guest with the application, and of the best
 * connector of the application. If none works, what is wrong with the best one is named.
 */
export function guestReadiness(facts: DelegationFacts, judgements: readonly Judgement[], cells: readonly DelegationCell[]): readonly GuestReadiness[] {
  const services = [...facts.applications].sort((left, right) => compareTexts(left.id, right.id)).map((application) => assessService(application, judgements, cells))
  const ofGuests = groupByGuest(judgements)
  return [...facts.guests].sort((left, right) => compareTexts(left.entraId, right.entraId)).flatMap((guest) => {
    const identities = loginIdentitiesOf(guest)
    const positions = ofGuests.get(guest.entraId) ?? []
    return services.map((service) => {
      const own = positions.filter((position) => concerns(judgements[position], service.application))
      const state = worseOf(service.state, worstOf(own.flatMap((position) => judgements[position] ?? [])), stateOfIdentity(guest, service.application, identities))
      const findings = [...new Set([...own, ...service.positions])].sort((left, right) => left - right)
      return { guest: guest.entraId, application: service.application.id, state, identities, findings }
    })
  })
}

/** Where connectors differ (check 4), a sign-on may land on one that works: a warning, as long as one does. What else is found of a group concerns no sign-on of today. */
function assessService(application: ApplicationFacts, judgements: readonly Judgement[], cells: readonly DelegationCell[]): Service {
  const own = cells.filter((cell) => cell.application === application.id)
  const best = own.reduce<DelegationCell | null>((best, cell) => (best === null || isWorse(best.state, cell.state) ? cell : best), null)
  const group = judgements.flatMap(({ row, finding }, position) =>
    (row.about === 'connectorGroup' && finding.about.application === application.id && finding.about.connector === null && finding.state === 'failed' ? [position] : []))
  if (best === null) return { application, state: 'failed', positions: group }
  const faults = best.findings.filter((position) => judgements[position]?.finding.state !== 'passed')
  return { application, state: worseOf(best.state, group.length > 0 ? 'warning' : 'passed'), positions: [...faults, ...group] }
}

/** A refused proof of one guest counts for that guest; of other guests' proofs this guest learns nothing. */
function groupByGuest(judgements: readonly Judgement[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>()
  judgements.forEach(({ finding }, position) => {
    const guest = finding.about.guest
    if (guest === null) return
    const group = groups.get(guest)
    if (group === undefined) groups.set(guest, [position])
    else group.push(position)
  })
  return groups
}

function concerns(judgement: Judgement | undefined, application: ApplicationFacts): boolean {
  const about = judgement?.finding.about.application ?? null
  return about === null || about === application.id
}

/** Without a mapping that is known, the proxy must hand over the UPN: what stands in the way of that is found by checks 31 and 32. */
function stateOfIdentity(guest: GuestFacts, application: ApplicationFacts, identities: readonly LoginIdentity[]): FindingState {
  const login = identities.find((identity) => identity.mapping === (application.mapping ?? 'userPrincipalName'))
  if (login === undefined || login.resolvesTo === 'theGuestsAccount') return 'passed'
  // Who is mastered in Active Directory has an account there that is none of ours.
  if (login.resolvesTo === 'anotherAccount' && guest.isSynchronised === true && guest.account.kind === 'read' && guest.account.value === null) return 'warning'
  return login.resolvesTo === 'notChecked' ? 'notChecked' : 'failed'
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : Number(left > right)
}
