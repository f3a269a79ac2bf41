import { ModifyRequest } from 'ldapts'
import type { Change } from 'ldapts'
import { sameValues, valuesOf } from '../../../shared/domain/attributes.ts'
import type { Schema } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { Dn, ObjectGuid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { ValueChange } from '../connector.ts'
import { clarifyRefusal } from './clarifyRefusal.ts'
import type { Attempt } from './clarifyRefusal.ts'
import type { Conversation } from './conversation.ts'
import type { DirectorySchema } from './directorySchema.ts'
import { refusalOf } from './errors.ts'
import type { LdapRequest } from './ldapSession.ts'
import { addressOf, findObjectsByValue, readOne } from './readObjects.ts'
import { buildChanges, buildReplacements } from './valueChanges.ts'

/**
 * Writes exactly these differences in one operation: old values are deleted and new ones added, so that the server refuses what changed in
 * between (`valueAbsent`, `valueAlreadyPresent`). Only where it refuses that form, the values are compared by reading and then replaced.
 */
export async function modifyObject(link: Conversation, schema: DirectorySchema, anchor: ObjectGuid, changes: readonly ValueChange[], signal: AbortSignal): Promise<Result<null, Problem>> {
  const doing = `Changing ${changes.map(({ name }) => name).join(', ')} of ${anchor}`
  const known = await schema.read(changes.map(({ name }) => name), signal)
  if (!known.ok) return known
  const built = buildChanges(changes, known.value, doing)
  if (!built.ok) return built
  if (built.value.length === 0) return succeed(null)
  const values = Object.fromEntries(changes.map(({ name, after }) => [name, after]))
  const attempt = { ...attemptOn(anchor, doing), values, schema: known.value }
  const modified = await requestWrite(link, schema, buildModify(anchor, built.value), attempt, signal)
  if (modified.ok || !refusesForm(modified.problem)) return modified
  const replacing = await buildReplacementOf(link, schema, anchor, changes, attempt, signal)
  return replacing.ok ? requestWrite(link, schema, buildModify(anchor, replacing.value), attempt, signal) : replacing
}

export function buildModify(anchor: ObjectGuid, changes: readonly Change[]): (messageId: number) => LdapRequest {
  return (messageId) => new ModifyRequest({ messageId, dn: addressOf(anchor), changes: [...changes] })
}

/** A refusal is looked into: which of the meanings of its code it has. */
export async function requestWrite(link: Conversation, schema: DirectorySchema, build: (messageId: number) => LdapRequest, attempt: Attempt, signal: AbortSignal): Promise<Result<null, Problem>> {
  const answer = await link.request(build, attempt.doing, signal)
  if (answer.ok) return succeed(null)
  const look = {
    readByDn: (dn: Dn) => readOne(link, schema, dn, ['objectGUID'], signal),
    findByValue: (attribute: string, value: string) => findObjectsByValue(link, schema, { attribute, value }, ['objectGUID'], signal),
  }
  return fail(await clarifyRefusal(answer.problem, attempt, look))
}

export async function readPresent(link: Conversation, schema: DirectorySchema, anchor: ObjectGuid, attributes: readonly string[], doing: string, signal: AbortSignal): Promise<Result<ConnectorObject, Problem>> {
  const found = await readOne(link, schema, anchor, ['objectGUID', ...attributes], signal)
  if (!found.ok) return found
  return found.value === null ? fail(absent(doing)) : succeed(found.value)
}

export function attemptOn(self: ObjectGuid, doing: string): Attempt {
  return { doing, self, newDn: null, values: {}, schema: {} }
}

const afresh = 'Import from Active Directory and synchronise again, so that the plan is made from the present values.'

export function absent(doing: string): Problem {
  return { kind: 'objectNotFound', message: `${doing} failed: there is no such object.`, remedy: afresh }
}

/** The server did not like the form; that nothing changed in between must be seen by reading then. */
async function buildReplacementOf(link: Conversation, schema: DirectorySchema, anchor: ObjectGuid, changes: readonly ValueChange[], attempt: Attempt, signal: AbortSignal): Promise<Result<readonly Change[], Problem>> {
  const current = await readPresent(link, schema, anchor, changes.map(({ name }) => name), attempt.doing, signal)
  if (!current.ok) return current
  if (!changes.every((change) => holds(current.value, change, attempt.schema))) return fail(changedInBetween(attempt.doing))
  return buildReplacements(changes, attempt.schema, attempt.doing)
}

/** inappropriateMatching (RFC 4511 A.1): single values of a descriptor cannot be compared everywhere. */
const noComparison = 18

/** Not drift: the server has an objection to deleting and adding in one operation, not to the values. */
function refusesForm(problem: Problem): boolean {
  return problem.kind === 'unwilling' || problem.kind === 'attributeIsSingleValued' || refusalOf(problem)?.code === noComparison
}

function holds(object: ConnectorObject, change: ValueChange, schema: Schema): boolean {
  const name = schema[change.name.toLowerCase()]?.name ?? change.name
  return sameValues(valuesOf(object.attributes, name), change.before)
}

function changedInBetween(doing: string): Problem {
  return { kind: 'valueAbsent', message: `${doing} failed: the value to be replaced is not there.`, remedy: afresh }
}
