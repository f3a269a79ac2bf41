import type { FlowTrace, SkipReason } from '../../shared/domain/decision.ts'
import { isWithin, parentDn, parseDn, sameDn } from '../../shared/domain/dn.ts'
import type { Dn } from '../../shared/domain/ids.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { EngineSettings } from './contract.ts'
import { traceOf, type WantedAttribute } from './outboundFlow.ts'
import { isManaged, managedOusOf } from './ownership.ts'

export type Renaming = { readonly kind: 'rename' | 'move'; readonly newDn: Dn; readonly rule: string }
export type RenamingResult = { readonly result: Result<Renaming | null, SkipReason>; readonly trace: FlowTrace | null }

/**
 * Where the rules want the account to lie. Only a DN flow that is not for new accounts alone asks for anything, and only
 * for an account that lies in the guest OU (sync-semantics 3); it never leads out of the managed OUs.
 */
export function renameAccount(settings: EngineSettings, person: MetaverseObject, dn: Dn, flows: readonly WantedAttribute[]): RenamingResult {
  const flow = flows.find(({ attribute }) => attribute.name.toLowerCase() === 'dn')
  if (flow === undefined) return { result: succeed(null), trace: null }
  const text = flow.wanted.kind === 'values' ? flow.wanted.values[0] : undefined
  if (text === undefined) return { result: succeed(null), trace: traceOf(flow, flow.wanted.kind === 'values' ? 'null' : 'initialOnly') }
  if (!liesInGuestOu(settings, dn)) return { result: succeed(null), trace: traceOf(flow, 'notInScope') }

  const newDn = parseDn(String(text))
  if (!newDn.ok) return { result: fail({ kind: 'problem', problem: notADn(person, flow, String(text)) }), trace: traceOf(flow, 'failed') }
  if (sameDn(dn, newDn.value)) return { result: succeed(null), trace: traceOf(flow, 'unchanged') }
  if (!isManaged(managedOusOf(settings), newDn.value)) return { result: fail({ kind: 'outsideManagedOus', dn: newDn.value }), trace: traceOf(flow, 'failed') }
  return { result: succeed({ kind: sameParent(dn, newDn.value) ? 'rename' : 'move', newDn: newDn.value, rule: flow.from.rule }), trace: traceOf(flow, 'applied') }
}

/** Without the parameter `%GuestOu%` every managed OU counts as the guest OU. */
function liesInGuestOu(settings: EngineSettings, dn: Dn): boolean {
  const guestOu = parseDn(settings.parameters['guestou'] ?? '')
  return guestOu.ok ? isWithin(dn, guestOu.value) : true
}

function sameParent(left: Dn, right: Dn): boolean {
  const [leftParent, rightParent] = [parentDn(left), parentDn(right)]
  if (leftParent === null || rightParent === null) return leftParent === rightParent
  return sameDn(leftParent, rightParent)
}

function notADn(person: MetaverseObject, flow: WantedAttribute, text: string): Extract<SkipReason, { readonly kind: 'problem' }>['problem'] {
  return {
    kind: 'nameInvalid',
    message: `"${text}" is not a distinguished name.`,
    remedy: `Correct the flow ${flow.from.source} → dn of rule "${flow.from.rule}".`,
    connector: 'metaverse',
    object: person.id,
    detail: { rule: flow.from.rule, attribute: 'dn' },
  }
}
