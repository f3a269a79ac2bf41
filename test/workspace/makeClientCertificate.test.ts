import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { describeCertificate } from '../../src/main/workspace/describeCertificate.ts'
import { makeClientCertificate } from '../../src/main/workspace/makeClientCertificate.ts'
import { readPemKeyPair } from '../../src/main/workspace/pemKeyPair.ts'
import { randomPassphrase, sealKeyPair } from '../../src/main/workspace/sealKeyPair.ts'

const now = Date.parse('2026-06-15T12:00:00.000Z')
const keys = await makeClientCertificate({ commonName: 'Guestbridge 1', days: 365, now })

test('signs itself with an RSA key of 3072 bits, is no authority, and holds for the days that were wished for', () => {
  const certificate = new X509Certificate(keys.certificatePem)
  expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 3072 })
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.ca).toBe(false)
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
  expect(certificate.validFromDate.getTime()).toBeLessThan(now)
  expect(describeCertificate(keys.certificatePem)).toMatchObject({ subject: 'CN=Guestbridge 1', notAfter: '2027-06-15T12:00:00.000Z' })
})

test('no two certificates share a number', async () => {
  const other = await makeClientCertificate({ commonName: 'Guestbridge 1', days: 365, now })
  expect(new X509Certificate(other.certificatePem).serialNumber).not.toBe(new X509Certificate(keys.certificatePem).serialNumber)
})

test('is kept with its key encrypted, and opens with the password alone', () => {
  const password = randomPassphrase()
  const sealed = sealKeyPair(keys, password)
  expect(sealed).toContain('BEGIN ENCRYPTED PRIVATE KEY')
  expect(sealed).not.toContain('BEGIN PRIVATE KEY')
  const opened = readPemKeyPair(sealed, password)
  expect(opened).toMatchObject({ ok: true, value: { certificatePem: keys.certificatePem } })
  expect(readPemKeyPair(sealed, `${password}x`)).toEqual({ ok: false, problem: 'passwordWrong' })
  expect(readPemKeyPair(sealed, '')).toEqual({ ok: false, problem: 'passwordMissing' })
})
