import { createDecipheriv } from 'node:crypto'
import type { AlgorithmIdentifier, EncryptedData } from 'pkijs'
import { Integer, OctetString, Sequence } from 'asn1js'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { KeyPairFailure } from '../keyPair.ts'
import { derivePkcs12Key } from './deriveKey.ts'

const pbes2 = '1.2.840.113549.1.5.13'
const pbeWithSha1And3KeyTripleDes = '1.2.840.113549.1.12.1.3'

/** The content of an EncryptedData: PBES2 with AES (today's default), or SHA-1 with triple DES (what Windows wrote for years). */
export async function decryptContent(encrypted: EncryptedData, password: string): Promise<Result<Uint8Array, KeyPairFailure>> {
  const { contentEncryptionAlgorithm: algorithm } = encrypted.encryptedContentInfo
  try {
    if (algorithm.algorithmId === pbes2) return succeed(new Uint8Array(await encrypted.decrypt({ password: new TextEncoder().encode(password).buffer })))
    if (algorithm.algorithmId === pbeWithSha1And3KeyTripleDes) return decryptTripleDes(encrypted, algorithm, password)
    return fail('encryptionUnknown')
  } catch {
    // The integrity check has found the password right, so it is the cipher that is not known here.
    return fail('encryptionUnknown')
  }
}

function decryptTripleDes(encrypted: EncryptedData, algorithm: AlgorithmIdentifier, password: string): Result<Uint8Array, KeyPairFailure> {
  const parameters: unknown = algorithm.algorithmParams
  if (!(parameters instanceof Sequence)) return fail('unreadable')
  const [salt, iterations] = parameters.valueBlock.value
  if (!(salt instanceof OctetString) || !(iterations instanceof Integer)) return fail('unreadable')
  const common = { hash: 'sha1', salt: salt.valueBlock.valueHexView, iterations: iterations.valueBlock.valueDec } as const
  const key = derivePkcs12Key(password, { ...common, length: 24, purpose: 'encryptionKey' })
  const vector = derivePkcs12Key(password, { ...common, length: 8, purpose: 'initialVector' })
  const decipher = createDecipheriv('des-ede3-cbc', key, vector)
  return succeed(Buffer.concat([decipher.update(new Uint8Array(encrypted.encryptedContentInfo.getEncryptedContent())), decipher.final()]))
}
