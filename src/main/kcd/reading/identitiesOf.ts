import { loginMappings, type GuestFacts, type LoginMapping } from '../../../shared/domain/delegation.ts'

type Names = Pick<GuestFacts, 'userPrincipalName' | 'onPremisesUserPrincipalName' | 'onPremisesAccountName'>

/**
 * What each mapping would delegate; a mapping without a value has no row. Guests have no attributes of a directory on
 * premises: where Entra finds none it falls back to the userPrincipalName of the cloud (seen in the field).
 */
export function identitiesOf(guest: Names): readonly { readonly mapping: LoginMapping; readonly identity: string }[] {
  const { userPrincipalName, onPremisesUserPrincipalName, onPremisesAccountName } = guest
  const identities: Readonly<Record<LoginMapping, string | null>> = {
    userPrincipalName,
    onPremisesUserPrincipalName: onPremisesUserPrincipalName ?? userPrincipalName,
    userPrincipalUsername: nameBeforeAt(userPrincipalName),
    onPremisesUserPrincipalUsername: onPremisesUserPrincipalName === null ? userPrincipalName : nameBeforeAt(onPremisesUserPrincipalName),
    onPremisesSAMAccountName: onPremisesAccountName,
  }
  return loginMappings.flatMap((mapping) => {
    const identity = identities[mapping]
    return identity === null || identity === '' ? [] : [{ mapping, identity }]
  })
}

/** `ana_fabrikam.com#EXT#` of `ana_fabrikam.com#EXT#@contoso.onmicrosoft.com`. */
function nameBeforeAt(userPrincipalName: string): string {
  return userPrincipalName.slice(0, Math.max(0, userPrincipalName.lastIndexOf('@')))
}
