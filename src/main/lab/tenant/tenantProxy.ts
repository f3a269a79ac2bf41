/** Application proxy of the tenant as it is set up, named as in Graph's beta. */
export type TenantProxy = {
  readonly groups: readonly { readonly id: string; readonly name: string; readonly isDefault: boolean }[]
  readonly connectors: readonly { readonly id: string; readonly machineName: string; readonly externalIp: string; readonly status: 'active' | 'inactive'; readonly groupId: string }[]
  readonly applications: readonly PublishedApplication[]
}

export type PublishedApplication = {
  readonly id: string
  readonly appId: string
  readonly servicePrincipalId: string
  readonly displayName: string
  readonly groupId: string
  readonly internalUrl: string
  readonly externalUrl: string
  readonly externalAuthenticationType: 'aadPreAuthentication' | 'passthru'
  readonly kerberosServicePrincipalName: string
  readonly kerberosSignOnMappingAttributeType: string
  /** Null: appRoleAssignmentRequired is off, and everybody may use it. */
  readonly assignments: readonly { readonly principalId: string; readonly principalType: 'User' | 'Group'; readonly principalDisplayName: string }[] | null
}

export const noProxy: TenantProxy = { groups: [], connectors: [], applications: [] }
