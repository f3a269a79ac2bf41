export type ObjectIdentity = { readonly signInType: string; readonly issuer: string; readonly issuerAssignedId: string }

/** A user as the tenant keeps it, named as in Graph. What was never set is null; times are ISO 8601 in UTC. */
export type TenantUser = {
  readonly id: string
  readonly userPrincipalName: string
  readonly displayName: string
  readonly givenName: string | null
  readonly surname: string | null
  readonly mail: string | null
  readonly mailNickname: string
  readonly otherMails: readonly string[]
  readonly proxyAddresses: readonly string[]
  readonly identities: readonly ObjectIdentity[]
  readonly userType: 'Guest' | 'Member' | null
  readonly accountEnabled: boolean
  readonly externalUserState: 'PendingAcceptance' | 'Accepted' | null
  readonly externalUserStateChangeDateTime: string | null
  readonly creationType: 'Invitation' | 'LocalAccount' | 'EmailVerified' | 'SelfServiceSignUp' | null
  readonly createdDateTime: string
  /** Soft-deleted since; null for a user who exists. */
  readonly deletedDateTime: string | null
  readonly companyName: string | null
  readonly department: string | null
  readonly jobTitle: string | null
  readonly employeeId: string | null
  readonly employeeType: string | null
  readonly officeLocation: string | null
  readonly city: string | null
  readonly country: string | null
  readonly usageLocation: string | null
  readonly preferredLanguage: string | null
  readonly mobilePhone: string | null
  readonly businessPhones: readonly string[]
  readonly onPremisesSyncEnabled: boolean | null
  readonly onPremisesSecurityIdentifier: string | null
  readonly onPremisesSamAccountName: string | null
  readonly onPremisesUserPrincipalName: string | null
  readonly onPremisesDistinguishedName: string | null
  readonly onPremisesDomainName: string | null
  readonly onPremisesImmutableId: string | null
  readonly onPremisesLastSyncDateTime: string | null
}

/** What is left to say of a user once its names are known. */
export function withoutValues(): Omit<TenantUser, 'id' | 'userPrincipalName' | 'displayName' | 'mailNickname' | 'createdDateTime'> {
  return {
    givenName: null, surname: null, mail: null, otherMails: [], proxyAddresses: [], identities: [], userType: null, accountEnabled: true,
    externalUserState: null, externalUserStateChangeDateTime: null, creationType: null, deletedDateTime: null, companyName: null,
    department: null, jobTitle: null, employeeId: null, employeeType: null, officeLocation: null, city: null, country: null, usageLocation: null,
    preferredLanguage: null, mobilePhone: null, businessPhones: [], onPremisesSyncEnabled: null, onPremisesSecurityIdentifier: null,
    onPremisesSamAccountName: null, onPremisesUserPrincipalName: null, onPremisesDistinguishedName: null, onPremisesDomainName: null,
    onPremisesImmutableId: null, onPremisesLastSyncDateTime: null,
  }
}
