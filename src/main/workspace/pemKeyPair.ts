import type { KeyObject } from 'node:crypto'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import type { KeyPair, KeyPairFailure } from './keyPair.ts'
import { pairKey } from './keyPair.ts'

/** RFC 7468, and the older form with `Proc-Type: 4,ENCRYPTED`. */
const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g

/** Certificate and private key of one PEM text, in any order, among others; `password` where the key is encrypted. */
export function readPemKeyPair(pem: string, password: string): Result<KeyPair, KeyPairFailure> {
  const blocks = Array.from(pem.matchAll(block), ([text, label]) => ({ text, label: label ?? '' }))
  const keyBlock = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'))
  if (keyBlock === undefined) return fail('noPrivateKey')
  const key = readKey(keyBlock.text, password)
  if (!key.ok) return key
  try {
    return pairKey(blocks.filter(({ label }) => label === 'CERTIFICATE').map(({ text }) => new X509Certificate(text)), key.value)
  } catch {
    // node:crypto throws OpenSSL's words, which say less than our failure.
    return fail('unreadable')
  }
}

function readKey(pem: string, password: string): Result<KeyObject, KeyPairFailure> {
  const isEncrypted = pem.includes('ENCRYPTED')
  if (isEncrypted && password === '') return fail('passwordMissing')
  try {
    return succeed(createPrivateKey({ key: pem, format: 'pem', passphrase: password }))
  } catch {
    return fail(isEncrypted ? 'passwordWrong' : 'unreadable')
  }
}
