import type { TenantUser } from '../tenantUser.ts'

export type FilterOperator = 'eq' | 'ne' | 'in' | 'ge' | 'le' | 'startsWith' | 'endsWith' | 'eqNull' | 'any'

export type UserProperty = {
  readonly name: keyof TenantUser
  readonly type: 'text' | 'boolean' | 'dateTime' | 'textCollection' | 'identities'
  /** Operators that work without more. */
  readonly plain: readonly FilterOperator[]
  /** Operators that work as advanced query only: `ConsistencyLevel: eventual` and `$count=true`. */
  readonly advanced: readonly FilterOperator[]
  readonly isSortable: boolean
}

type Abilities = Partial<Pick<UserProperty, 'plain' | 'advanced' | 'isSortable'>>

const equality = ['eq', 'in'] as const
const negation = ['ne', 'eqNull'] as const
const range = ['ge', 'le'] as const
const prefix = { plain: [...equality, ...range, 'startsWith'], advanced: negation } as const
const suffix = { plain: prefix.plain, advanced: [...negation, 'endsWith'] } as const
const advancedOnly = { advanced: [...equality, ...negation, ...range, 'startsWith'] } as const

/**
 * The properties of a user and what `$filter` and `$orderby` can do with each
 * (https://learn.microsoft.com/graph/aad-advanced-queries, table "User properties").
 */
export const userProperties: readonly UserProperty[] = [
  text('id', { plain: equality, advanced: ['ne'] }),
  text('userPrincipalName', { ...suffix, isSortable: true }),
  text('displayName', { ...prefix, isSortable: true }),
  text('givenName', prefix),
  text('surname', prefix),
  text('mail', suffix),
  text('mailNickname', prefix),
  collection('otherMails', { plain: ['any'], advanced: ['any'] }),
  collection('proxyAddresses', { plain: ['any'], advanced: ['any'] }),
  property('identities', 'identities', { plain: ['any'] }),
  text('userType', { plain: equality, advanced: negation }),
  property('accountEnabled', 'boolean', { plain: equality, advanced: ['ne'] }),
  text('externalUserState', { plain: equality, advanced: negation }),
  dateTime('externalUserStateChangeDateTime', { plain: equality, advanced: negation }),
  text('creationType', { plain: equality, advanced: negation }),
  dateTime('createdDateTime', { plain: [...equality, ...range], advanced: ['ne'], isSortable: true }),
  dateTime('deletedDateTime', {}),
  text('companyName', prefix),
  text('department', prefix),
  text('jobTitle', prefix),
  text('employeeId', prefix),
  text('employeeType', prefix),
  text('officeLocation', advancedOnly),
  text('city', prefix),
  text('country', prefix),
  text('usageLocation', prefix),
  text('preferredLanguage', prefix),
  text('mobilePhone', advancedOnly),
  collection('businessPhones', { advanced: ['any'] }),
  property('onPremisesSyncEnabled', 'boolean', { plain: equality, advanced: negation }),
  text('onPremisesSecurityIdentifier', { plain: ['eq'], advanced: negation }),
  text('onPremisesSamAccountName', advancedOnly),
  text('onPremisesUserPrincipalName', advancedOnly),
  text('onPremisesDistinguishedName', {}),
  text('onPremisesDomainName', {}),
  text('onPremisesImmutableId', { plain: equality, advanced: negation }),
  dateTime('onPremisesLastSyncDateTime', { plain: [...equality, ...range], advanced: negation }),
]

/** What comes without `$select`, in Graph's order. */
export const defaultUserProperties: readonly (keyof TenantUser)[] = [
  'businessPhones', 'displayName', 'givenName', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation', 'preferredLanguage', 'surname', 'userPrincipalName', 'id',
]

export function findUserProperty(name: string): UserProperty | null {
  return userProperties.find((candidate) => candidate.name === name) ?? null
}

function property(name: keyof TenantUser, type: UserProperty['type'], abilities: Abilities): UserProperty {
  return { name, type, plain: abilities.plain ?? [], advanced: abilities.advanced ?? [], isSortable: abilities.isSortable ?? false }
}

function text(name: keyof TenantUser, abilities: Abilities): UserProperty {
  return property(name, 'text', abilities)
}

function dateTime(name: keyof TenantUser, abilities: Abilities): UserProperty {
  return property(name, 'dateTime', abilities)
}

function collection(name: keyof TenantUser, abilities: Abilities): UserProperty {
  return property(name, 'textCollection', abilities)
}
