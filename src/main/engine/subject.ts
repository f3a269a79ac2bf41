import type { Subject } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import { readConnectorAttribute } from './connectorAttribute.ts'

/** Who a change is about, in Entra's words first: these are the names by which people know a guest. */
export function subjectOf(person: MetaverseObject, guest: ConnectorObject): Subject {
  const name = (ofGuest: string, ofPerson: string): string | null => {
    const value = readConnectorAttribute(guest, ofGuest)[0] ?? person.attributes[ofPerson]?.values[0]
    return value === undefined ? null : String(value)
  }
  return {
    displayName: name('displayName', 'displayName'),
    company: name('companyName', 'company'),
    userPrincipalName: name('userPrincipalName', 'userPrincipalName'),
    mail: name('mail', 'email'),
    entraId: guest.anchor,
  }
}
