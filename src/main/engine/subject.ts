import type { Subject } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import { readConnectorAttribute } from './connectorAttribute.ts'
import { entraIdOf } from './personIdentity.ts'

/**
 * Who a change is about, in Entra's words first: these are the names by which people know a guest. Of a guest who is gone
 * the account remembers them.
 */
export function subjectOf(person: MetaverseObject, guest: ConnectorObject | null, account: ConnectorObject | null = null): Subject {
  const name = (attribute: string, ofPerson: string): string | null => {
    const ofObject = (object: ConnectorObject | null) => (object === null ? undefined : readConnectorAttribute(object, attribute)[0])
    const ofAccount = attribute === 'companyName' ? account?.attributes['company']?.[0] : ofObject(account)
    const value = ofObject(guest) ?? person.attributes[ofPerson]?.values[0] ?? ofAccount
    return value === undefined ? null : String(value)
  }
  return {
    company: name('companyName', 'company'),
    displayName: name('displayName', 'displayName'),
    entraId: guest?.anchor ?? entraIdOf(person),
    mail: name('mail', 'email'),
    userPrincipalName: name('userPrincipalName', 'userPrincipalName'),
  }
}
