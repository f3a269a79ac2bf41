import { isRecord, parseJson } from './parseJson.ts'

/** What an access token for Graph says about itself. Null: it is not readable, which Entra reserves the right to. */
export type TokenClaims = { readonly tenant: string | null; readonly roles: readonly string[] }

/** Reads without verifying: the token comes from the token service over TLS and is Graph's to verify. RFC 7519. */
export function readTokenClaims(token: string): TokenClaims {
  const payload = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  const claims = payload.ok && isRecord(payload.value) ? payload.value : {}
  const roles = Array.isArray(claims['roles']) ? claims['roles'].filter((role) => typeof role === 'string') : []
  return { tenant: typeof claims['tid'] === 'string' ? claims['tid'].toLowerCase() : null, roles }
}
