import type { AttributeChange, ExistingChange } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { FlowTrace, OutboundDecision, SkipReason } from '../../shared/domain/decision.ts'
import { parseObjectGuid, type Dn } from '../../shared/domain/ids.ts'
import type { CompiledOutboundRule } from '../rules/compiled.ts'
import { readControl } from './accountControl.ts'
import { controlNotRead, unusableAccount } from './accountProblems.ts'
import { adoptionOf, type Adoption } from './adoption.ts'
import { compareAccount } from './compareAccount.ts'
import type { EngineSettings, OutboundInput } from './contract.ts'
import { contestedChanges } from './contestedChanges.ts'
import { findIdentityChange } from './identityChange.ts'
import { decidedAnchor } from './joinDecisions.ts'
import { isBlocked } from './judgeLeaver.ts'
import { firstFailure, flowOutbound, type WantedAttribute } from './outboundFlow.ts'
import { fenceOff } from './ownership.ts'
import { preconditionOf } from './precondition.ts'
import { byName } from './provision.ts'
import { renameAccount, type Renaming, type RenamingResult } from './renameAccount.ts'
import { standingOfGuest, standingOfLeaver, type Standing } from './standing.ts'
import { subjectOf } from './subject.ts'

/** `guest` is linked and in scope; `rules` are the outbound rules in scope, at least one. */
export type AccountInput = Omit<OutboundInput, 'guest' | 'account'> & {
  readonly guest: ConnectorObject
  readonly account: ConnectorObject
  readonly rules: readonly CompiledOutboundRule[]
}

type Decided = { readonly decision: OutboundDecision; readonly traces: readonly FlowTrace[] }

/**
 * What is to be done about an account that exists: nothing, because it is fenced off or right already; or one change of the
 * strongest kind with all that differs. An account with a problem in any flow is left as it is; but for a disable, which
 * waits for nothing.
 */
export function decideAboutAccount(settings: EngineSettings, input: AccountInput): Decided {
  const { person, guest, account, rules, failedAttributes = [] } = input
  const skip = (reason: SkipReason, traces: readonly FlowTrace[] = []): Decided => ({ decision: { kind: 'skip', metaverseId: person.id, reason }, traces })
  const anchor = parseObjectGuid(account.anchor)
  if (account.dn === null || !anchor.ok) return skip({ kind: 'problem', problem: unusableAccount(account) })
  const { dn } = account
  const decidedFor = decidedAnchor(person, account.anchor, input.joinDecision ?? null)
  const fenced = fenceOff(settings, account, dn, { entraId: guest.anchor, decidedFor })
  if (fenced !== null) return skip(fenced)
  const adoption = adoptionOf(settings, person, guest, account)
  const standing = standingOf(settings, input, dn, adoption)

  const flows = flowOutbound(settings, person, rules, 'update')
  const comparison = compareAccount(account, flows, failedAttributes)
  const renaming = adoption === null && !isBlocked(guest) ? renameAccount(settings, person, placeAfter(standing, dn), flows) : null
  const traces = renaming?.trace ? [...comparison.traces, renaming.trace] : comparison.traces
  const { changes, contested } = contestedChanges(comparison.changes, decidedFor === null ? input.undoneByOthers : [])
  const obstacle = obstacleToWriting({ input, flows, renaming, changes: comparison.changes, adoption })
  if (obstacle !== null && !isDisable(standing)) return skip(obstacle, traces)
  // Adopted without the mark that somebody else takes off again, it would be adopted for ever.
  if (adoption !== null && contested.length > 0) return skip({ kind: 'secondEngine', dn, attributes: contested }, traces)

  const written = obstacle === null ? changes : []
  const what = kindOf({ standing, adoption, renaming: renaming?.result.ok === true ? renaming.result.value : null, changes: written })
  if (what === null) return skip(reportOf(standing, contested, dn), traces)
  const change: ExistingChange = {
    kind: what.kind, metaverseId: person.id, subject: subjectOf(person, guest, account), reason: what.reason, rule: rules[0]?.name ?? '',
    attributes: [...written, ...what.bits].sort(byName), undo: what.undo, anchor: anchor.value, dn, newDn: what.newDn,
    precondition: preconditionOf({ account, compared: comparison.compared, alsoRead: adoption?.read ?? [], kind: what.kind }),
  }
  return { decision: { kind: 'change', change }, traces }
}

