import type { Value } from '../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'

const none: readonly Value[] = []

/**
 * The values of an attribute of a connector space object, and for rules that name them the anchor (`id`, `objectGUID`) and
 * the DN (`dn`, `distinguishedName`), which stand beside the attributes.
 */
export function readConnectorAttribute(object: ConnectorObject, name: string): readonly Value[] {
  return object.attributes[name] ?? identityValues(object, name)
}

/** For the parts that ask one object often. */
export function connectorReader(object: ConnectorObject): (name: string) => readonly Value[] {
  return (name) => readConnectorAttribute(object, name)
}

function identityValues(object: ConnectorObject, name: string): readonly Value[] {
  if (name === (object.connector === 'entra' ? 'id' : 'objectGUID')) return [object.anchor]
  if (object.dn !== null && (name === 'dn' || name === 'distinguishedName')) return [object.dn]
  return none
}
