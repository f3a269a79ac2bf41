import { valuesOf } from '../../shared/domain/attributes.ts'
import type { AttributeChange, ExistingChange, Reason, UndoNote } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { FlowTrace, OutboundDecision, SkipReason } from '../../shared/domain/decision.ts'
import { parseObjectGuid, type Dn } from '../../shared/domain/ids.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { ObjectProblem } from '../../shared/domain/problem.ts'
import type { CompiledOutboundRule } from '../rules/compiled.ts'
import { compareAccount } from './compareAccount.ts'
import type { EngineSettings } from './contract.ts'
import { directoryAttribute } from './directoryValues.ts'
import { firstFailure, flowOutbound } from './outboundFlow.ts'
import { fenceOff, hasOwnMark } from './ownership.ts'
import { preconditionOf } from './precondition.ts'
import { renameAccount, type Renaming } from './renameAccount.ts'
import { subjectOf } from './subject.ts'

export type AccountInput = {
  readonly person: MetaverseObject
  /** Linked and in scope. */
  readonly guest: ConnectorObject
  readonly account: ConnectorObject
  /** The outbound rules in scope, at least one. */
  readonly rules: readonly CompiledOutboundRule[]
  readonly failedAttributes: readonly string[]
}

/**
 * What is to be done about an account that exists: nothing, because it is fenced off or right already; or one change that
 * adopts, renames, moves or updates it. An account with a problem in any flow is left as it is.
 */
export function decideAboutAccount(settings: EngineSettings, input: AccountInput): { readonly decision: OutboundDecision; readonly traces: readonly FlowTrace[] } {
  const { person, guest, account, rules } = input
  const skip = (reason: SkipReason, traces: readonly FlowTrace[] = []) => ({ decision: { kind: 'skip', metaverseId: person.id, reason } as const, traces })
  const anchor = parseObjectGuid(account.anchor)
  if (account.dn === null || !anchor.ok) return skip({ kind: 'problem', problem: unusableAccount(account) })
  const fenced = fenceOff(settings.managedOus, account, account.dn, guest.anchor)
  if (fenced !== null) return skip(fenced)

  const flows = flowOutbound(settings, person, rules, 'update')
  const comparison = compareAccount(account, flows, input.failedAttributes)
  const adoption = adoptionOf(settings, input)
  // An account is adopted where it lies; what its DN should be is asked again when it is ours.
  const renaming = adoption === null ? renameAccount(settings, person, account.dn, flows) : null
  const traces = renaming?.trace ? [...comparison.traces, renaming.trace] : comparison.traces
  const problem = firstFailure(flows)
  if (problem !== null) return skip({ kind: 'problem', problem }, traces)
  if (renaming !== null && !renaming.result.ok) return skip(renaming.result.problem, traces)

  const what = kindOf(comparison.changes, adoption, renaming?.result.ok === true ? renaming.result.value : null)
  if (what === null) return skip({ kind: 'unchanged' }, traces)
  const change: ExistingChange = {
    kind: what.kind,
    metaverseId: person.id,
    subject: subjectOf(person, guest),
    reason: what.reason,
    rule: rules[0]?.name ?? '',
    attributes: comparison.changes,
    undo: what.undo,
    anchor: anchor.value,
    dn: account.dn,
    newDn: what.newDn,
    precondition: preconditionOf({ account, compared: comparison.compared, alsoRead: adoption?.read ?? [], kind: what.kind }),
  }
  return { decision: { kind: 'change', change }, traces }
}

type Adoption = { readonly reason: Reason; readonly read: readonly string[] }

/** A join to an account that we did not make and have not marked yet (sync-semantics 11). */
function adoptionOf(settings: EngineSettings, { person, guest, account }: AccountInput): Adoption | null {
  const origin = person.links.find((link) => link.connector === account.connector && link.anchor === account.anchor)?.origin
  if (origin?.kind === 'provisioned' || hasOwnMark(account, guest.anchor)) return null
  const { criterion, value } = origin?.kind === 'joined' ? origin : { criterion: 'objectGUID', value: account.anchor }
  const groups = valuesOf(account.attributes, 'memberOf').map(String).toSorted()
  return { reason: { kind: 'accountAdopted', criterion, value, groups }, read: [...attributeRead(settings, criterion), 'memberOf'] }
}

/** Anchor and DN are bound by the change itself. */
function attributeRead(settings: EngineSettings, criterion: string): readonly string[] {
  return ['objectGUID', 'dn', 'distinguishedName'].includes(criterion) ? [] : [directoryAttribute(settings.directorySchema, criterion).name]
}

type What = { readonly kind: 'adopt' | 'update' | 'rename' | 'move'; readonly reason: Reason; readonly undo: UndoNote; readonly newDn: Dn | null }

function kindOf(changes: readonly AttributeChange[], adoption: Adoption | null, renaming: Renaming | null): What | null {
  if (adoption !== null) return { kind: 'adopt', reason: adoption.reason, undo: { kind: 'writesFormerValues' }, newDn: null }
  if (renaming !== null) return { kind: renaming.kind, reason: { kind: 'nameDiffers', rule: renaming.rule }, undo: { kind: 'movesBack' }, newDn: renaming.newDn }
  if (changes.length === 0) return null
  return { kind: 'update', reason: { kind: 'attributesDiffer', attributes: changes.map((change) => change.name) }, undo: { kind: 'writesFormerValues' }, newDn: null }
}

function unusableAccount(account: ConnectorObject): ObjectProblem {
  return {
    kind: 'nameInvalid',
    message: `The account ${account.anchor} was imported without a usable DN or objectGUID.`,
    remedy: 'Run the full import of "ad" again; if this stays, report it with the log of the import.',
    connector: 'ad',
    object: account.anchor,
  }
}
