import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findExpiringSecrets } from '../../../src/main/service/connect/expiringSecrets.ts'
import { makeClientCertificate } from '../../../src/main/workspace/makeClientCertificate.ts'
import type { EntraConfiguration } from '../../../src/main/workspace/configuration.ts'
import { sealKeyPair } from '../../../src/main/workspace/sealKeyPair.ts'
import { sample } from '../../workspace/sample.ts'

const now = '2026-06-15T12:00:00.000Z'
let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-expiring-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const find = (credential: EntraConfiguration['credential'], environment = {}) => findExpiringSecrets({ folder, configuration: { ...sample, entra: { ...sample.entra, credential } }, environment, now })

test.each([
  ['2026-07-16', []],
  ['2026-07-15', [{ state: 'expiresSoon', daysLeft: 29 }]],
  ['2026-06-16', [{ state: 'expiresSoon', daysLeft: 0 }]],
  ['2026-06-15', [{ state: 'expired', daysLeft: -1 }]],
])('a client secret that ends on %s', async (expires, expected) => {
  expect(await find({ kind: 'secret', expires })).toMatchObject(expected)
  expect(await find({ kind: 'secret', expires })).toHaveLength(expected.length)
})

test('nobody is told of a secret whose end nobody knows, nor of anything in a lab', async () => {
  expect(await find({ kind: 'secret' })).toEqual([])
  expect(await findExpiringSecrets({ folder, configuration: { ...sample, purpose: 'lab', entra: { ...sample.entra, credential: { kind: 'secret', expires: '2020-01-01' } } }, environment: {}, now })).toEqual([])
})

test.each([[40, 0], [20, 1], [-1, 1]])('a certificate that ends in %i days is announced from its own date, with its password or without', async (days, count) => {
  const keys = await makeClientCertificate({ commonName: 'Guestbridge', days, now: Date.parse(now) })
  await writeFile(join(folder, 'entra.pem'), sealKeyPair(keys, 'a password'))
  for (const environment of [{}, { GUESTBRIDGE_ENTRA_SECRET: 'a password' }]) {
    const found = await find({ kind: 'certificate', file: 'entra.pem' }, environment)
    expect(found).toHaveLength(count)
    if (count === 1) expect(found[0]).toMatchObject({ what: 'certificate', daysLeft: days, state: days < 0 ? 'expired' : 'expiresSoon' })
  }
})
