import { createHash } from 'node:crypto'
import type { LabAnswer, LabRequest } from '../../http/message.ts'
import { isNameOfTenant, nowInSeconds } from '../tenantContext.ts'
import type { TenantContext } from '../tenantContext.ts'
import { answerPersonTokens } from './personTokens.ts'
import { readForm } from './readForm.ts'
import { findPlatform } from './redirectUris.ts'
import { answerSignInError, signInErrors, type SignInError } from './signInErrors.ts'

/** POST /{tenant}/oauth2/v2.0/token with a code of the authorize endpoint (RFC 6749 4.1.3) and what proves who asked for it (RFC 7636 4.5). */
export function answerCodeToken(context: TenantContext, request: LabRequest, tenantName: string): LabAnswer {
  const form = readForm(request)
  const refuse = (error: SignInError): LabAnswer => answerSignInError(error, request, form.get('client-request-id'), context.signInUrl)
  if (!isNameOfTenant(context.identity, tenantName)) return refuse(signInErrors.tenantUnknown(tenantName))
  const missing = ['client_id', 'code', 'redirect_uri', 'scope'].find((name) => !form.get(name))
  if (missing !== undefined) return refuse(signInErrors.parameterMissing(missing))
  const clientId = (form.get('client_id') ?? '').toLowerCase()
  const application = context.applications.find((candidate) => candidate.clientId === clientId)
  if (application === undefined) return refuse(signInErrors.applicationUnknown(clientId, context.identity.displayName))
  if (form.has('client_secret') || form.has('client_assertion')) return refuse(signInErrors.clientIsPublic())
  const grant = context.authorizationCodes.redeem(form.get('code') ?? '', nowInSeconds())
  switch (grant) {
    case 'unknown': return refuse(signInErrors.codeUnknown())
    case 'redeemed': return refuse(signInErrors.codeRedeemed())
    case 'expired': return refuse(signInErrors.codeExpired())
    default: {
      if (grant.clientId !== clientId) return refuse(signInErrors.codeOfAnother())
      if (grant.redirectUri !== form.get('redirect_uri')) return refuse(signInErrors.redirectDiffers(form.get('redirect_uri') ?? '', grant.redirectUri))
      // Whoever signs in by a web server has to prove that he is it.
      if (findPlatform(application, grant.redirectUri) !== 'desktop') return refuse(signInErrors.credentialMissing())
      return challengeOf(form.get('code_verifier') ?? '') === grant.challenge ? answerPersonTokens(context, application, grant.person, form.get('scope') ?? '') : refuse(signInErrors.verifierWrong())
    }
  }
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
