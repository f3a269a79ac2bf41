import type { ApplicationRegistration, TenantIdentity, TenantLifetimes } from './tenantSettings.ts'
import type { FaultPlan } from './faults/faultPlan.ts'
import type { AuthorizationCodes } from './signIn/authorizationCodes.ts'
import type { DeviceCodes } from './signIn/deviceCodes.ts'
import type { TenantStore } from './store/tenantStore.ts'
import type { TenantProxy } from './tenantProxy.ts'

/** What every endpoint of the tenant knows. */
export type TenantContext = {
  readonly identity: TenantIdentity
  readonly applications: readonly ApplicationRegistration[]
  readonly store: TenantStore
  readonly faults: FaultPlan
  readonly deviceCodes: DeviceCodes
  readonly authorizationCodes: AuthorizationCodes
  readonly proxy: TenantProxy
  readonly lifetimes: TenantLifetimes
  /** `https://localhost:<port>`, without a slash at the end. */
  readonly graphUrl: string
  readonly signInUrl: string
}

/** The time as tokens state it: whole seconds since 1970. */
export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** A tenant is named by its id or by one of its verified domains. */
export function isNameOfTenant(identity: TenantIdentity, name: string): boolean {
  return [identity.id, ...identity.verifiedDomains].includes(name.toLowerCase())
}
