import type { CreateChange } from '../../shared/domain/change.ts'
import type { NameAttempt, OutboundDecision } from '../../shared/domain/decision.ts'
import type { CreateRequest, EngineSettings, NameOutcome, NamesInput, NamesNeeded, NamesResult, NameWish } from './contract.ts'
import { giveNames, wishedAccountNames } from './giveNames.ts'

/** Fifth step: `giveNames` for requests that are at hand as a whole, with what was tried for each of them. */
export function planNames(_settings: EngineSettings, { requests, ...others }: NamesInput): NamesResult | NamesNeeded {
  const attempts = new Map<string, readonly NameAttempt[]>()
  const result = giveNames({ ...others, wishes: requests.map(wishOf) }, (id, tried) => attempts.set(id, tried))
  if ('needs' in result) return result
  const wanted = new Map(requests.map(({ metaverseId, change }) => [metaverseId, change]))
  const creates = [...result.outcomes].flatMap(([id, outcome]) => decide(wanted.get(id), outcome))
  return { decisions: [...result.decisions, ...creates], attempts }
}

/** The account names to ask the domain about first: the wishes. */
export function nameLookups(requests: readonly CreateRequest[]): readonly string[] {
  return wishedAccountNames(requests.map(wishOf))
}

export function wishOf({ metaverseId, change }: CreateRequest): NameWish {
  return { metaverseId, dn: change.dn, accountName: wishedText(change, 'sAMAccountName'), userPrincipalName: wishedText(change, 'userPrincipalName') }
}

/** The account under the name that it was given. */
export function withAccountName(change: CreateChange, name: string): CreateChange {
  if (wishedText(change, 'sAMAccountName') === name) return change
  return { ...change, attributes: change.attributes.map((attribute) => (attribute.name === 'sAMAccountName' ? { ...attribute, after: [name] } : attribute)) }
}

function decide(change: CreateChange | undefined, outcome: NameOutcome): readonly OutboundDecision[] {
  if (change === undefined) return []
  if (outcome.kind === 'refused') return [{ kind: 'skip', metaverseId: change.metaverseId, reason: outcome.reason }]
  return [{ kind: 'change', change: withAccountName(change, outcome.accountName) }]
}

/** `provision` makes no request without these. */
function wishedText(change: CreateChange, name: string): string {
  return String(change.attributes.find((attribute) => attribute.name === name)?.after[0] ?? '')
}
