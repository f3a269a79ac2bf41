import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import { childDn } from '../../src/shared/domain/dn.ts'
import { guestOu } from '../../test/engine/world.ts'

/** A guest with what a tenant says of one, about 700 bytes as JSON. `version` goes into the display name. */
export function guestOf(number: number, version = 0): ConnectorObject {
  const id = guestId(number)
  const name = `guest.number${number}`
  return {
    connector: 'entra', anchor: id, objectType: 'user', dn: null,
    attributes: {
      id: [id], userPrincipalName: [userPrincipalNameOf(number)], displayName: [displayNameOf(number, version)], givenName: ['Guest'], surname: [`Nümber ${number}`],
      mail: [`${name}@fabrikam.example`], companyName: ['Fabrikam International Holding'], userType: ['Guest'], accountEnabled: [true], externalUserState: ['Accepted'],
      otherMails: [`${name}@fabrikam.example`, `${name}@mail.fabrikam.example`], creationType: ['Invitation'],
    },
  }
}

/** The account that the default rules want guest `number` to have. */
export function accountOf(number: number, version = 0): ConnectorObject {
  const id = guestId(number)
  return {
    connector: 'ad', anchor: `ad${id.slice(2)}`, objectType: 'user', dn: childDn('CN', id, guestOu),
    attributes: {
      cn: [id], adminDescription: [`User_${id}`], sAMAccountName: [id.slice(0, 20)], employeeType: ['Guest'], userAccountControl: [262_656],
      objectSid: [`S-1-5-21-1004336348-1177238915-682003330-${1_000 + number}`], displayName: [displayNameOf(number, version)], sn: [`Nümber ${number}`],
      givenName: ['Guest'], userPrincipalName: [userPrincipalNameOf(number)], mail: [`guest.number${number}@fabrikam.example`],
    },
  }
}

/** In no order, as a tenant gives ids: the digits are those of a linear congruential sequence. */
export function guestId(number: number): string {
  return `${((number * 48_271 + 11) % 2_147_483_647).toString(16).padStart(8, '0')}-${(number % 65_536).toString(16).padStart(4, '0')}-4000-8000-${number.toString(16).padStart(12, '0')}`
}

function displayNameOf(number: number, version: number): string {
  return version === 0 ? `Guest Nümber ${number}` : `Guest Nümber ${number}, version ${version}`
}

function userPrincipalNameOf(number: number): string {
  return `guest.number${number}_fabrikam.example#EXT#@contoso.onmicrosoft.com`
}
