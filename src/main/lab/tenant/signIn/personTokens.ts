import { randomUUID } from 'node:crypto'
import type { LabAnswer, LabRequest } from '../../http/message.ts'
import { isNameOfTenant, nowInSeconds } from '../tenantContext.ts'
import type { TenantContext } from '../tenantContext.ts'
import type { ApplicationRegistration } from '../tenantSettings.ts'
import { makeDelegatedToken } from './delegatedToken.ts'
import type { SignedInAs } from './deviceCodes.ts'
import { isSignedBy, parseToken, publicKeyOf, signToken } from './jsonWebToken.ts'
import { readForm } from './readForm.ts'
import { answerSignInError, signInErrors, signInHeaders, type SignInError } from './signInErrors.ts'

const openIdScopes = ['openid', 'profile', 'offline_access', 'email']
/** Ninety days, as Entra gives (identity platform, "Refresh tokens"). Seconds. */
const refreshLifetime = 90 * 24 * 60 * 60

/** What a person who signed in is given; a refresh token only where `offline_access` was asked for. */
export function answerPersonTokens(context: TenantContext, application: ApplicationRegistration, person: SignedInAs, scope: string): LabAnswer {
  const { identity, graphUrl, store: { signingKeyPem }, lifetimes } = context
  const [scopes, now] = [scopesOf(scope), nowInSeconds()]
  const token = makeDelegatedToken({ application, person, scopes, tenant: identity, audience: graphUrl, signingKeyPem, now, lifetime: lifetimes.accessToken })
  const refresh = scope.split(' ').includes('offline_access') ? { refresh_token: signToken({ use: 'refresh' }, { person, appid: application.clientId, exp: now + refreshLifetime, jti: randomUUID() }, signingKeyPem) } : {}
  return answerJson({ token_type: 'Bearer', scope: scopes.join(' '), expires_in: lifetimes.accessToken, ext_expires_in: lifetimes.accessToken, access_token: token.accessToken, id_token: token.idToken, client_info: token.clientInfo, ...refresh })
}

/** POST /{tenant}/oauth2/v2.0/token with a refresh token (RFC 6749 6): new tokens of the same person, a new refresh token among them. */
export function answerRefreshedTokens(context: TenantContext, request: LabRequest, tenantName: string): LabAnswer {
  const form = readForm(request)
  const refuse = (error: SignInError): LabAnswer => answerSignInError(error, request, form.get('client-request-id'), context.signInUrl)
  if (!isNameOfTenant(context.identity, tenantName)) return refuse(signInErrors.tenantUnknown(tenantName))
  const clientId = (form.get('client_id') ?? '').toLowerCase()
  const application = context.applications.find((candidate) => candidate.clientId === clientId)
  if (application === undefined) return refuse(signInErrors.applicationUnknown(clientId, context.identity.displayName))
  const person = readRefreshToken(form.get('refresh_token') ?? '', clientId, context.store.signingKeyPem)
  return person === null ? refuse(signInErrors.refreshTokenInvalid()) : answerPersonTokens(context, application, person, form.get('scope') ?? '')
}

function readRefreshToken(text: string, clientId: string, signingKeyPem: string): SignedInAs | null {
  const token = parseToken(text)
  if (token === null || token.header['use'] !== 'refresh' || !isSignedBy(token, publicKeyOf(signingKeyPem))) return null
  const { person, appid, exp } = token.claims
  if (appid !== clientId || typeof exp !== 'number' || exp <= nowInSeconds()) return null
  return person === 'administrator' || person === 'employee' ? person : null
}

/** Short names of Graph's permissions: `https://graph…/Directory.ReadWrite.All` is `Directory.ReadWrite.All`. */
function scopesOf(scope: string): readonly string[] {
  return scope.split(' ').filter((part) => part !== '' && !openIdScopes.includes(part)).map((part) => part.slice(part.lastIndexOf('/') + 1))
}

function answerJson(body: unknown): LabAnswer {
  return { status: 200, headers: signInHeaders(randomUUID()), body: JSON.stringify(body) }
}
