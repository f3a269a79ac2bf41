import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { ApplicationRegistration, TenantIdentity } from '../tenantSettings.ts'
import { isSignedBy, parseToken, publicKeyOf, signToken } from './jsonWebToken.ts'
import type { TokenPart } from './jsonWebToken.ts'

export const graphApplicationId = '00000003-0000-0000-c000-000000000000'

export type TokenRequest = {
  readonly application: ApplicationRegistration
  readonly credential: 'secret' | 'certificate'
  /** The resource that was asked for, as it was asked for. */
  readonly audience: string
  readonly tenant: TenantIdentity
  readonly signingKeyPem: string
  /** Seconds since 1970. */
  readonly now: number
  readonly lifetime: number
}

/** An access token for an application alone, with the claims of version 1.0 that Graph's tokens have. */
export function makeAccessToken(request: TokenRequest): string {
  const { application, tenant, now } = request
  const kid = keyId(request.signingKeyPem)
  const objectId = stableGuid(`${tenant.id}/${application.clientId}`)
  const claims = {
    aud: request.audience,
    iss: `https://sts.windows.net/${tenant.id}/`,
    iat: now,
    nbf: now,
    exp: now + request.lifetime,
    aio: randomBytes(24).toString('base64'),
    app_displayname: application.displayName,
    appid: application.clientId,
    appidacr: request.credential === 'certificate' ? '2' : '1',
    idp: `https://sts.windows.net/${tenant.id}/`,
    idtyp: 'app',
    oid: objectId,
    rh: randomBytes(16).toString('base64url'),
    // Entra leaves the claim out where no role was consented to.
    ...(application.roles.length === 0 ? {} : { roles: application.roles }),
    sub: objectId,
    tenant_region_scope: 'EU',
    tid: tenant.id,
    uti: randomUUID(),
    ver: '1.0',
    wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'],
  }
  return signToken({ kid, x5t: kid }, claims, request.signingKeyPem)
}

export type TokenVerdict = { readonly kind: 'valid'; readonly claims: TokenPart } | { readonly kind: 'malformed' | 'badSignature' | 'wrongAudience' | 'expired' | 'notYetValid' }

export function readAccessToken(text: string, check: { readonly signingKeyPem: string; readonly audiences: readonly string[]; readonly now: number }): TokenVerdict {
  const token = parseToken(text)
  if (token === null) return { kind: 'malformed' }
  const { aud, exp, nbf } = token.claims
  if (!isSignedBy(token, publicKeyOf(check.signingKeyPem))) return { kind: 'badSignature' }
  if (typeof aud !== 'string' || !check.audiences.includes(aud)) return { kind: 'wrongAudience' }
  if (typeof exp !== 'number' || check.now >= exp) return { kind: 'expired' }
  return typeof nbf === 'number' && check.now < nbf ? { kind: 'notYetValid' } : { kind: 'valid', claims: token.claims }
}

/** Names the key in the header and in the published key set. */
export function keyId(signingKeyPem: string): string {
  return createHash('sha1').update(publicKeyOf(signingKeyPem).export({ type: 'spki', format: 'der' })).digest('base64url')
}

/** The same text gives the same GUID: the object id of an application's service principal stays from start to start. */
function stableGuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
