import { randomUUID } from 'node:crypto'
import type { LabAnswer, LabRequest } from '../../http/message.ts'
import { nowInSeconds } from '../tenantContext.ts'
import type { TenantContext } from '../tenantContext.ts'
import { readAuthorizeRequest, type AuthorizeReply, type AuthorizeRequest } from './authorizeRequest.ts'
import { readForm } from './readForm.ts'
import { signInErrors, type SignInError } from './signInErrors.ts'
import { answerSignInPage, decisionButtons, escapeHtml } from './signInPage.ts'

/** GET /{tenant}/oauth2/v2.0/authorize: where a person says who he is. */
export function answerAuthorizePage(context: TenantContext, request: LabRequest, tenantName: string): LabAnswer {
  return withRequest(context, request, tenantName, ({ application, redirectUri, loginHint }) => answerSignInPage({
    status: 200, formTargets: [new URL(redirectUri).origin],
    // The form goes to the address of this page, so that its answer knows what was asked.
    content: `<h1>Lab: sign in</h1>
<p>${escapeHtml(application.displayName)} wants to read in your name${loginHint === null ? '' : `, and expects ${escapeHtml(loginHint)}`}.</p>
<form method="post"><p>${decisionButtons}</p></form>`,
  }))
}

/** POST to the same address: the person has decided, and the browser goes back to the application. */
export function answerAuthorizeDecision(context: TenantContext, request: LabRequest, tenantName: string): LabAnswer {
  return withRequest(context, request, tenantName, (asked) => {
    const as = readForm(request).get('as')
    switch (as) {
      case 'declined': return sendBack(asked, refusal(signInErrors.authorizationDeclined(), context.signInUrl, 'access_denied'))
      case 'administrator': case 'employee': {
        const { redirectUri, challenge, application: { clientId } } = asked
        return sendBack(asked, { code: context.authorizationCodes.issue({ clientId, redirectUri, challenge, person: as }, nowInSeconds()), session_state: randomUUID() })
      }
      default: return answerSignInPage({ status: 400, formTargets: [], content: '<h1>Choose how to sign in.</h1>' })
    }
  })
}

function withRequest(context: TenantContext, { url }: LabRequest, tenantName: string, answer: (asked: AuthorizeRequest) => LabAnswer): LabAnswer {
  const asked = readAuthorizeRequest(context, tenantName, url.searchParams)
  if ('shown' in asked) return answerSignInPage({ status: 400, formTargets: [], content: `<h1>Sorry, but we’re having trouble signing you in.</h1><p>AADSTS${asked.shown.code}: ${escapeHtml(asked.shown.message)}</p>` })
  return 'returned' in asked ? sendBack(asked.to, refusal(asked.returned, context.signInUrl, asked.returned.error)) : answer(asked.value)
}

function refusal({ code, message }: SignInError, signInUrl: string, error: string): Readonly<Record<string, string>> {
  return { error, error_description: `AADSTS${code}: ${message} Trace ID: ${randomUUID()} Correlation ID: ${randomUUID()}`, error_uri: `${signInUrl}/error?code=${code}` }
}

/** RFC 6749 4.1.2: what the redirect address has in its query already stays. */
function sendBack({ redirectUri, mode, state }: AuthorizeReply, parameters: Readonly<Record<string, string>>): LabAnswer {
  const [target, given] = [new URL(redirectUri), new URLSearchParams({ ...parameters, ...(state === null ? {} : { state }) })]
  if (mode === 'fragment') target.hash = given.toString()
  else for (const [name, value] of given) target.searchParams.append(name, value)
  return { status: 302, headers: { Location: target.href, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }, body: '' }
}
