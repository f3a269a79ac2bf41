import { randomUUID } from 'node:crypto'
import { headerOf } from '../../http/message.ts'
import type { LabAnswer, LabRequest } from '../../http/message.ts'

/** A refusal of the token service. `message` is what stands behind `AADSTS<code>: `. */
export type SignInError = { readonly status: 400 | 401; readonly error: string; readonly code: number; readonly message: string }

/** The codes of https://learn.microsoft.com/entra/identity-platform/reference-error-codes with the texts that Entra gives. */
export const signInErrors = {
  secretWrong: (clientId: string): SignInError => ({
    status: 401, error: 'invalid_client', code: 7000215,
    message: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  }),
  secretExpired: (clientId: string): SignInError => ({
    status: 401, error: 'invalid_client', code: 7000222,
    message: `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  }),
  credentialMissing: (): SignInError => ({
    status: 401, error: 'invalid_client', code: 7000218, message: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  }),
  applicationUnknown: (clientId: string, tenant: string): SignInError => ({
    status: 400, error: 'unauthorized_client', code: 700016,
    message: `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  }),
  tenantUnknown: (tenant: string): SignInError => ({
    status: 400, error: 'invalid_request', code: 90002,
    message: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  }),
  tenantMissing: (): SignInError => ({
    status: 400, error: 'invalid_request', code: 50059, message: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
  }),
  parameterMissing: (name: string): SignInError => ({
    status: 400, error: 'invalid_request', code: 900144, message: `The request body must contain the following parameter: '${name}'.`,
  }),
  grantUnsupported: (grant: string): SignInError => ({
    status: 400, error: 'unsupported_grant_type', code: 70003, message: `The app requested an unsupported grant type '${grant}'.`,
  }),
  scopeWithoutDefault: (scope: string): SignInError => ({
    status: 400, error: 'invalid_scope', code: 1002012,
    message: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  }),
  resourceUnknown: (resource: string, tenant: string): SignInError => ({
    status: 400, error: 'invalid_resource', code: 500011,
    message: `The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  }),
  authorizationPending: (): SignInError => ({ status: 400, error: 'authorization_pending', code: 70016, message: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.' }),
  authorizationDeclined: (): SignInError => ({ status: 400, error: 'authorization_declined', code: 65004, message: 'User declined to consent to access the app.' }),
  deviceCodeExpired: (): SignInError => ({ status: 400, error: 'expired_token', code: 70020, message: "The provided value for the input parameter 'device_code' is not valid. This device code has expired." }),
  deviceCodeUnknown: (): SignInError => ({ status: 400, error: 'bad_verification_code', code: 70018, message: 'Invalid verification code due to the user typing in the wrong user code for device code flow.' }),
  refreshTokenInvalid: (): SignInError => ({ status: 400, error: 'invalid_grant', code: 70000, message: 'Provided grant is invalid or malformed.' }),
  redirectUnknown: (redirectUri: string, clientId: string): SignInError => ({
    status: 400, error: 'invalid_request', code: 50011,
    message: `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
  }),
  responseTypeUnsupported: (responseType: string): SignInError => ({ status: 400, error: 'unsupported_response_type', code: 70005, message: `The app returned an unsupported response type '${responseType}'.` }),
  responseModeUnsupported: (mode: string): SignInError => ({ status: 400, error: 'invalid_request', code: 70007, message: `'${mode}' is not a supported value of 'response_mode' when requesting a token.` }),
  challengeMissing: (): SignInError => ({ status: 400, error: 'invalid_request', code: 9002325, message: 'Proof Key for Code Exchange is required for cross-origin authorization code redemption.' }),
  promptUnsupported: (prompt: string): SignInError => ({ status: 400, error: 'invalid_request', code: 90023, message: `The value '${prompt}' of 'prompt' is not supported.` }),
  nobodySignedIn: (): SignInError => ({ status: 400, error: 'login_required', code: 50058, message: 'A silent sign-in request was sent but no user is signed in.' }),
  codeUnknown: (): SignInError => ({ status: 400, error: 'invalid_grant', code: 9002313, message: 'Invalid request. Request is malformed or invalid.' }),
  codeRedeemed: (): SignInError => ({ status: 400, error: 'invalid_grant', code: 54005, message: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.' }),
  codeExpired: (): SignInError => ({ status: 400, error: 'invalid_grant', code: 70008, message: 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.' }),
  codeOfAnother: (): SignInError => ({ status: 400, error: 'invalid_grant', code: 70000, message: 'The provided authorization code was not issued to this client application.' }),
  redirectDiffers: (redirectUri: string, asked: string): SignInError => ({ status: 400, error: 'invalid_client', code: 500112, message: `The reply address '${redirectUri}' does not match the reply address '${asked}' provided when requesting Authorization code.` }),
  verifierWrong: (): SignInError => ({ status: 400, error: 'invalid_grant', code: 501481, message: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.' }),
  clientIsPublic: (): SignInError => ({ status: 401, error: 'invalid_client', code: 700025, message: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented." }),
  methodRefused: (method: string): SignInError => ({
    status: 400, error: 'invalid_request', code: 900561, message: `The endpoint only accepts POST requests. Received a ${method} request.`,
  }),
  assertionMalformed: (): SignInError => ({
    status: 401, error: 'invalid_client', code: 50027, message: 'JWT token is invalid or malformed.',
  }),
  assertionTypeUnknown: (): SignInError => ({
    status: 400, error: 'invalid_request', code: 700022, message: "Invalid value specified for the 'client_assertion_type' parameter.",
  }),
  assertionOfAnother: (): SignInError => ({
    status: 401, error: 'invalid_client', code: 700021, message: "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.",
  }),
  assertionForAnother: (): SignInError => ({
    status: 401, error: 'invalid_client', code: 700023, message: 'Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.',
  }),
  assertionOutOfTime: (now: string, from: string, to: string): SignInError => ({
    status: 401, error: 'invalid_client', code: 700024, message: `Client assertion is not within its valid time range. Current time: ${now}, assertion valid from ${from}, expiry time of assertion ${to}.`,
  }),
  assertionNotSigned: (clientId: string, thumbprint: string): SignInError => ({
    status: 401, error: 'invalid_client', code: 700027,
    message: `The certificate with identifier used to sign the client assertion is not registered on application, or the client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}'. App: '${clientId}'].`,
  }),
  requestUnreadable: (reason: string): SignInError => ({ status: 400, error: 'invalid_request', code: 900144, message: `The request could not be read: ${reason}.` }),
} as const

/** In Entra's form: what failed in the first line of `error_description`, then the ids for support. */
export function answerSignInError(failure: SignInError, request: Pick<LabRequest, 'headers'>, correlation: string | null, signInUrl: string): LabAnswer {
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z')
  const traceId = randomUUID()
  const correlationId = correlation ?? headerOf(request, 'client-request-id') ?? randomUUID()
  const description = `AADSTS${failure.code}: ${failure.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`
  const body = {
    error: failure.error,
    error_description: description,
    error_codes: [failure.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${signInUrl}/error?code=${failure.code}`,
  }
  return { status: failure.status, headers: signInHeaders(traceId), body: JSON.stringify(body) }
}

export function signInHeaders(requestId: string): Record<string, string> {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store, no-cache',
    Pragma: 'no-cache',
    'x-ms-request-id': requestId,
    'x-ms-ests-server': '2.1.0 - LAB ProdSlices',
  }
}
