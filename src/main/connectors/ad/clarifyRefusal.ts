import type { Schema, Value } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { parentDn } from '../../../shared/domain/dn.ts'
import type { Dn, ObjectGuid } from '../../../shared/domain/ids.ts'
import type { Problem, ProblemKind } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { refusalOf } from './errors.ts'

/** What was to be written: values by attribute name, and the DN where the operation names an object anew. */
export type Attempt = {
  /** Begins the sentence of a problem: "Creating CN=…". */
  readonly doing: string
  /** Null for an object that is to be made. */
  readonly self: ObjectGuid | null
  readonly newDn: Dn | null
  readonly values: Readonly<Record<string, readonly Value[]>>
  readonly schema: Schema
}
export type Look = {
  readonly readByDn: (dn: Dn) => Promise<Result<ConnectorObject | null, Problem>>
  readonly findByValue: (attribute: string, value: string) => Promise<Result<readonly ConnectorObject[], Problem>>
}

/**
 * Some codes mean several things, and Samba and Windows do not mean the same (68 with 00002071 is a DN there, a
 * sAMAccountName here). Which one it was is found out by looking at what was to be written and at the directory, never by the
 * server's text. Where looking fails or finds nothing, the first classification stands.
 */
export async function clarifyRefusal(problem: Problem, attempt: Attempt, look: Look): Promise<Problem> {
  const refusal = refusalOf(problem)
  if (refusal === null) return problem
  const { code, hex } = refusal
  // Windows says clearly that a name is taken, and not by whom.
  if (problem.kind === 'servicePrincipalNameTaken' || problem.kind === 'userPrincipalNameTaken') return (await findTakenName(problem, attempt, look)) ?? problem
  if (code === 68) return (await findTakenName(problem, attempt, look)) ?? problem
  // Code 1 says nothing; Samba has it for a restore to an OU that is not there.
  const isPlaceInDoubt = problem.kind === 'objectNotFound' || problem.kind === 'parentNotFound' || code === 1
  if (attempt.newDn !== null && isPlaceInDoubt) return findMissingParent(problem, attempt, attempt.newDn, look)
  if (code === 21 || (code === 19 && isUnspecific(hex))) return findWrongValue(problem, attempt) ?? (await findTakenName(problem, attempt, look)) ?? problem
  return problem
}

/** ERROR_DS_CONSTRAINT_VIOLATION says no more than the LDAP code; Samba uses it for everything. */
function isUnspecific(hex: string | null): boolean {
  return hex === null || hex === '0000202F'
}

async function findTakenName(problem: Problem, attempt: Attempt, look: Look): Promise<Problem | null> {
  if (attempt.newDn !== null) {
    const there = await look.readByDn(attempt.newDn)
    if (there.ok && there.value !== null && there.value.anchor !== attempt.self) return restate(problem, attempt, 'objectNameTaken', `there is an object named ${attempt.newDn}`, otherName)
  }
  for (const [name, kind] of uniqueAttributes) {
    for (const value of valuesNamed(attempt, name)) {
      const found = await look.findByValue(name, String(value))
      const other = found.ok ? found.value.find(({ anchor }) => anchor !== attempt.self) : undefined
      if (other !== undefined) return restate(problem, attempt, kind, `${name} "${String(value)}" belongs to ${other.dn ?? other.anchor}`, otherName)
    }
  }
  return null
}

const otherName = 'Find the other object, and decide whether it is the same person or the name has to change.'

const uniqueAttributes: readonly (readonly [string, ProblemKind])[] = [
  ['sAMAccountName', 'accountNameTaken'], ['userPrincipalName', 'userPrincipalNameTaken'], ['servicePrincipalName', 'servicePrincipalNameTaken'],
]

/** What Windows takes of a user: 20 characters, none of the special ones, no dot at the end. */
const validAccountName = /^[^"/\\[\]:;|=,+*?<>\p{Cc}]{0,19}[^"/\\[\]:;|=,+*?<>.\p{Cc}]$/u

function findWrongValue(problem: Problem, attempt: Attempt): Problem | null {
  for (const [name, values] of Object.entries(attempt.values)) {
    const known = attempt.schema[name.toLowerCase()]
    if (known !== undefined && !known.isMultiValued && values.length > 1) {
      return restate(problem, attempt, 'attributeIsSingleValued', `${known.name} takes one value only`, 'Make the flow deliver one value.')
    }
    const [tooLong] = values.filter((value) => typeof value === 'string' && known?.syntax === 'text' && known.maximum !== null && value.length > known.maximum)
    if (tooLong !== undefined) return restate(problem, attempt, 'valueTooLong', `${name} takes ${String(known?.maximum)} characters, not ${String(tooLong).length}`, 'Shorten the value at its source, or cut it in the flow with Left.')
  }
  const isNameInvalid = valuesNamed(attempt, 'sAMAccountName').some((value) => !validAccountName.test(String(value)))
  return isNameInvalid ? restate(problem, attempt, 'accountNameInvalid', 'the sAMAccountName is not valid', 'At most 20 characters, none of "/\\[]:;|=,+*?<>, no dot at the end.') : null
}

/** "Not found" of an object that is to be made or moved: the place, or else the object itself went away just now. */
async function findMissingParent(problem: Problem, attempt: Attempt, newDn: Dn, look: Look): Promise<Problem> {
  const parent = parentDn(newDn)
  const there = parent === null ? null : await look.readByDn(parent)
  if (there?.ok === true && there.value !== null) return problem
  return restate(problem, attempt, 'parentNotFound', `the OU or container of ${newDn} does not exist`, 'Check the OU in the configuration and that it exists in this domain.')
}

function valuesNamed(attempt: Attempt, name: string): readonly Value[] {
  return Object.entries(attempt.values).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? []
}

function restate(problem: Problem, { doing }: Attempt, kind: ProblemKind, because: string, remedy: string): Problem {
  return { ...problem, kind, message: `${doing} failed: ${because}.`, remedy }
}
