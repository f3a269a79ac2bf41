import type { KeyObject, X509Certificate } from 'node:crypto'
import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'

/** PEM texts of a certificate and its RSA key; the key is PKCS#8 and has no password. */
export type KeyPair = { readonly certificatePem: string; readonly privateKeyPem: string }

export type KeyPairFailure = 'passwordMissing' | 'passwordWrong' | 'noCertificate' | 'noPrivateKey' | 'keyForeign' | 'keyNotRsa' | 'encryptionUnknown' | 'unreadable'

/** Finds the certificate that the key belongs to; a file may hold those of its issuers too. */
export function pairKey(certificates: readonly X509Certificate[], key: KeyObject): Result<KeyPair, KeyPairFailure> {
  if (certificates.length === 0) return fail('noCertificate')
  // Entra takes assertions signed with RS256 or PS256 only.
  if (key.asymmetricKeyType !== 'rsa') return fail('keyNotRsa')
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key))
  return own === undefined ? fail('keyForeign') : succeed({ certificatePem: own.toString(), privateKeyPem: key.export({ format: 'pem', type: 'pkcs8' }).toString() })
}
