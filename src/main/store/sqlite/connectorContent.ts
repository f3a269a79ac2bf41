import { hash } from 'node:crypto'
import type { Attributes, Value } from '../../../shared/domain/attributes.ts'
import { textOf } from '../../../shared/domain/attributes.ts'
import type { ConnectorName, ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { dnKey } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import type { Columns } from './columns.ts'
import { textIn, textOrNullIn } from './columns.ts'

/** The values of a connector space object in the order of `contentColumnNames`. */
export type ContentColumns = readonly [
  objectType: string, dn: string | null, dnKey: string | null, content: string, fingerprint: Uint8Array, userPrincipalNameKey: string | null,
]
export const contentColumnNames = 'object_type, dn, dn_key, content, fingerprint, upn_key'

export function contentColumns({ objectType, dn, attributes }: ConnectorObject): ContentColumns {
  const content = canonicalJson(attributes)
  return [objectType, dn, dn === null ? null : dnKey(dn), content, fingerprintOf(objectType, attributes, content), userPrincipalNameKey(attributes)]
}

/** By which objects are found by userPrincipalName; null where there is none. */
export function userPrincipalNameKey(attributes: Attributes): string | null {
  return textOf(attributes, 'userPrincipalName')?.toLowerCase() ?? null
}

export function objectOf(row: Columns): ConnectorObject {
  return {
    connector: textIn(row, 'connector') as ConnectorName,
    anchor: textIn(row, 'anchor'),
    objectType: textIn(row, 'object_type'),
    // Brands survive the round through the store: what it holds was parsed before.
    dn: textOrNullIn(row, 'dn') as Dn | null,
    attributes: JSON.parse(textIn(row, 'content')) as Attributes,
  }
}

/**
 * Equal for objects that differ in nothing but the order of an attribute's values, which a directory does not keep
 * (RFC 4512 2.2: the values of an attribute are a set). The DN is compared by itself, to tell renames from updates.
 */
function fingerprintOf(objectType: string, attributes: Attributes, content: string): Uint8Array {
  const isOrdered = Object.values(attributes).every((values) => values.length < 2)
  const text = isOrdered ? content : canonicalJson(Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, sorted(values)])))
  return hash('sha256', `${objectType}\n${text}`, 'buffer')
}

function sorted(values: readonly Value[]): readonly Value[] {
  const key = (value: Value) => JSON.stringify(value)
  return [...values].sort((left, right) => (key(left) < key(right) ? -1 : 1))
}
