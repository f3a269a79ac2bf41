import { randomUUID } from 'node:crypto'
import type { HttpService, LabAnswer, LabRequest } from '../../http/message.ts'
import { findRoute } from '../../http/routes.ts'
import type { Route } from '../../http/routes.ts'
import type { TenantContext } from '../tenantContext.ts'
import { answerInstanceDiscovery, answerOpenIdConfiguration, answerSigningKeys } from './discovery.ts'
import { answerAuthorizeDecision, answerAuthorizePage } from './authorizeEndpoint.ts'
import { answerCodeToken } from './codeToken.ts'
import { answerDeviceCodeRequest, answerDeviceDecision, answerDevicePage, answerDeviceToken, deviceCodeGrants } from './deviceSignIn.ts'
import { answerRefreshedTokens } from './personTokens.ts'
import { answerSignInError, signInErrors, signInHeaders } from './signInErrors.ts'
import { answerTokenRequest } from './tokenEndpoint.ts'

type Handle = (context: TenantContext, request: LabRequest, tenant: string) => LabAnswer

const answerToken: Handle = (context, request, tenant) => {
  const grant = new URLSearchParams(request.body.toString('utf8')).get('grant_type') ?? ''
  if (deviceCodeGrants.includes(grant)) return answerDeviceToken(context, request, tenant)
  if (grant === 'authorization_code') return answerCodeToken(context, request, tenant)
  return (grant === 'refresh_token' ? answerRefreshedTokens : answerTokenRequest)(context, request, tenant)
}

const routes: readonly Route<Handle>[] = [
  { method: 'POST', path: '/{tenant}/oauth2/v2.0/token', handle: answerToken },
  { method: 'POST', path: '/{tenant}/oauth2/v2.0/devicecode', handle: answerDeviceCodeRequest },
  { method: 'GET', path: '/{tenant}/oauth2/v2.0/authorize', handle: answerAuthorizePage },
  { method: 'POST', path: '/{tenant}/oauth2/v2.0/authorize', handle: answerAuthorizeDecision },
  { method: 'GET', path: '/devicelogin', handle: answerDevicePage },
  { method: 'POST', path: '/devicelogin', handle: answerDeviceDecision },
  { method: 'GET', path: '/common/discovery/instance', handle: answerInstanceDiscovery },
  { method: 'GET', path: '/{tenant}/v2.0/.well-known/openid-configuration', handle: answerOpenIdConfiguration },
  { method: 'GET', path: '/{tenant}/discovery/v2.0/keys', handle: answerSigningKeys },
]

/** The sign-in service of the identity platform, as far as an application needs it, and a person who signs in, with a code or by being sent there. */
export function createSignInService(context: TenantContext): HttpService {
  return {
    answer: (request) => {
      const match = findRoute(routes, request.method, request.url.pathname)
      if (match.kind === 'found') return match.handle(context, request, match.parameters['tenant'] ?? '')
      if (match.kind === 'unknownPath') return { status: 404, headers: signInHeaders(randomUUID()), body: '' }
      // The token endpoint refuses other methods in its own words, with 400.
      if (match.allowed.includes('POST')) return answerSignInError(signInErrors.methodRefused(request.method), request, null, context.signInUrl)
      return { status: 405, headers: { ...signInHeaders(randomUUID()), Allow: match.allowed.join(', ') }, body: '' }
    },
    answerFailure: (failure, request, cause) => {
      if (failure === 'internal') {
        const body = { error: 'server_error', error_description: `AADSTS90033: A transient error has occurred. ${describeCause(cause)}`, error_codes: [90033] }
        return { status: 500, headers: signInHeaders(randomUUID()), body: JSON.stringify(body) }
      }
      const reason = failure === 'bodyTooLarge' ? 'its body is too large' : 'its address is malformed'
      return answerSignInError(signInErrors.requestUnreadable(reason), request, null, context.signInUrl)
    },
  }
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
