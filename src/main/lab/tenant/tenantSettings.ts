import type { ChangedObject, ObjectChange } from './tenantChange.ts'
import type { TenantGroup } from './tenantGroup.ts'
import type { TenantProxy } from './tenantProxy.ts'
import type { TenantUser } from './tenantUser.ts'

/** The tenant as its owner sees it; answers of `/organization` and tokens are made from it. */
export type TenantIdentity = {
  readonly id: string
  readonly displayName: string
  /** The first one is the initial domain (`….onmicrosoft.com`). */
  readonly verifiedDomains: readonly string[]
  readonly countryLetterCode: string
  /** ISO 8601 in UTC. */
  readonly createdDateTime: string
}

/** Application roles of Microsoft Graph, by their value. */
export type GraphRole =
  | 'User.Read.All' | 'User.ReadWrite.All' | 'User.DeleteRestore.All' | 'User.Invite.All' | 'User.EnableDisableAccount.All' | 'Directory.Read.All' | 'Directory.ReadWrite.All'
  | 'GroupMember.Read.All' | 'Group.Read.All' | 'Group.ReadWrite.All' | 'GroupMember.ReadWrite.All' | 'Organization.Read.All' | 'Application.Read.All' | 'AuditLog.Read.All' | 'Policy.Read.All' | 'LicenseAssignment.Read.All'

export type ApplicationSecret = { readonly value: string; /** ISO 8601 in UTC. */ readonly endDateTime: string }

/** An application that may sign in, as in App registrations. */
export type ApplicationRegistration = {
  readonly clientId: string
  readonly displayName: string
  readonly secrets: readonly ApplicationSecret[]
  readonly certificatesPem: readonly string[]
  /** Roles with administrator's consent. */
  readonly roles: readonly GraphRole[]
  /** Under "Mobile and desktop applications"; missing: `http://localhost`. */
  readonly redirectUris?: readonly string[]
  /** Under "Web"; missing: none. */
  readonly webRedirectUris?: readonly string[]
}

export type TenantOptions = {
  readonly host: string
  /** 0 takes a free port. */
  readonly graphPort: number
  readonly signInPort: number
  /** The name under which both are reached; links in answers are made with it. */
  readonly publicHost: string
  readonly tls: { readonly certificatePem: string; readonly privateKeyPem: string }
  /** SQLite file with the tenant's state; made and seeded when it is new, read as it is otherwise. */
  readonly file: string
  readonly identity: TenantIdentity
  readonly applications: readonly ApplicationRegistration[]
  /** Users; written only when the file is new. */
  readonly seed: readonly TenantUser[]
  /** Written with the users. */
  readonly groups?: readonly TenantGroup[]
  /** None where it is left out. */
  readonly proxy?: TenantProxy
  /** What happened before the first day: the beginning of the change log. */
  readonly history?: TenantSeed['history']
  readonly lifetimes: TenantLifetimes
}

/** What a new file starts with. */
export type TenantSeed = {
  readonly users: readonly TenantUser[]
  readonly groups: readonly TenantGroup[]
  readonly history: readonly { readonly object: ChangedObject; readonly change: ObjectChange }[]
}

/** In seconds. Entra gives 3,599 to a token unless a policy says otherwise. */
export type TenantLifetimes = { readonly accessToken: number; readonly pageToken: number; /** Seven days where it is left out. */ readonly deltaToken?: number }

export const usualLifetimes: TenantLifetimes = { accessToken: 3599, pageToken: 3600, deltaToken: 604_800 }
