import type { Problem, ProblemKind } from '../../../shared/domain/problem.ts'

/** What the token service said: `error`, the AADSTS number in `error_codes`, and its sentence. */
export type TokenServiceError = { readonly error: string; /** A number in the answer, whatever MSAL's types say; it only ever is a key and part of a text. */ readonly code: string; readonly description: string; readonly status: number; readonly correlationId: string }

type Row = { readonly kind: ProblemKind; readonly message: string; readonly remedy: string }

/**
 * AADSTS numbers that an application can meet with client credentials
 * (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
 */
const rows: Readonly<Record<string, Row>> = {
  7000215: { kind: 'credentialsRefused', message: 'Entra refused the client secret: it is wrong.', remedy: 'Use the value of the secret, not its id; where it is lost, make a new one under App registrations, Certificates & secrets.' },
  7000222: { kind: 'credentialsRefused', message: 'The client secret has expired.', remedy: 'Make a new secret under App registrations, Certificates & secrets, and set it; a certificate lasts longer.' },
  7000218: { kind: 'credentialsRefused', message: 'Entra got no client secret or certificate.', remedy: 'Set GUESTBRIDGE_ENTRA_SECRET, or a certificate as credential of `entra`.' },
  700027: { kind: 'credentialsRefused', message: 'Entra does not know the certificate of the application.', remedy: 'Upload the certificate (without its key) under App registrations, Certificates & secrets.' },
  700024: { kind: 'credentialsRefused', message: 'Entra finds the signed assertion not yet or no longer valid.', remedy: 'Set the clock of this computer; it must not be more than five minutes off.' },
  700016: { kind: 'credentialsRefused', message: 'The application does not exist in the tenant.', remedy: 'Check clientId and tenantId; the application must be registered in this tenant or consented to by its administrator.' },
  700030: { kind: 'credentialsRefused', message: 'The certificate of the application is not valid.', remedy: 'Upload a certificate that is valid today, and use it here.' },
  7000112: { kind: 'accountUnusable', message: 'The application is disabled in the tenant.', remedy: 'Enable it under Enterprise applications, Properties, "Enabled for users to sign-in".' },
  7000229: { kind: 'accountUnusable', message: 'The application has no service principal in the tenant.', remedy: 'Let an administrator of the tenant grant consent, which makes one.' },
  50034: { kind: 'credentialsRefused', message: 'The account does not exist in the tenant.', remedy: 'Check tenantId, and that the application belongs to this tenant.' },
  50057: { kind: 'accountUnusable', message: 'The account is disabled.', remedy: 'Enable it in the Entra admin centre.' },
  90002: { kind: 'wrongTenant', message: 'The tenant does not exist in this cloud.', remedy: 'Check tenantId, and that `cloud` is the one where the tenant lives.' },
  900023: { kind: 'wrongTenant', message: 'The tenant id is not one that Entra understands.', remedy: 'Use the Directory (tenant) ID of the Entra admin centre.' },
  900382: { kind: 'wrongTenant', message: 'The tenant lives in another cloud.', remedy: 'Set `cloud` to the one where the tenant lives.' },
  500011: { kind: 'requestRefused', message: 'The tenant does not know this Microsoft Graph.', remedy: 'Check `cloud` (or graphUrl): each cloud has a Graph of its own.' },
  53003: { kind: 'notPermitted', message: 'Conditional Access does not let the application sign in.', remedy: 'Exclude the workload identity from the policy, or run from a permitted network.' },
  50196: { kind: 'throttled', message: 'Entra saw too many equal requests for a token.', remedy: 'Wait some minutes, and see that no other program signs in with the same application in a loop.' },
}

/** Where the number is not in the table: by the `error` of RFC 6749 5.2. */
const rowsByError: Readonly<Record<string, Row>> = {
  invalid_client: { kind: 'credentialsRefused', message: 'Entra refused the credential of the application.', remedy: 'Check clientId, and the secret or certificate.' },
  unauthorized_client: { kind: 'credentialsRefused', message: 'Entra does not let this application sign in by itself.', remedy: 'Check clientId and tenantId, and that the application is a confidential client.' },
  temporarily_unavailable: { kind: 'serverBusy', message: 'The token service is not available at the moment.', remedy: 'Run again in some minutes.' },
  server_error: { kind: 'serverBusy', message: 'The token service failed.', remedy: 'Run again in some minutes; see status.cloud.microsoft.' },
}

const otherwise: Row = { kind: 'requestRefused', message: 'The token service refused the request.', remedy: 'Look the AADSTS number up at https://login.microsoftonline.com/error.' }
const throttled: Row = { kind: 'throttled', message: 'The token service asks to wait.', remedy: 'Wait some minutes, then run again.' }

export function describeTokenServiceError(error: TokenServiceError): Problem {
  const row = rows[error.code] ?? (error.status === 429 ? throttled : rowsByError[error.error] ?? otherwise)
  return {
    ...row,
    detail: { status: error.status, error: error.error, code: `AADSTS${error.code}`, description: error.description, correlationId: error.correlationId },
  }
}
