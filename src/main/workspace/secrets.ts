import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import type { EntraConfiguration } from './configuration.ts'
import { knownSecrets, type SecretName } from './knownSecrets.ts'
import type { KeyPair, KeyPairFailure } from './keyPair.ts'
import { readPemKeyPair } from './pemKeyPair.ts'
import { readPkcs12KeyPair } from './pkcs12/readPkcs12.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** PEM texts; the private key is RSA, PKCS#8 and without password. */
export type EntraCredential = { readonly kind: 'secret'; readonly secret: string } | ({ readonly kind: 'certificate' } & KeyPair) | { readonly kind: 'person'; readonly refreshToken: string }

export const entraSecretVariable = knownSecrets.entra.variable
export const directoryPasswordVariable = knownSecrets.directory.variable

/**
 * The credential for Entra: the secret from GUESTBRIDGE_ENTRA_SECRET, or certificate and key from the configured file (PEM
 * or PKCS#12, told apart by content), whose password is in the same variable. Secrets go into connectors and nowhere else.
 */
export async function readEntraCredential(environment: Environment, credential: EntraConfiguration['credential'], folder: string): Promise<Result<EntraCredential, Problem>> {
  const secret = environment[entraSecretVariable] ?? ''
  if (credential.kind === 'secret') return secret === '' ? fail(missingSecret('entra', 'the client secret of the application in Entra')) : succeed({ kind: 'secret', secret })
  if (credential.kind === 'person') return secret === '' ? fail(notSignedIn) : succeed({ kind: 'person', refreshToken: secret })
  const content = await readContent(resolve(folder, credential.file))
  if (!content.ok) return content
  const keys = await readKeyPair(content.value, secret)
  return keys.ok ? succeed({ kind: 'certificate', ...keys.value }) : fail(describeKeyPairFailure(credential.file, keys.problem))
}

const notSignedIn: Problem = {
  kind: 'credentialsRefused', message: 'Nobody is signed in to Entra for this workspace, or the keychain of this user does not know it.',
  remedy: 'Sign in again: guestbridge connect entra.', detail: { variable: entraSecretVariable },
}

/** PEM or PKCS#12, told apart by content. */
export async function readKeyPair(content: Buffer, password: string): Promise<Result<KeyPair, KeyPairFailure>> {
  return content.includes('-----BEGIN ') ? readPemKeyPair(content.toString('utf8'), password) : readPkcs12KeyPair(content, password)
}

export function readDirectoryPassword(environment: Environment): Result<string, Problem> {
  const password = environment[directoryPasswordVariable] ?? ''
  return password === '' ? fail(missingSecret('directory', 'the password of the account that Active Directory is read and written with')) : succeed(password)
}

export function readResourcePassword(environment: Environment): Result<string, Problem> {
  const password = environment[knownSecrets.resource.variable] ?? ''
  return password === '' ? fail(missingSecret('resource', 'the password of our account in the domain of connectors and applications')) : succeed(password)
}

async function readContent(file: string): Promise<Result<Buffer, Problem>> {
  try {
    return succeed(await readFile(file))
  } catch (error) {
    return fail({
      kind: 'configurationInvalid', message: `The certificate file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      remedy: 'Correct credential.file of `entra` in workspace.json.', detail: { file },
    })
  }
}

function missingSecret(name: SecretName, what: string): Problem {
  const { variable } = knownSecrets[name]
  return {
    kind: 'credentialsRefused', message: `The environment variable ${variable} is not set, and the keychain of this user has nothing in its place.`,
    remedy: `Set ${variable} to ${what}, for this program only, or keep it once: guestbridge secrets set ${name}.`, detail: { variable },
  }
}

const failures: Readonly<Record<KeyPairFailure, { readonly message: string; readonly remedy: string }>> = {
  passwordMissing: { message: 'needs a password', remedy: `Set ${entraSecretVariable} to the password of the file.` },
  passwordWrong: { message: 'does not open with the password given', remedy: `Set ${entraSecretVariable} to the password of the file.` },
  noCertificate: { message: 'holds no certificate', remedy: 'Put certificate and private key into one file: cat certificate.pem key.pem.' },
  noPrivateKey: { message: 'holds no private key', remedy: 'Put certificate and private key into one file, or export the certificate with its key.' },
  keyForeign: { message: 'holds a private key that belongs to none of its certificates', remedy: 'Put the key of the certificate into the file.' },
  keyNotRsa: { message: 'holds a private key that is not RSA', remedy: 'Entra accepts RSA keys only: make a new certificate with an RSA key of 2048 bits or more.' },
  encryptionUnknown: { message: 'is encrypted in a way that is not supported', remedy: 'Write it again with AES: openssl pkcs12 -in old.pfx -legacy -nodes | openssl pkcs12 -export -out new.pfx.' },
  unreadable: { message: 'is neither PEM nor PKCS#12, or is damaged', remedy: 'Export the certificate with its private key again, as .pem or .pfx.' },
}

export function describeKeyPairFailure(file: string, failure: KeyPairFailure): Problem {
  const { message, remedy } = failures[failure]
  return { kind: 'credentialsRefused', message: `The certificate file ${file} ${message}.`, remedy, detail: { file, variable: entraSecretVariable } }
}
