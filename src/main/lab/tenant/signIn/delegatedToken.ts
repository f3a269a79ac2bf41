import { randomUUID } from 'node:crypto'
import type { ApplicationRegistration, TenantIdentity } from '../tenantSettings.ts'
import { keyId } from './accessToken.ts'
import type { SignedInAs } from './deviceCodes.ts'
import { signToken } from './jsonWebToken.ts'

/** Built-in roles by their template id (https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference). */
export const applicationAdministrator = '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'
export const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1'
export const helpdeskAdministrator = '729827e3-9c14-49f7-bb1b-9608f156bbb8'

const persons: Readonly<Record<SignedInAs, { readonly objectId: string; readonly name: string; readonly roles: readonly string[] }>> = {
  administrator: { objectId: '5e1f6a0c-0d0f-4c7e-9c57-6b8f0a1d2e01', name: 'admin', roles: [applicationAdministrator, userAdministrator] },
  employee: { objectId: '5e1f6a0c-0d0f-4c7e-9c57-6b8f0a1d2e02', name: 'employee', roles: [] },
}

type DelegatedTokenRequest = {
  readonly application: ApplicationRegistration
  readonly person: SignedInAs
  readonly scopes: readonly string[]
  readonly tenant: TenantIdentity
  readonly audience: string
  readonly signingKeyPem: string
  /** Seconds since 1970. */
  readonly now: number
  readonly lifetime: number
}

/** The tokens of a person, with the claims that Graph and MSAL look at. */
export function makeDelegatedToken({ application, person, scopes, tenant, audience, signingKeyPem, now, lifetime }: DelegatedTokenRequest): { readonly accessToken: string; readonly idToken: string; readonly clientInfo: string } {
  const { objectId, name, roles } = persons[person]
  const userPrincipalName = `${name}@${tenant.verifiedDomains[0] ?? ''}`
  const kid = keyId(signingKeyPem)
  const times = { iat: now, nbf: now, exp: now + lifetime }
  const accessToken = signToken({ kid, x5t: kid }, {
    aud: audience, iss: `https://sts.windows.net/${tenant.id}/`, ...times, appid: application.clientId, app_displayname: application.displayName, appidacr: '0',
    idtyp: 'user', oid: objectId, scp: scopes.join(' '), sub: objectId, tid: tenant.id, upn: userPrincipalName, unique_name: userPrincipalName, uti: randomUUID(), ver: '1.0', wids: roles,
  }, signingKeyPem)
  const idToken = signToken({ kid, x5t: kid }, {
    aud: application.clientId, iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`, ...times, name, oid: objectId, preferred_username: userPrincipalName, sub: objectId, tid: tenant.id, ver: '2.0',
  }, signingKeyPem)
  return { accessToken, idToken, clientInfo: Buffer.from(JSON.stringify({ uid: objectId, utid: tenant.id })).toString('base64url') }
}
