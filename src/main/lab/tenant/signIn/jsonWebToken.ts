import { constants, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

export type TokenPart = Readonly<Record<string, unknown>>
export type ParsedToken = { readonly header: TokenPart; readonly claims: TokenPart; readonly signed: string; readonly signature: Buffer }

/** A JSON Web Signature in compact form (RFC 7515 7.1), signed RS256. */
export function signToken(header: TokenPart, claims: TokenPart, privateKeyPem: string): string {
  const signed = `${encode({ typ: 'JWT', alg: 'RS256', ...header })}.${encode(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKeyPem).toString('base64url')}`
}

/** Null where the text has not the form of a JWT. Says nothing about the signature. */
export function parseToken(text: string): ParsedToken | null {
  const [header, claims, signature, ...rest] = text.split('.')
  if (header === undefined || claims === undefined || !signature || rest.length > 0) return null
  const parts = [decode(header), decode(claims)] as const
  if (parts[0] === null || parts[1] === null) return null
  return { header: parts[0], claims: parts[1], signed: `${header}.${claims}`, signature: Buffer.from(signature, 'base64url') }
}

/** RS256 and PS256 (RFC 7518 3.3, 3.5: salt as long as the hash); any other algorithm, `none` above all, never fits. */
export function isSignedBy(token: ParsedToken, key: KeyObject): boolean {
  const data = Buffer.from(token.signed)
  if (key.asymmetricKeyType !== 'rsa') return false
  if (token.header['alg'] === 'RS256') return verify('sha256', data, key, token.signature)
  if (token.header['alg'] !== 'PS256') return false
  return verify('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, token.signature)
}

export function publicKeyOf(pem: string): KeyObject {
  return createPublicKey(pem)
}

function encode(part: TokenPart): string {
  return Buffer.from(JSON.stringify(part), 'utf8').toString('base64url')
}

function decode(text: string): TokenPart | null {
  try {
    const part: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return typeof part === 'object' && part !== null && !Array.isArray(part) ? (part as TokenPart) : null
  } catch {
    return null
  }
}
