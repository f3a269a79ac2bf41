import { isNameOfTenant } from '../tenantContext.ts'
import type { TenantContext } from '../tenantContext.ts'
import type { ApplicationRegistration } from '../tenantSettings.ts'
import { findPlatform } from './redirectUris.ts'
import { signInErrors, type SignInError } from './signInErrors.ts'

export type ResponseMode = 'query' | 'fragment'

/** Where the browser is sent back to, and how. */
export type AuthorizeReply = { readonly redirectUri: string; readonly mode: ResponseMode; readonly state: string | null }

export type AuthorizeRequest = AuthorizeReply & { readonly application: ApplicationRegistration; readonly challenge: string; readonly scope: string; readonly loginHint: string | null }

/**
 * `shown`: whom to send the browser to is not known for sure, so the person is told, and nobody else (RFC 6749 4.1.2.1).
 * `returned`: the application is told, by the redirect.
 */
export type ReadRequest = { readonly value: AuthorizeRequest } | { readonly shown: SignInError } | { readonly returned: SignInError; readonly to: AuthorizeReply }

const prompts: readonly string[] = ['login', 'select_account', 'consent', 'none']

/** What an application asks of the authorize endpoint (v2-oauth2-auth-code-flow of the identity platform, RFC 7636 4.3). */
export function readAuthorizeRequest(context: TenantContext, tenantName: string, query: URLSearchParams): ReadRequest {
  if (!isNameOfTenant(context.identity, tenantName)) return { shown: signInErrors.tenantUnknown(tenantName) }
  const missing = ['client_id', 'redirect_uri'].find((name) => !query.get(name))
  if (missing !== undefined) return { shown: signInErrors.parameterMissing(missing) }
  const clientId = (query.get('client_id') ?? '').toLowerCase()
  const application = context.applications.find((candidate) => candidate.clientId === clientId)
  if (application === undefined) return { shown: signInErrors.applicationUnknown(clientId, context.identity.displayName) }
  const redirectUri = query.get('redirect_uri') ?? ''
  if (findPlatform(application, redirectUri) === null) return { shown: signInErrors.redirectUnknown(redirectUri, clientId) }
  const mode = readResponseMode(query.get('response_mode'))
  const reply: AuthorizeReply = { redirectUri, mode: mode ?? 'query', state: query.get('state') }
  const refusal = mode === null ? signInErrors.responseModeUnsupported(query.get('response_mode') ?? '') : refuseRest(query)
  if (refusal !== null) return { returned: refusal, to: reply }
  return { value: { ...reply, application, challenge: query.get('code_challenge') ?? '', scope: query.get('scope') ?? '', loginHint: query.get('login_hint') } }
}

/** Entra's third one, a form that posts itself, needs a script; the lab's pages have none. */
function readResponseMode(text: string | null): ResponseMode | null {
  return text === null || text === 'query' ? 'query' : text === 'fragment' ? 'fragment' : null
}

function refuseRest(query: URLSearchParams): SignInError | null {
  const responseType = query.get('response_type')
  if (responseType !== 'code') return responseType === null ? signInErrors.parameterMissing('response_type') : signInErrors.responseTypeUnsupported(responseType)
  if (!query.get('scope')) return signInErrors.parameterMissing('scope')
  // RFC 7636 7.2: `plain` protects from nobody who sees the request. Entra would take an application without challenge; ours always has one.
  if (!/^[A-Za-z0-9_-]{43}$/.test(query.get('code_challenge') ?? '') || query.get('code_challenge_method') !== 'S256') return signInErrors.challengeMissing()
  const wanted = query.get('prompt')
  if (wanted !== null && !prompts.includes(wanted)) return signInErrors.promptUnsupported(wanted)
  // The lab has no session of a person: everybody signs in each time.
  return wanted === 'none' ? signInErrors.nobodySignedIn() : null
}
