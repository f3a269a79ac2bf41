import { isRecord, parseJson } from './parseJson.ts'

/**
 * What an access token for Graph says about itself. Null: it is not readable, which Entra reserves the right to. `roles`:
 * of the application, or the permissions in the name of the person who signed in (access-token-claims-reference).
 */
export type TokenClaims = { readonly tenant: string | null; readonly roles: readonly string[] }

/** Reads without verifying: the token comes from the token service over TLS and is Graph's to verify. RFC 7519. */
export function readTokenClaims(token: string): TokenClaims {
  const payload = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  const claims = payload.ok && isRecord(payload.value) ? payload.value : {}
  const roles = Array.isArray(claims['roles']) ? claims['roles'].filter((role) => typeof role === 'string') : readScopes(claims['scp'])
  return { tenant: typeof claims['tid'] === 'string' ? claims['tid'].toLowerCase() : null, roles }
}

/** Those of the sign-in itself (OpenID Connect Core 5.4 and 11) give nothing in Graph. */
const openIdScopes: readonly string[] = ['openid', 'profile', 'email', 'offline_access']

function readScopes(scopes: unknown): readonly string[] {
  return typeof scopes === 'string' ? scopes.split(' ').filter((scope) => scope !== '' && !openIdScopes.includes(scope)) : []
}
