import type { DisconnectorReason } from '../../shared/domain/decision.ts'
import type { JoinDecision } from '../../shared/domain/lifecycle.ts'
import type { Link, MetaverseObject } from '../../shared/domain/metaverse.ts'

/** Stands in place of an attribute's name in links and reasons: the account was joined because a person said so. */
export const decisionCriterion = 'decision'

/**
 * Whether a link that exists must be broken: its account was disconnected from this person, joined to another one, or is to
 * be left alone. Links outlive a synchronisation, so the run asks this before the accounts are joined.
 */
export function isBrokenByDecision(link: Pick<Link, 'anchor'>, metaverseId: string, decisions: ReadonlyMap<string, JoinDecision>): boolean {
  const decision = decisions.get(link.anchor)?.decision
  if (decision === undefined) return false
  if (decision.kind === 'join') return decision.metaverseId !== metaverseId
  return decision.kind === 'leaveAlone' || decision.metaverseId === metaverseId
}

/** The anchor, where a person decided that the account is this person's; null where only criteria say so. */
export function decidedAnchor(person: MetaverseObject, anchor: string, decision: JoinDecision | null): string | null {
  const origin = person.links.find((link) => link.connector === 'ad' && link.anchor === anchor)?.origin
  const isDecided = decision?.anchor === anchor && decision.decision.kind === 'join' && decision.decision.metaverseId === person.id
  return isDecided || (origin?.kind === 'joined' && origin.criterion === decisionCriterion) ? anchor : null
}

export function leftAloneBy({ by, note }: JoinDecision): Extract<DisconnectorReason, { readonly kind: 'leftAlone' }> {
  return { kind: 'leftAlone', by, note }
}
