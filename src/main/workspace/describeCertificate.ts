import { X509Certificate } from 'node:crypto'

/** Thumbprints are hexadecimal, upper case, without colons, as Entra shows them. `notAfter`: ISO 8601 in UTC. */
export type CertificateFacts = { readonly subject: string; readonly sha1: string; readonly sha256: string; readonly notAfter: string }

/** @param pem One certificate; throws where it is none. */
export function describeCertificate(pem: string): CertificateFacts {
  const certificate = new X509Certificate(pem)
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    sha1: certificate.fingerprint.replaceAll(':', ''),
    sha256: certificate.fingerprint256.replaceAll(':', ''),
    notAfter: certificate.validToDate.toISOString(),
  }
}