/**
 * An account that is to be adopted is approved as it is shown, enabled or disabled; what follows is asked when it is ours. So
 * the account of a blocked guest is adopted first and disabled by the next synchronisation (sync-semantics 6 and 11).
 */
function standingOf(settings: EngineSettings, { guest, account, ownDisable, rules }: AccountInput, dn: Dn, adoption: Adoption | null): Standing {
  if (adoption !== null) return { kind: 'asItIs' }
  const control = readControl(account)
  if (control === null) return isBlocked(guest) || ownDisable !== null ? { kind: 'report', reason: { kind: 'problem', problem: controlNotRead(account) } } : { kind: 'asItIs' }
  const input = { dn, anchor: account.anchor, control, ownDisable, rule: rules[0]?.name ?? '' }
  return isBlocked(guest) ? standingOfLeaver(settings, input, 'blocked') : standingOfGuest(settings, input)
}

function isDisable(standing: Standing): boolean {
  return standing.kind === 'change' && standing.change.kind === 'disable'
}

/** Rules may want another name than the one that it comes back with: that is asked of the place it comes back to. */
function placeAfter(standing: Standing, dn: Dn): Dn {
  return standing.kind === 'change' ? (standing.change.newDn ?? dn) : dn
}

type Writing = {
  readonly input: AccountInput
  readonly flows: readonly WantedAttribute[]
  readonly renaming: RenamingResult | null
  readonly changes: readonly AttributeChange[]
  readonly adoption: Adoption | null
}

function obstacleToWriting({ input, flows, renaming, changes, adoption }: Writing): SkipReason | null {
  const problem = firstFailure(flows)
  if (problem !== null) return { kind: 'problem', problem }
  if (renaming !== null && !renaming.result.ok) return renaming.result.problem
  const { guest, account, joinDecision = null } = input
  // An adoption shows what it overwrites and is approved with it.
  const identity = adoption === null ? findIdentityChange(guest, account, changes, joinDecision) : null
  return identity === null || account.dn === null ? null : { kind: 'identityChanged', account: account.dn, ...identity }
}

type Parts = { readonly standing: Standing; readonly adoption: Adoption | null; readonly renaming: Renaming | null; readonly changes: readonly AttributeChange[] }
type What = Pick<ExistingChange, 'kind' | 'reason' | 'undo' | 'newDn'> & { readonly bits: readonly AttributeChange[] }

function kindOf({ standing, adoption, renaming, changes }: Parts): What | null {
  if (standing.kind === 'change') return { ...standing.change, newDn: renaming?.newDn ?? standing.change.newDn, bits: standing.change.attributes }
  if (adoption !== null) return { kind: 'adopt', reason: adoption.reason, undo: { kind: 'writesFormerValues' }, newDn: null, bits: [] }
  if (renaming !== null) return { kind: renaming.kind, reason: { kind: 'nameDiffers', rule: renaming.rule }, undo: { kind: 'movesBack' }, newDn: renaming.newDn, bits: [] }
  if (changes.length === 0) return null
  return { kind: 'update', reason: { kind: 'attributesDiffer', attributes: changes.map((change) => change.name) }, undo: { kind: 'writesFormerValues' }, newDn: null, bits: [] }
}

/** What matters most of the reasons why nothing is written. */
function reportOf(standing: Standing, contested: readonly string[], dn: Dn): SkipReason {
  if (contested.length > 0) return { kind: 'secondEngine', dn, attributes: contested }
  return standing.kind === 'report' ? standing.reason : { kind: 'unchanged' }
}
