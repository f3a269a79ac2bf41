import type { AttributeChange, CreateChange } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { FlowTrace, SkipReason } from '../../shared/domain/decision.ts'
import { parseDn, rdnOf } from '../../shared/domain/dn.ts'
import type { Dn } from '../../shared/domain/ids.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { ObjectProblem, ProblemKind } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { CompiledOutboundRule } from '../rules/compiled.ts'
import type { CreateRequest, EngineSettings } from './contract.ts'
import { directoryAttribute } from './directoryValues.ts'
import { firstFailure, flowOutbound, traceOf, type WantedAttribute } from './outboundFlow.ts'
import { isManaged, managedOusOf } from './ownership.ts'
import { subjectOf } from './subject.ts'

export type Provisioning = { readonly result: Result<CreateRequest, SkipReason>; readonly traces: readonly FlowTrace[] }

/** The account that a person should get, its names still wishes; or why none can be made. */
export function provision(settings: EngineSettings, person: MetaverseObject, guest: ConnectorObject, rules: readonly CompiledOutboundRule[], creating: CompiledOutboundRule): Provisioning {
  const flows = flowOutbound(settings, person, rules, 'create')
  const traces = flows.map((flow) => traceOf(flow, outcomeOf(flow)))
  const problem = firstFailure(flows) ?? missingName(person, flows, creating)
  if (problem !== null) return { result: fail({ kind: 'problem', problem }), traces }
  const dn = wantedDn(settings, person, flows, creating)
  if (!dn.ok) return { result: dn, traces }
  // Here and below in the order of the canonical form (RFC 8785), so that hashing 100,000 of them need not sort them first.
  const change: CreateChange = {
    anchor: null,
    attributes: flows.flatMap(attributeOf).sort(byName),
    dn: dn.value,
    kind: 'create',
    metaverseId: person.id,
    reason: { kind: 'guestWithoutAccount' },
    rule: creating.name,
    subject: subjectOf(person, guest),
    undo: { kind: 'disablesAccount' },
  }
  return { result: succeed({ metaverseId: person.id, change }), traces }
}

export function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  if (left.name === right.name) return 0
  return left.name < right.name ? -1 : 1
}

function outcomeOf({ wanted }: WantedAttribute): FlowTrace['outcome'] {
  if (wanted.kind === 'failed') return 'failed'
  return wanted.kind === 'values' && wanted.values.length === 0 ? 'null' : 'applied'
}

/** Without these an account is of no use: nobody could sign in with it, or the server would invent a name. */
const requiredNames = ['sAMAccountName', 'userPrincipalName'] as const

function missingName(person: MetaverseObject, flows: readonly WantedAttribute[], rule: CompiledOutboundRule): ObjectProblem | null {
  const missing = requiredNames.find((name) => firstText(flows, name) === null)
  if (missing === undefined) return null
  return problemOf(person, rule, missing, 'valueMissing', `There is no value for ${missing} of the new account.`)
}

function wantedDn(settings: EngineSettings, person: MetaverseObject, flows: readonly WantedAttribute[], rule: CompiledOutboundRule): Result<Dn, SkipReason> {
  const text = firstText(flows, 'dn')
  if (text === null) return refuse(problemOf(person, rule, 'dn', 'valueMissing', 'There is no value for the DN of the new account.'))
  const dn = parseDn(text)
  if (!dn.ok) return refuse(problemOf(person, rule, 'dn', 'nameInvalid', `"${text}" is not a distinguished name.`))
  const { value: name } = rdnOf(dn.value)
  const maximum = directoryAttribute(settings.directorySchema, 'cn').maximum ?? commonNameLength
  if (name.length > maximum) return refuse(problemOf(person, rule, 'dn', 'valueTooLong', `The name "${name}" has ${name.length} characters, the directory takes at most ${maximum}.`))
  return isManaged(managedOusOf(settings), dn.value) ? dn : fail({ kind: 'outsideManagedOus', dn: dn.value })
}

/** rangeUpper of cn in Active Directory's schema. */
const commonNameLength = 64

function refuse(problem: ObjectProblem): { readonly ok: false; readonly problem: SkipReason } {
  return fail({ kind: 'problem', problem })
}

function firstText(flows: readonly WantedAttribute[], name: string): string | null {
  const wanted = flows.find((flow) => flow.attribute.name.toLowerCase() === name.toLowerCase())?.wanted
  const value = wanted?.kind === 'values' ? wanted.values[0] : undefined
  return value === undefined ? null : String(value)
}

function attributeOf({ attribute: { name }, from, wanted }: WantedAttribute): readonly AttributeChange[] {
  if (name.toLowerCase() === 'dn') return []
  if (wanted.kind === 'generated') return [{ after: [], before: [], from, isGenerated: true, name }]
  return wanted.kind === 'values' && wanted.values.length > 0 ? [{ after: wanted.values, before: [], from, name }] : []
}

function problemOf(person: MetaverseObject, rule: CompiledOutboundRule, attribute: string, kind: ProblemKind, message: string): ObjectProblem {
  return {
    kind,
    message,
    remedy: `Correct the guest in Entra, or the flow to ${attribute} in the outbound rules ("${rule.name}").`,
    connector: 'metaverse',
    object: person.id,
    detail: { rule: rule.name, attribute },
  }
}
