import { randomUUID } from 'node:crypto'
import type { LabAnswer, LabRequest } from '../../http/message.ts'
import { isNameOfTenant, nowInSeconds } from '../tenantContext.ts'
import type { TenantContext } from '../tenantContext.ts'
import { codeLifetime } from './deviceCodes.ts'
import { answerPersonTokens } from './personTokens.ts'
import { readForm } from './readForm.ts'
import { answerSignInError, signInErrors, signInHeaders, type SignInError } from './signInErrors.ts'
import { answerSignInPage, decisionButtons } from './signInPage.ts'

/** The grant by its name in RFC 8628, and by the older one that MSAL sends. */
export const deviceCodeGrants: readonly string[] = ['urn:ietf:params:oauth:grant-type:device_code', 'device_code']

/** Seconds between two questions; Entra says 5, nobody wants to wait so long for a lab. */
const interval = 1

/** POST /{tenant}/oauth2/v2.0/devicecode (v2-oauth2-device-code of the identity platform). */
export function answerDeviceCodeRequest(context: TenantContext, request: LabRequest, tenantName: string): LabAnswer {
  const form = readForm(request)
  const refuse = (error: SignInError): LabAnswer => answerSignInError(error, request, form.get('client-request-id'), context.signInUrl)
  if (!isNameOfTenant(context.identity, tenantName)) return refuse(signInErrors.tenantUnknown(tenantName))
  const missing = ['client_id', 'scope'].find((name) => !form.get(name))
  if (missing !== undefined) return refuse(signInErrors.parameterMissing(missing))
  const clientId = (form.get('client_id') ?? '').toLowerCase()
  if (!context.applications.some((application) => application.clientId === clientId)) return refuse(signInErrors.applicationUnknown(clientId, context.identity.displayName))
  const { deviceCode, userCode } = context.deviceCodes.begin(clientId, nowInSeconds())
  const address = `${context.signInUrl}/devicelogin`
  return answerJson({ user_code: userCode, device_code: deviceCode, verification_uri: address, expires_in: codeLifetime, interval, message: `To sign in, use a web browser to open the page ${address} and enter the code ${userCode} to authenticate.` })
}

/** POST /{tenant}/oauth2/v2.0/token with a device code: asked again and again until the person has decided. */
export function answerDeviceToken(context: TenantContext, request: LabRequest, tenantName: string): LabAnswer {
  const form = readForm(request)
  const refuse = (error: SignInError): LabAnswer => answerSignInError(error, request, form.get('client-request-id'), context.signInUrl)
  if (!isNameOfTenant(context.identity, tenantName)) return refuse(signInErrors.tenantUnknown(tenantName))
  const clientId = (form.get('client_id') ?? '').toLowerCase()
  const application = context.applications.find((candidate) => candidate.clientId === clientId)
  if (application === undefined) return refuse(signInErrors.applicationUnknown(clientId, context.identity.displayName))
  const state = context.deviceCodes.redeem(form.get('device_code') ?? '', clientId, nowInSeconds())
  switch (state) {
    case 'pending': return refuse(signInErrors.authorizationPending())
    case 'declined': return refuse(signInErrors.authorizationDeclined())
    case 'expired': return refuse(signInErrors.deviceCodeExpired())
    case 'unknown': return refuse(signInErrors.deviceCodeUnknown())
    case 'administrator': case 'employee':
      return answerPersonTokens(context, application, state, form.get('scope') ?? '')
  }
}

/** GET /devicelogin: where a person enters the code. */
export function answerDevicePage(): LabAnswer {
  return answerPage(200, `<h1>Lab: sign in</h1>
<form method="post"><p><label>Code <input name="user_code" autocomplete="off" required autofocus></label></p>
<p>${decisionButtons}</p></form>`)
}

/** POST /devicelogin */
export function answerDeviceDecision(context: TenantContext, request: LabRequest): LabAnswer {
  const form = readForm(request)
  const as = form.get('as')
  if (as !== 'administrator' && as !== 'employee' && as !== 'declined') return answerPage(400, '<h1>Choose how to sign in.</h1>')
  const decided = context.deviceCodes.decide(form.get('user_code') ?? '', as, nowInSeconds())
  return decided === 'done' ? answerPage(200, '<h1>Done. You may close this page.</h1>') : answerPage(400, '<h1>This code is not known, or no longer.</h1>')
}

function answerJson(body: unknown): LabAnswer {
  return { status: 200, headers: signInHeaders(randomUUID()), body: JSON.stringify(body) }
}

function answerPage(status: 200 | 400, content: string): LabAnswer {
  return answerSignInPage({ status, content, formTargets: [] })
}
