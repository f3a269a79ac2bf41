import { randomUUID } from 'node:crypto'
import type { LabAnswer, LabRequest } from '../../http/message.ts'
import { isNameOfTenant } from '../tenantContext.ts'
import type { TenantContext } from '../tenantContext.ts'
import { keyId } from './accessToken.ts'
import { publicKeyOf } from './jsonWebToken.ts'
import { answerSignInError, signInErrors, signInHeaders } from './signInErrors.ts'

/** GET /{tenant}/v2.0/.well-known/openid-configuration (OpenID Connect Discovery 1.0 section 4). */
export function answerOpenIdConfiguration(context: TenantContext, request: LabRequest, tenantName: string): LabAnswer {
  if (!isNameOfTenant(context.identity, tenantName)) return answerSignInError(signInErrors.tenantUnknown(tenantName), request, null, context.signInUrl)
  const base = `${context.signInUrl}/${context.identity.id}`
  return answerJson({
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${base}/v2.0`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    tenant_region_scope: 'EU',
    cloud_instance_name: new URL(context.signInUrl).host,
    msgraph_host: new URL(context.graphUrl).host,
  })
}

/** GET /common/discovery/instance: which names the sign-in service goes by. Asked by MSAL for authorities that it does not know. */
export function answerInstanceDiscovery(context: TenantContext): LabAnswer {
  const { host } = new URL(context.signInUrl)
  return answerJson({
    tenant_discovery_endpoint: `${context.signInUrl}/${context.identity.id}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  })
}

/** GET /{tenant}/discovery/v2.0/keys: the public key of the tokens (RFC 7517 section 5). */
export function answerSigningKeys(context: TenantContext): LabAnswer {
  const kid = keyId(context.store.signingKeyPem)
  const key = publicKeyOf(context.store.signingKeyPem).export({ format: 'jwk' })
  return answerJson({ keys: [{ ...key, use: 'sig', kid, x5t: kid, issuer: `${context.signInUrl}/${context.identity.id}/v2.0` }] })
}

function answerJson(body: unknown): LabAnswer {
  return { status: 200, headers: signInHeaders(randomUUID()), body: JSON.stringify(body) }
}
