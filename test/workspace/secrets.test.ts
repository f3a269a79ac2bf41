import { execFileSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDirectoryPassword, readEntraCredential } from '../../src/main/workspace/secrets.ts'

/** Not ASCII on purpose: PKCS#12 passwords are UTF-16. */
const password = 'Grüße aus Zürich'
let folder: string
const openssl = (...options: readonly string[]) => void execFileSync('openssl', options, { cwd: folder, stdio: 'pipe' })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestbridge-'))
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'certificate.pem', '-subj', '/CN=Guestbridge', '-days', '2')
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'other-key.pem', '-out', 'other.pem', '-subj', '/CN=Other', '-days', '2')
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ec-key.pem', '-out', 'ec.pem', '-subj', '/CN=EC', '-days', '2')
  openssl('pkcs8', '-topk8', '-in', 'key.pem', '-out', 'encrypted-key.pem', '-passout', `pass:${password}`)
  openssl('rsa', '-aes256', '-traditional', '-in', 'key.pem', '-out', 'traditional-key.pem', '-passout', `pass:${password}`)
  const pkcs12 = ['pkcs12', '-export', '-inkey', 'key.pem', '-in', 'certificate.pem', '-passout', `pass:${password}`]
  openssl(...pkcs12, '-certfile', 'other.pem', '-out', 'today.pfx')
  openssl(...pkcs12, '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-out', 'older.p12')
  openssl(...pkcs12, '-macalg', 'sha512', '-certpbe', 'NONE', '-out', 'bare.p12')
  openssl(...pkcs12, '-legacy', '-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-out', 'rc2.p12')
  openssl('pkcs12', '-export', '-nokeys', '-in', 'certificate.pem', '-passout', `pass:${password}`, '-out', 'no-key.p12')
  concatenate('pair.pem', 'certificate.pem', 'key.pem')
  concatenate('reversed.pem', 'key.pem', 'other.pem', 'certificate.pem')
  concatenate('encrypted.pem', 'encrypted-key.pem', 'certificate.pem')
  concatenate('traditional.pem', 'traditional-key.pem', 'certificate.pem')
  concatenate('foreign.pem', 'key.pem', 'other.pem')
  concatenate('elliptic.pem', 'ec-key.pem', 'ec.pem')
  const whole = readFileSync(join(folder, 'today.pfx'))
  writeFileSync(join(folder, 'cut.pfx'), whole.subarray(0, whole.length - 40))
  writeFileSync(join(folder, 'noise.pfx'), 'not a file of this kind')
  writeFileSync(join(folder, 'damaged.pem'), '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

function concatenate(target: string, ...sources: readonly string[]): void {
  writeFileSync(join(folder, target), sources.map((source) => readFileSync(join(folder, source), 'utf8')).join('\n'))
}
const readFileOf = (file: string, secret?: string) => readEntraCredential({ GUESTBRIDGE_ENTRA_SECRET: secret }, { kind: 'certificate', file }, folder)

describe('a certificate with its key', () => {
  test.each([
    ['a PEM file', 'pair.pem', undefined],
    ['a PEM file with the key first and a foreign certificate', 'reversed.pem', undefined],
    ['a PEM file whose key is encrypted', 'encrypted.pem', password],
    ['a PEM file whose key is encrypted in the old way', 'traditional.pem', password],
    ['a PKCS#12 file of today (AES, SHA-256), with a foreign certificate', 'today.pfx', password],
    ['a PKCS#12 file of older systems (triple DES, SHA-1)', 'older.p12', password],
    ['a PKCS#12 file whose certificate is not encrypted', 'bare.p12', password],
  ])('is read from %s', async (_, file, secret) => {
    const credential = await readFileOf(file, secret)
    if (!credential.ok || credential.value.kind !== 'certificate') throw new Error(JSON.stringify(credential))
    const certificate = new X509Certificate(credential.value.certificatePem)
    const original = new X509Certificate(readFileSync(join(folder, 'certificate.pem')))
    expect(certificate.fingerprint256).toBe(original.fingerprint256)
    expect(certificate.checkPrivateKey(createPrivateKey(credential.value.privateKeyPem))).toBe(true)
  })

  test.each([
    ['needs a password', 'encrypted.pem', undefined],
    ['does not open with the password given', 'encrypted.pem', 'wrong'],
    ['does not open with the password given', 'traditional.pem', 'wrong'],
    ['needs a password', 'today.pfx', undefined],
    ['does not open with the password given', 'today.pfx', 'wrong'],
    ['does not open with the password given', 'older.p12', 'wrong'],
    ['is encrypted in a way that is not supported', 'rc2.p12', password],
    ['holds no private key', 'certificate.pem', undefined],
    ['holds no private key', 'no-key.p12', password],
    ['holds no certificate', 'key.pem', undefined],
    ['holds a private key that belongs to none of its certificates', 'foreign.pem', undefined],
    ['holds a private key that is not RSA', 'elliptic.pem', undefined],
    ['is neither PEM nor PKCS#12, or is damaged', 'noise.pfx', password],
    ['is neither PEM nor PKCS#12, or is damaged', 'cut.pfx', password],
    ['is neither PEM nor PKCS#12, or is damaged', 'damaged.pem', undefined],
  ])('is refused where the file %s (%s)', async (message, file, secret) => {
    const credential = await readFileOf(file, secret)
    expect(credential).toMatchObject({ ok: false, problem: { kind: 'credentialsRefused', message: `The certificate file ${file} ${message}.`, detail: { file } } })
    expect(JSON.stringify(credential)).not.toContain(password)
  })

  test('is a problem of the configuration where the file is not there', async () => {
    expect(await readFileOf('nowhere.pem')).toMatchObject({ ok: false, problem: { kind: 'configurationInvalid' } })
  })
})

test('the client secret comes from its variable alone, and a missing one is named', async () => {
  expect(await readEntraCredential({ GUESTBRIDGE_ENTRA_SECRET: 's3cret' }, { kind: 'secret' }, folder)).toEqual({ ok: true, value: { kind: 'secret', secret: 's3cret' } })
  for (const environment of [{}, { GUESTBRIDGE_ENTRA_SECRET: '' }]) {
    expect(await readEntraCredential(environment, { kind: 'secret' }, folder)).toMatchObject({ ok: false, problem: { kind: 'credentialsRefused', detail: { variable: 'GUESTBRIDGE_ENTRA_SECRET' } } })
  }
})

test('the password of the directory comes from its variable alone, and a missing one is named', () => {
  expect(readDirectoryPassword({ GUESTBRIDGE_AD_PASSWORD: ' with blanks ' })).toEqual({ ok: true, value: ' with blanks ' })
  expect(readDirectoryPassword({})).toMatchObject({ ok: false, problem: { kind: 'credentialsRefused', detail: { variable: 'GUESTBRIDGE_AD_PASSWORD' } } })
})
