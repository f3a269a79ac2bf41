import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ExpiringSecret } from '../../../shared/api/connectCalls.ts'
import type { WorkspaceConfiguration } from '../../workspace/configuration.ts'
import { fillFromKeychain } from '../../workspace/keychain.ts'
import { readEntraCredential, type Environment } from '../../workspace/secrets.ts'

/** Announced so many days before. */
const announcedDays = 30
const day = 24 * 60 * 60 * 1000

type Surroundings = { readonly folder: string; readonly configuration: WorkspaceConfiguration; readonly environment: Environment; /** ISO 8601. */ readonly now: string }

/**
 * Secrets that end within 30 days, or have ended: the certificate by what stands in it, the client secret by the date that a
 * person or Graph gave (`entra.credential.expires`). What nobody knows the end of is not in the list.
 */
export async function findExpiringSecrets({ folder, configuration, environment, now }: Surroundings): Promise<readonly ExpiringSecret[]> {
  if (configuration.purpose === 'lab') return []
  const { credential } = configuration.entra
  if (credential.kind === 'secret') return credential.expires === undefined ? [] : judge('clientSecret', `${credential.expires}T00:00:00.000Z`, now)
  // A sign-in is renewed with each use; that it has ended is said when it is used.
  if (credential.kind === 'person') return []
  const endsAt = await readCertificateEnd(folder, credential, await fillFromKeychain(environment, configuration.id, ['entra']))
  return endsAt === null ? [] : judge('certificate', endsAt, now)
}

/** Public in a PEM file; in PKCS#12 it lies behind the password. Null: the file cannot be read now, which its use says with words. */
async function readCertificateEnd(folder: string, credential: { readonly kind: 'certificate'; readonly file: string }, environment: Environment): Promise<string | null> {
  const keys = await readEntraCredential(environment, credential, folder)
  if (keys.ok && keys.value.kind === 'certificate') return new X509Certificate(keys.value.certificatePem).validToDate.toISOString()
  if (!keys.ok && keys.problem.kind === 'configurationInvalid') return null
  const text = await readFile(resolve(folder, credential.file), 'utf8')
  const own = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text)?.[0]
  return own === undefined ? null : new X509Certificate(own).validToDate.toISOString()
}

const words = { certificate: 'The certificate of the application in Entra', clientSecret: 'The client secret of the application in Entra' } as const

function judge(what: ExpiringSecret['what'], endsAt: string, now: string): readonly ExpiringSecret[] {
  const daysLeft = Math.floor((Date.parse(endsAt) - Date.parse(now)) / day)
  if (daysLeft >= announcedDays) return []
  const date = endsAt.slice(0, 10)
  const isOver = Date.parse(endsAt) <= Date.parse(now)
  const remedy = 'Make a new one with "guestbridge connect entra", or in Settings.'
  const sentence = isOver ? `${words[what]} ended on ${date}: nothing can be read. ${remedy}` : `${words[what]} ends on ${date}, in ${daysLeft} days. ${remedy}`
  return [{ name: 'entra', what, endsAt, daysLeft, state: isOver ? 'expired' : 'expiresSoon', sentence }]
}
