import { X509Certificate } from 'node:crypto'
import { ConfidentialClientApplication, InteractionRequiredAuthError, ServerError } from '@azure/msal-node'
import type { Configuration } from '@azure/msal-node'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { ApplicationCredential, EntraConnection } from './entraConnection.ts'
import type { TokenNetwork } from './tokenNetwork.ts'
import { createTokenNetwork } from './tokenNetwork.ts'
import { describeTokenServiceError } from './tokenServiceProblems.ts'
import type { Waiting } from './waiting.ts'
import { withoutSecrets } from './withoutSecrets.ts'

/** An application that signs in by itself. */
export type ApplicationConnection = Omit<EntraConnection, 'credential'> & { readonly credential: ApplicationCredential }

export type AccessToken = { readonly text: string; /** Milliseconds since 1970. */ readonly expiresAt: number }

/**
 * One access token for the application itself (client credentials), always a fresh one.
 *
 * MSAL's application object lives for this one request: it takes no AbortSignal, and after a 429 it answers later calls
 * locally for a minute. The authority's endpoints are given, so that the only call is the POST for the token, in custom
 * clouds too.
 */
export async function requestAccessToken(connection: ApplicationConnection, waiting: Waiting, signal: AbortSignal): Promise<Result<AccessToken, Problem>> {
  const network = createTokenNetwork(waiting, signal)
  try {
    const application = new ConfidentialClientApplication({ auth: describeApplication(connection), system: { networkClient: network.client, disableInternalRetries: true } })
    const result = await application.acquireTokenByClientCredential({ scopes: [`${connection.graphUrl}/.default`] })
    if (result === null || result.accessToken === '') return fail(noToken)
    return succeed({ text: result.accessToken, expiresAt: result.expiresOn?.getTime() ?? waiting.now() })
  } catch (error) {
    return fail(describeFailure(error, network, connection))
  }
}

function describeApplication(connection: ApplicationConnection): Configuration['auth'] {
  const { clientId, tenantId, signInUrl, credential } = connection
  const authority = `${signInUrl}/${tenantId}`
  const authorityMetadata = JSON.stringify({
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`, token_endpoint: `${authority}/oauth2/v2.0/token`,
    issuer: `${authority}/v2.0`, jwks_uri: `${authority}/discovery/v2.0/keys`,
  })
  const common = { clientId, authority, authorityMetadata, knownAuthorities: [new URL(signInUrl).host] }
  return credential.kind === 'secret'
    ? { ...common, clientSecret: credential.secret }
    : { ...common, clientCertificate: { thumbprintSha256: thumbprintOf(credential.certificatePem), privateKey: credential.privateKeyPem } }
}

/** Hexadecimal, without colons. */
function thumbprintOf(certificatePem: string): string {
  return new X509Certificate(certificatePem).fingerprint256.replaceAll(':', '')
}

/** The one table of what can go wrong between MSAL and us. MSAL hides what its network client threw, so that is asked first. */
function describeFailure(error: unknown, network: TokenNetwork, connection: ApplicationConnection): Problem {
  const failure = network.failure()
  if (failure !== null) return failure
  const secrets = connection.credential.kind === 'secret' ? [connection.credential.secret] : []
  const description = withoutSecrets(error instanceof Error ? error.message : String(error), secrets)
  if (error instanceof ServerError || error instanceof InteractionRequiredAuthError) {
    const status = error instanceof ServerError ? error.status ?? 0 : 400
    return describeTokenServiceError({ error: error.errorCode, code: error.errorNo ?? 'unknown', status, correlationId: error.correlationId, description })
  }
  return {
    kind: 'credentialsRefused', message: 'The sign-in to Entra could not be prepared.', detail: { description },
    remedy: 'Check clientId and tenantId; a certificate needs its own RSA private key, both as PEM.',
  }
}

const noToken: Problem = {
  kind: 'malformedAnswer', message: 'The token service answered without an access token.',
  remedy: 'Look whether a proxy or firewall answers in place of the service.',
}
