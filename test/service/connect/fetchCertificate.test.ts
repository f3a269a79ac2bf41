import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { callConnect } from '../../../src/main/service/connect/connectHandlers.ts'
import { createConnectMemory } from '../../../src/main/service/connect/connectMemory.ts'
import type { ConnectSession } from '../../../src/main/service/connect/connectSession.ts'
import { makeClientCertificate } from '../../../src/main/workspace/makeClientCertificate.ts'
import { noProxy } from '../../../src/shared/domain/proxyInUse.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'

const session: ConnectSession = { open: null, memory: createConnectMemory(), environment: {}, proxy: noProxy, now: () => '2026-06-15T12:00:00.000Z', actor: 'test@test' }
const options = { signal: AbortSignal.timeout(20_000), onProgress: () => undefined }
const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** A controller that presents these certificates and counts what is said to it after that. */
async function startController(certificatePem: string, privateKeyPem: string): Promise<{ readonly url: string; readonly heard: () => number }> {
  let heard = 0
  const server = createServer({ cert: certificatePem, key: privateKeyPem }, (socket: TLSSocket) => {
    socket.on('data', (octets) => { heard += octets.length }).on('error', () => undefined)
  })
  // Whoever does not trust the certificate breaks off: that is what is tested.
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return { url: `ldaps://127.0.0.1:${(server.address() as AddressInfo).port}`, heard: () => heard }
}

test('an authority that the controller sends can be confirmed by its fingerprint, and nothing was said to the controller', async () => {
  const authority = await makeAuthority('Contoso Root')
  const issued = await authority.issue({ commonName: 'dc1', ipAddresses: ['127.0.0.1'] })
  const controller = await startController(`${issued.certificatePem}\n${authority.certificatePem}`, issued.privateKeyPem)
  const presented = await callConnect(session, 'connect.fetchCertificate', { server: controller.url, security: 'ldaps' }, options)
  const fingerprint = new X509Certificate(authority.certificatePem).fingerprint256
  expect(presented).toMatchObject({ ok: true, value: { untrusted: { kind: 'certificateNotTrusted' }, chain: [{ subject: 'CN=dc1', issuer: 'CN=Contoso Root', isSelfSigned: false }, { subject: 'CN=Contoso Root', fingerprint }], pin: { kind: 'authority', certificate: { fingerprint } } } })
  if (presented.ok && presented.value.pin.kind === 'authority') expect(new X509Certificate(presented.value.pin.pem).fingerprint256).toBe(fingerprint)
  expect(controller.heard()).toBe(0)
})

test('a certificate that has signed itself is offered as what it is', async () => {
  const keys = await makeClientCertificate({ commonName: 'dc1.contoso.test', days: 10, now: Date.now() })
  const controller = await startController(keys.certificatePem, keys.privateKeyPem)
  const presented = await callConnect(session, 'connect.fetchCertificate', { server: controller.url, security: 'ldaps' }, options)
  expect(presented).toMatchObject({ ok: true, value: { chain: [{ isSelfSigned: true }], pin: { kind: 'selfSigned' } } })
})

test('without its authority a certificate is shown and cannot be confirmed', async () => {
  const issued = await (await makeAuthority('Hidden Root')).issue({ commonName: 'dc1', ipAddresses: ['127.0.0.1'] })
  const controller = await startController(issued.certificatePem, issued.privateKeyPem)
  const presented = await callConnect(session, 'connect.fetchCertificate', { server: controller.url, security: 'ldaps' }, options)
  expect(presented).toMatchObject({ ok: true, value: { chain: [{ subject: 'CN=dc1' }], pin: { kind: 'nothing', why: expect.stringContaining('Hidden Root') as unknown } } })
})

test('who does not answer, or speaks no TLS, is a problem with words', async () => {
  const closed = await callConnect(session, 'connect.fetchCertificate', { server: 'ldaps://127.0.0.1:1', security: 'ldaps' }, options)
  expect(closed).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
})

test('input that a call does not take never reaches the network', async () => {
  expect(await callConnect(session, 'connect.fetchCertificate', { server: 'http://dc1', security: 'ldaps' }, options)).toMatchObject({ ok: false, problem: { kind: 'usage' } })
})
