import type { Attributes, Value } from '../../../shared/domain/attributes.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { ObjectGuid } from '../../../shared/domain/ids.ts'
import { parseObjectGuid } from '../../../shared/domain/ids.ts'
import type { ObjectProblem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { isRecord } from './parseJson.ts'

/** JSON type that each always-read attribute has where it is not null (https://learn.microsoft.com/graph/api/resources/user). */
const typesOfAlwaysRead: Readonly<Record<string, 'string' | 'boolean'>> = {
  userPrincipalName: 'string', accountEnabled: 'boolean', userType: 'string', externalUserState: 'string',
  onPremisesSyncEnabled: 'boolean', onPremisesSecurityIdentifier: 'string',
}
const expectedTypes = Object.entries(typesOfAlwaysRead)

/**
 * One element of a page of users. Null, absent, the empty text and the empty list all mean no value; lists stay lists; what
 * has a structure of its own (identities) becomes JSON text with sorted keys, so that equal values compare equal.
 *
 * @param place names the element where it has no id: `element 3 of page 2`.
 * @param selected lower-case names; an answer may hold more, which would come and go.
 */
export function toConnectorObject(element: unknown, place: string, selected: ReadonlySet<string>): Result<ConnectorObject, ObjectProblem> {
  if (!isRecord(element)) return fail(describeUnreadable(place, 'valueOfWrongType', 'is not an object', {}))
  const anchor = readAnchor(element, place)
  if (!anchor.ok) return anchor
  const values = readValues(element, anchor.value, selected)
  if (!values.ok) return values
  if (!hasValue(element['userPrincipalName'])) return fail(describeUnreadable(anchor.value, 'valueMissing', 'has no userPrincipalName', { attribute: 'userPrincipalName' }))
  const entries: [string, readonly Value[]][] = []
  for (const [name, each] of Object.entries(values.value)) if (each.length > 0) entries.push([name, each])
  // In the place of the element's own, in the one spelling.
  entries.push(['id', [anchor.value]])
  return succeed({ connector: 'entra', anchor: anchor.value, objectType: 'user', dn: null, attributes: Object.fromEntries(entries) })
}

export function readAnchor(element: Readonly<Record<string, unknown>>, place: string): Result<ObjectGuid, ObjectProblem> {
  const id = element['id']
  const anchor = parseObjectGuid(typeof id === 'string' ? id : '')
  return anchor.ok ? anchor : fail(describeUnreadable(typeof id === 'string' && id !== '' ? id : place, 'valueOfWrongType', 'has no id that is a GUID', { place }))
}

/** The selected attributes that the element names, in its spelling; an empty list where it names one without a value. */
export function readValues(element: Readonly<Record<string, unknown>>, anchor: string, selected: ReadonlySet<string>): Result<Attributes, ObjectProblem> {
  const type = element['@odata.type']
  if (type !== undefined && type !== '#microsoft.graph.user') return fail(describeUnreadable(anchor, 'valueOfWrongType', `is not a user but ${JSON.stringify(type)}`, {}))
  const wrong = expectedTypes.find(([name, expected]) => hasValue(element[name]) && typeof element[name] !== expected)
  if (wrong !== undefined) return fail(describeUnreadable(anchor, 'valueOfWrongType', `has a ${wrong[0]} that is not a ${wrong[1]}`, { attribute: wrong[0] }))
  const entries: [string, readonly Value[]][] = []
  for (const [name, value] of Object.entries(element)) if (selected.has(name.toLowerCase())) entries.push([name, valuesIn(value)])
  return succeed(Object.fromEntries(entries))
}

function valuesIn(value: unknown): readonly Value[] {
  if (Array.isArray(value)) return value.filter(hasValue).map(toValue)
  return hasValue(value) ? [toValue(value)] : []
}

function hasValue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== ''
}

function toValue(value: unknown): Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : canonicalJson(value)
}

export function describeUnreadable(object: string, kind: ObjectProblem['kind'], what: string, detail: Readonly<Record<string, string>>): ObjectProblem {
  return {
    connector: 'entra', object, kind, message: `A user of Entra (${object}) ${what}.`,
    remedy: 'The user is left as it is. Look it up in the Entra admin centre; if it is sound there, give the run and this id to support.', detail,
  }
}
