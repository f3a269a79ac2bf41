import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { headerOf } from '../../http/message.ts'
import type { LabAnswer, LabRequest } from '../../http/message.ts'
import { isNameOfTenant, nowInSeconds } from '../tenantContext.ts'
import type { TenantContext } from '../tenantContext.ts'
import type { ApplicationRegistration } from '../tenantSettings.ts'
import { graphApplicationId, makeAccessToken } from './accessToken.ts'
import { checkAssertion } from './clientAssertion.ts'
import { answerSignInError, signInErrors, signInHeaders } from './signInErrors.ts'
import type { SignInError } from './signInErrors.ts'

type Credential = 'secret' | 'certificate'
type Checked<Value> = { readonly value: Value } | { readonly refused: SignInError }

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const emptyTenants = ['common', 'organizations', 'consumers']

/** POST /{tenant}/oauth2/v2.0/token with grant_type=client_credentials (v2-oauth2-client-creds-grant-flow of the identity platform). */
export function answerTokenRequest(context: TenantContext, request: LabRequest, tenantName: string): LabAnswer {
  const isForm = (headerOf(request, 'content-type') ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')
  const form = new URLSearchParams(isForm ? request.body.toString('utf8') : '')
  const outcome = authorize(context, tenantName, form)
  if ('refused' in outcome) return answerSignInError(outcome.refused, request, form.get('client-request-id'), context.signInUrl)
  const body = { token_type: 'Bearer', expires_in: context.lifetimes.accessToken, ext_expires_in: context.lifetimes.accessToken, access_token: outcome.value }
  return { status: 200, headers: signInHeaders(randomUUID()), body: JSON.stringify(body) }
}

function authorize(context: TenantContext, tenantName: string, form: URLSearchParams): Checked<string> {
  const refusal = checkForm(context, tenantName, form)
  if (refusal !== null) return { refused: refusal }
  const clientId = form.get('client_id') ?? ''
  const application = context.applications.find((candidate) => candidate.clientId === clientId.toLowerCase())
  if (application === undefined) return { refused: signInErrors.applicationUnknown(clientId, context.identity.displayName) }
  const audience = findAudience(context, form.get('scope') ?? '')
  if ('refused' in audience) return audience
  const credential = checkCredential(context, application, form)
  if ('refused' in credential) return credential
  const token = makeAccessToken({
    application,
    credential: credential.value,
    audience: audience.value,
    tenant: context.identity,
    signingKeyPem: context.store.signingKeyPem,
    now: nowInSeconds(),
    lifetime: context.lifetimes.accessToken,
  })
  return { value: token }
}

function checkForm(context: TenantContext, tenantName: string, form: URLSearchParams): SignInError | null {
  if (emptyTenants.includes(tenantName.toLowerCase())) return signInErrors.tenantMissing()
  if (!isNameOfTenant(context.identity, tenantName)) return signInErrors.tenantUnknown(tenantName)
  const missing = ['grant_type', 'client_id', 'scope'].find((name) => !form.get(name))
  if (missing !== undefined) return signInErrors.parameterMissing(missing)
  const grant = form.get('grant_type') ?? ''
  return grant === 'client_credentials' ? null : signInErrors.grantUnsupported(grant)
}

/** The token is made for Graph, under whichever of its names it was asked for. */
function findAudience(context: TenantContext, scope: string): Checked<string> {
  // MSAL adds the OpenID scopes to what it is asked for in other flows; Entra passes over them.
  const scopes = scope.split(' ').filter((part) => part !== '' && !['openid', 'profile', 'offline_access'].includes(part))
  const asked = scopes[0]
  const resource = asked?.endsWith('/.default') === true ? asked.slice(0, -'/.default'.length) : null
  if (scopes.length !== 1 || resource === null) return { refused: signInErrors.scopeWithoutDefault(scope) }
  // `https://graph.microsoft.com//.default` asks for the audience with the slash, as Entra's v1 resources have it.
  const isGraph = graphAudiences(context).includes(resource.replace(/\/$/, ''))
  return isGraph ? { value: resource } : { refused: signInErrors.resourceUnknown(resource, context.identity.displayName) }
}

export function graphAudiences(context: Pick<TenantContext, 'graphUrl'>): readonly string[] {
  return [context.graphUrl, 'https://graph.microsoft.com', graphApplicationId]
}

function checkCredential(context: TenantContext, application: ApplicationRegistration, form: URLSearchParams): Checked<Credential> {
  const [secret, assertion] = [form.get('client_secret'), form.get('client_assertion')]
  if (assertion) {
    if (form.get('client_assertion_type') !== assertionType) return { refused: signInErrors.assertionTypeUnknown() }
    const refused = checkAssertion(assertion, { application, audiences: assertionAudiences(context), now: nowInSeconds() })
    return refused === null ? { value: 'certificate' } : { refused }
  }
  if (!secret) return { refused: signInErrors.credentialMissing() }
  const known = application.secrets.find((candidate) => isSameText(candidate.value, secret))
  if (known === undefined) return { refused: signInErrors.secretWrong(application.clientId) }
  const isExpired = Date.parse(known.endDateTime) <= Date.now()
  return isExpired ? { refused: signInErrors.secretExpired(application.clientId) } : { value: 'secret' }
}

function assertionAudiences(context: TenantContext): readonly string[] {
  const names = [context.identity.id, ...context.identity.verifiedDomains]
  return names.flatMap((name) => ['oauth2/v2.0/token', 'oauth2/token', 'v2.0'].map((path) => `${context.signInUrl}/${name}/${path}`))
}

/** Compares digests, so that neither length nor content shows in the time that it takes. */
function isSameText(left: string, right: string): boolean {
  const [leftDigest, rightDigest] = [left, right].map((text) => createHash('sha256').update(text).digest())
  return leftDigest !== undefined && rightDigest !== undefined && timingSafeEqual(leftDigest, rightDigest)
}
