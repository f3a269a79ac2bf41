import { X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepareLabCertificates } from '../../src/main/lab/labCertificates.ts'
import { labFilesOf } from '../../src/main/lab/labFiles.ts'

const day = 86_400_000
let folder: string
const files = () => labFilesOf(folder)
const prepare = (daysFromNow = 0) => prepareLabCertificates(files(), new Date(Date.now() + daysFromNow * day))

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guestbridge-certificates-'))
  await mkdir(files().folder)
})
afterEach(() => rm(folder, { recursive: true }))

describe('the certificates of a lab', () => {
  it('name every address under which it is reached, and are of its own authority', async () => {
    const { server, authorityPem, clientCertificatePem } = await prepare()
    const certificate = new X509Certificate(server.certificatePem)
    expect(['localhost', 'dc1.contoso.lab'].map((name) => certificate.checkHost(name))).toEqual(['localhost', 'dc1.contoso.lab'])
    expect(['127.0.0.1', '::1'].map((address) => certificate.checkIP(address))).toEqual(['127.0.0.1', '::1'])
    const authority = new X509Certificate(authorityPem)
    for (const issued of [certificate, new X509Certificate(clientCertificatePem)]) expect([issued.verify(authority.publicKey), issued.ca]).toEqual([true, false])
    expect(authority.ca).toBe(true)
  })

  it('stay while they are good', async () => {
    expect(await prepare()).toEqual(await prepare())
  })

  it('are renewed before they end, under the same authority', async () => {
    const [first, later] = [await prepare(), await prepare(320)]
    expect(later.server.certificatePem).not.toBe(first.server.certificatePem)
    expect([later.authorityPem, later.clientCertificatePem]).toEqual([first.authorityPem, first.clientCertificatePem])
  })

  it('are all renewed when the authority ends', async () => {
    const [first, later] = [await prepare(), await prepare(3620)]
    expect(later.authorityPem).not.toBe(first.authorityPem)
    expect(new X509Certificate(later.server.certificatePem).verify(new X509Certificate(later.authorityPem).publicKey)).toBe(true)
  })

  it('are made again where a file is damaged or belongs to another key', async () => {
    const first = await prepare()
    await writeFile(files().serverKey, 'no key')
    const second = await prepare()
    expect(second.server.certificatePem).not.toBe(first.server.certificatePem)
    await writeFile(files().serverKey, first.server.privateKeyPem)
    expect((await prepare()).server.certificatePem).not.toBe(second.server.certificatePem)
    expect((await prepare()).authorityPem).toBe(first.authorityPem)
  })
})
