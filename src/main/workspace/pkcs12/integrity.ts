import { createHmac, timingSafeEqual } from 'node:crypto'
import type { PFX } from 'pkijs'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { KeyPairFailure } from '../keyPair.ts'
import { derivePkcs12Key } from './deriveKey.ts'

const hashes = {
  '1.3.14.3.2.26': { hash: 'sha1', length: 20 },
  '2.16.840.1.101.3.4.2.1': { hash: 'sha256', length: 32 },
  '2.16.840.1.101.3.4.2.2': { hash: 'sha384', length: 48 },
  '2.16.840.1.101.3.4.2.3': { hash: 'sha512', length: 64 },
} as const

/**
 * RFC 7292 4: an HMAC over the authenticated safe tells a wrong password from a damaged file before anything is decrypted.
 * A file without one is read as it is; its contents still have to fit together.
 */
export function checkIntegrity(file: PFX, safe: Uint8Array, password: string): Result<null, KeyPairFailure> {
  const { macData } = file
  if (macData === undefined) return succeed(null)
  const algorithm = Object.entries(hashes).find(([identifier]) => identifier === macData.mac.digestAlgorithm.algorithmId)?.[1]
  if (algorithm === undefined) return fail('encryptionUnknown')
  const key = derivePkcs12Key(password, {
    ...algorithm, salt: macData.macSalt.valueBlock.valueHexView, iterations: macData.iterations ?? 1, purpose: 'integrityKey',
  })
  const expected = macData.mac.digest.valueBlock.valueHexView
  const actual = createHmac(algorithm.hash, key).update(safe).digest()
  if (expected.length === actual.length && timingSafeEqual(actual, expected)) return succeed(null)
  return fail(password === '' ? 'passwordMissing' : 'passwordWrong')
}
