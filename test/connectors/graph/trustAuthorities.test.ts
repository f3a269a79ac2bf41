import { getCACertificates } from 'node:tls'
import { expect, test } from 'vitest'
import { trustAuthorities } from '../../../src/main/connectors/graph/trustAuthorities.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'

const trusted = (pem: string): boolean => getCACertificates('default').some((each) => each.trim() === pem.trim())

test('trusts every authority of the file, and goes on trusting the bundled ones and those of before', async () => {
  const [before, one, two] = await Promise.all([makeAuthority('before'), makeAuthority('one'), makeAuthority('two')])
  expect(trustAuthorities(before.certificatePem).ok).toBe(true)
  expect(trustAuthorities(`# a comment\n${one.certificatePem}\n${two.certificatePem}`).ok).toBe(true)
  expect([before, one, two].map(({ certificatePem }) => trusted(certificatePem))).toEqual([true, true, true])
  const bundled = getCACertificates('bundled')
  expect(getCACertificates('default').length).toBeGreaterThanOrEqual(bundled.length + 3)
})

test.each([
  ['an empty file', ''],
  ['a file of something else', 'hello'],
  ['a damaged certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
])('refuses %s and changes nothing', (_, pem) => {
  const before = getCACertificates('default').length
  expect(trustAuthorities(pem)).toMatchObject({ ok: false, problem: { kind: 'configurationInvalid' } })
  expect(getCACertificates('default')).toHaveLength(before)
})
