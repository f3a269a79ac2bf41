import { X509Certificate, createHash } from 'node:crypto'
import type { ApplicationRegistration } from '../tenantSettings.ts'
import { isSignedBy, parseToken } from './jsonWebToken.ts'
import type { ParsedToken, TokenPart } from './jsonWebToken.ts'
import { signInErrors } from './signInErrors.ts'
import type { SignInError } from './signInErrors.ts'

export type AssertionCheck = {
  readonly application: ApplicationRegistration
  /** Any of them may be the audience. */
  readonly audiences: readonly string[]
  /** Seconds since 1970. */
  readonly now: number
}

/** Entra allows clocks to differ by five minutes. */
const clockSkew = 300

/**
 * Checks a client assertion (RFC 7523 section 3, certificate-credentials of the identity platform); null means that it is good.
 * A `jti` must be there but may come again: MSAL sends one assertion for ten minutes, and Entra takes it.
 */
export function checkAssertion(text: string, check: AssertionCheck): SignInError | null {
  const token = parseToken(text)
  if (token === null) return signInErrors.assertionMalformed()
  const { clientId } = check.application
  const { iss, sub, aud, jti } = token.claims
  if (iss !== clientId || sub !== clientId) return signInErrors.assertionOfAnother()
  if (typeof jti !== 'string' || jti === '') return signInErrors.assertionMalformed()
  if (typeof aud !== 'string' || !check.audiences.includes(aud)) return signInErrors.assertionForAnother()
  return checkSignature(token, check.application) ?? checkTime(token.claims, check.now)
}

function checkSignature(token: ParsedToken, application: ApplicationRegistration): SignInError | null {
  const named = token.header['x5t#S256'] ?? token.header['x5t']
  const thumbprint = typeof named === 'string' ? named : ''
  const certificate = application.certificatesPem.map((pem) => new X509Certificate(pem)).find((candidate) => thumbprintsOf(candidate).includes(thumbprint))
  const isGood = certificate !== undefined && new Date(certificate.validTo).getTime() > Date.now() && isSignedBy(token, certificate.publicKey)
  return isGood ? null : signInErrors.assertionNotSigned(application.clientId, Buffer.from(thumbprint, 'base64url').toString('hex').toUpperCase())
}

/** As they stand in a header: base64url of SHA-256 (`x5t#S256`) and of SHA-1 (`x5t`). */
function thumbprintsOf(certificate: X509Certificate): readonly string[] {
  return ['sha256', 'sha1'].map((algorithm) => createHash(algorithm).update(certificate.raw).digest('base64url'))
}

function checkTime(claims: TokenPart, now: number): SignInError | null {
  const { exp, nbf } = claims
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return signInErrors.assertionMalformed()
  const from = typeof nbf === 'number' && Number.isFinite(nbf) ? nbf : now
  if (now < exp + clockSkew && now >= from - clockSkew) return null
  return signInErrors.assertionOutOfTime(formatTime(now), formatTime(from), formatTime(exp))
}

function formatTime(seconds: number): string {
  const time = new Date(seconds * 1000)
  return Number.isNaN(time.getTime()) ? String(seconds) : time.toISOString()
}
