import type { ConnectorName } from '../../shared/domain/connectorObject.ts'
import { parseObjectGuid } from '../../shared/domain/ids.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'

const markPrefix = 'User_'

/** The anchor of the object that the person was projected from, null where another connector projected it. */
export function projectedAnchor(connector: ConnectorName, metaverseId: string): string | null {
  return metaverseId.startsWith(`${connector}:`) ? metaverseId.slice(connector.length + 1) : null
}

/** The Entra id of a person: of the guest who is linked, else of the one who was projected. */
export function entraIdOf(person: MetaverseObject): string | null {
  return person.links.find((link) => link.connector === 'entra')?.anchor ?? projectedAnchor('entra', person.id)
}

/** `adminDescription` of every account that we create or adopt (sync-semantics 10). */
export function ownershipMark(entraId: string): string {
  return `${markPrefix}${entraId}`
}

/**
 * The Entra id that a mark names; null for any other text. Administrators write `User_…` with words of their own to keep
 * Entra Connect off an account: only a GUID makes it a mark of ours.
 */
export function markedId(adminDescription: string): string | null {
  if (!adminDescription.toLowerCase().startsWith(markPrefix.toLowerCase())) return null
  const guid = parseObjectGuid(adminDescription.slice(markPrefix.length))
  return guid.ok ? guid.value : null
}

/** Whose account this claims to be: by its mark, else by a cn that is a GUID, as our accounts are named. */
export function claimedId(adminDescription: string | null, cn: string | null): string | null {
  const marked = adminDescription === null ? null : markedId(adminDescription)
  if (marked !== null || cn === null) return marked
  const guid = parseObjectGuid(cn)
  return guid.ok ? guid.value : null
}
