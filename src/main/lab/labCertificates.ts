import { X509Certificate, createPrivateKey } from 'node:crypto'
import { issueClientCertificate, issueServerCertificate, makeAuthority } from './certificates/certificate.ts'
import type { KeyedCertificate } from './certificates/certificate.ts'
import { readTextFile, writeTextFile } from './labFiles.ts'
import type { LabFiles } from './labFiles.ts'
import { labDomain } from './seed/domain.ts'

export type LabCertificates = {
  readonly authorityPem: string
  readonly server: KeyedCertificate
  readonly clientCertificatePem: string
}

const authorityDays = 3650
const serverDays = 365
const dayInMilliseconds = 86_400_000
/** A certificate is renewed this long before it ends; a lab seldom runs longer in one go. */
const renewalDays = 60
const serverNames = { dnsNames: ['localhost', labDomain.controllerName], ipAddresses: ['127.0.0.1', '::1'] }

/** Reads the lab's certificates, and makes those that are missing, damaged or near their end. To be called under the lab's lock only. */
export async function prepareLabCertificates(files: LabFiles, now: Date): Promise<LabCertificates> {
  const isGood = (pair: KeyedCertificate | null): pair is KeyedCertificate => pair !== null && isUsable(pair, now)
  const knownAuthority = await readPair(files.authority, files.authorityKey)
  const authority = isGood(knownAuthority) ? knownAuthority : await makeAuthority('Guestbridge lab authority', { from: now, days: authorityDays })
  const isOfAuthority = (pair: KeyedCertificate) => new X509Certificate(pair.certificatePem).checkIssued(new X509Certificate(authority.certificatePem))
  if (authority !== knownAuthority) await writePair(files.authority, files.authorityKey, authority)

  const knownServer = await readPair(files.serverCertificate, files.serverKey)
  const server = isGood(knownServer) && isOfAuthority(knownServer) ? knownServer : await issueServerCertificate(authority, serverNames, { from: now, days: serverDays })
  if (server !== knownServer) await writePair(files.serverCertificate, files.serverKey, server)

  const knownClient = splitPem(await readTextFile(files.clientCertificate))
  const client = isGood(knownClient) ? knownClient : await issueClientCertificate(authority, 'Guestbridge lab application', { from: now, days: authorityDays })
  if (client !== knownClient) await writeTextFile(files.clientCertificate, client.certificatePem + client.privateKeyPem, 'private')
  return { authorityPem: authority.certificatePem, server, clientCertificatePem: client.certificatePem }
}

async function readPair(certificateFile: string, keyFile: string): Promise<KeyedCertificate | null> {
  const [certificatePem, privateKeyPem] = [await readTextFile(certificateFile), await readTextFile(keyFile)]
  return certificatePem === null || privateKeyPem === null ? null : { certificatePem, privateKeyPem }
}

/** The key goes first: a certificate on disk always has its key beside it. */
async function writePair(certificateFile: string, keyFile: string, pair: KeyedCertificate): Promise<void> {
  await writeTextFile(keyFile, pair.privateKeyPem, 'private')
  await writeTextFile(certificateFile, pair.certificatePem, 'public')
}

function splitPem(text: string | null): KeyedCertificate | null {
  const certificatePem = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n/.exec(text ?? '')?.[0]
  const privateKeyPem = /-----BEGIN PRIVATE KEY-----[^]*?-----END PRIVATE KEY-----\n/.exec(text ?? '')?.[0]
  return certificatePem === undefined || privateKeyPem === undefined ? null : { certificatePem, privateKeyPem }
}

function isUsable(pair: KeyedCertificate, now: Date): boolean {
  try {
    const certificate = new X509Certificate(pair.certificatePem)
    const isInTime = Date.parse(certificate.validTo) - now.getTime() > renewalDays * dayInMilliseconds && Date.parse(certificate.validFrom) <= now.getTime()
    return isInTime && certificate.checkPrivateKey(createPrivateKey(pair.privateKeyPem))
  } catch {
    // What cannot be parsed is made anew, like what is missing.
    return false
  }
}
