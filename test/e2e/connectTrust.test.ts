import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:tls'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAuthority, type Authority } from '../fixtures/certificates.ts'
import { guestbridge } from '../fixtures/commandLine.ts'
import { openTestTerminal } from '../fixtures/terminal.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'

// A controller that sends its authority along, as some do; behind its TLS nobody answers, because trust comes first.
describe('trusting a domain controller', () => {
  let folder: string
  let tenant: TestTenant
  let authority: Authority
  let controller: Server
  let heard = 0
  const environment = () => ({ GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret, GUESTBRIDGE_AD_PASSWORD: 'password' })
  const args = () => ['--workspace', 'W', 'connect', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile, '--tenant', tenant.tenantId, '--client', tenant.clientId,
    '--credential', 'secret', '--server', `ldaps://127.0.0.1:${(controller.address() as AddressInfo).port}`, '--account', 'svc@contoso.test', '--guest-ou', 'OU=Guests,DC=contoso,DC=test', '--disabled-ou', '']
  const fingerprint = () => new X509Certificate(authority.certificatePem).fingerprint256

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    tenant = await startTestTenant(folder)
    authority = await makeAuthority('Contoso Root')
    const issued = await authority.issue({ commonName: 'dc1', ipAddresses: ['127.0.0.1'] })
    controller = createServer({ cert: `${issued.certificatePem}\n${authority.certificatePem}`, key: issued.privateKeyPem }, (socket) => {
      socket.on('data', (octets) => { heard += octets.length }).on('error', () => undefined)
      socket.on('data', () => socket.destroy())
    })
    // Whoever does not trust the certificate breaks off.
    controller.on('tlsClientError', () => undefined)
    controller.listen(0, '127.0.0.1')
    await once(controller, 'listening')
  })
  afterAll(async () => {
    controller.close()
    await tenant.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('another fingerprint than the one that was given ends it, and nothing was said to the controller', async () => {
    const outcome = await guestbridge([...args(), '--fingerprint', 'AA:BB'], { cwd: folder, environment: environment() })
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toContain(fingerprint())
    expect(heard).toBe(0)
  })

  it('a script without fingerprint or file is told both ways, with the fingerprint to compare', async () => {
    const outcome = await guestbridge(args(), { cwd: folder, environment: environment() })
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toContain('--ad-ca')
    expect(outcome.stderr).toContain(fingerprint())
    expect(heard).toBe(0)
  })

  it('a person who says no is taken at his word', async () => {
    const terminal = openTestTerminal(args(), { cwd: folder, environment: environment() })
    await terminal.answer('Day on which it ends', '')
    await terminal.answer('Trust CN=Contoso Root', 'no')
    const { exitCode, stdout } = await terminal.ended()
    expect(exitCode).toBe(1)
    expect(stdout).toContain(fingerprint())
    expect(heard).toBe(0)
  })

  it('with the right fingerprint the authority is trusted, and the conversation begins', async () => {
    const outcome = await guestbridge([...args(), '--fingerprint', fingerprint().toLowerCase()], { cwd: folder, environment: environment() })
    expect(outcome.stdout).not.toContain('not trusted')
    expect(heard).toBeGreaterThan(0)
  })
})
