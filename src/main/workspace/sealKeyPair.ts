import { createPrivateKey, randomBytes } from 'node:crypto'
import type { KeyPair } from './keyPair.ts'

/**
 * Certificate and private key as one PEM text, the key encrypted (PKCS#8, PBES2 with AES-256-CBC): the file alone is worth
 * nothing, and readPemKeyPair opens it with the password.
 */
export function sealKeyPair({ certificatePem, privateKeyPem }: KeyPair, password: string): string {
  const sealed = createPrivateKey(privateKeyPem).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: password })
  return `${certificatePem.trim()}\n${sealed.toString().trim()}\n`
}

/** For the keychain: nobody has to type it. 256 bits. */
export function randomPassphrase(): string {
  return randomBytes(32).toString('base64url')
}
