import type { ReadinessCheck } from './readinessCheck.ts'
import { checkGuests } from './tenant/guests.ts'
import { checkInvitations, checkLicence, checkTenantClock } from './tenant/policies.ts'
import { checkRoles, checkTenantSignIn } from './tenant/roles.ts'
import { checkProxy } from './tenant/proxy.ts'
import type { TenantWorld } from './tenant/tenantWorld.ts'

const row = (id: string, title: string, check: ReadinessCheck<TenantWorld>['check']): ReadinessCheck<TenantWorld> => ({ id, area: 'tenant', title, check })

export const tenantChecks: readonly ReadinessCheck<TenantWorld>[] = [
  row('tenant-proxy', 'Proxy', checkProxy),
  row('tenant-sign-in', 'Sign-in of the application', checkTenantSignIn),
  row('tenant-roles', 'Roles of the application', checkRoles),
  row('tenant-guests', 'Guests can be read', checkGuests),
  row('tenant-invitations', 'Who may invite', checkInvitations),
  row('tenant-licence', 'Licence', checkLicence),
  row('tenant-clock', 'Clock', checkTenantClock),
]
