import { randomBytes, webcrypto, X509Certificate } from 'node:crypto'
import { BitString, Integer, Utf8String } from 'asn1js'
import { AttributeTypeAndValue, BasicConstraints, Certificate, Extension, ExtKeyUsage } from 'pkijs'
import type { KeyPair } from './keyPair.ts'

/** `days`: how long Entra accepts it. `now` in milliseconds since 1970. */
export type CertificateWish = { readonly commonName: string; readonly days: number; readonly now: number }

const minute = 60_000
const day = 24 * 60 * minute

/**
 * A self-signed certificate for the application in Entra, with its RSA key of 3072 bits (NIST SP 800-57: beyond 2030). It
 * signs assertions and nothing else: no authority, key usage digitalSignature, extended key usage clientAuth.
 */
export async function makeClientCertificate({ commonName, days, now }: CertificateWish): Promise<KeyPair> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = new Certificate()
  certificate.version = 2
  // RFC 5280 4.1.2.2: positive, so the highest bit is not set.
  certificate.serialNumber = new Integer({ valueHex: Uint8Array.from([0x01, ...randomBytes(15)]).buffer })
  const name = () => new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: commonName }) })
  certificate.subject.typesAndValues.push(name())
  certificate.issuer.typesAndValues.push(name())
  // Clocks differ: Entra refuses a certificate that its own clock finds not valid yet.
  certificate.notBefore.value = new Date(now - 10 * minute)
  certificate.notAfter.value = new Date(now + days * day)
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey)
  certificate.extensions = [
    new Extension({ extnID: '2.5.29.19', critical: true, extnValue: new BasicConstraints({ cA: false }).toSchema().toBER() }),
    // RFC 5280 4.2.1.3: digitalSignature is bit 0.
    new Extension({ extnID: '2.5.29.15', critical: true, extnValue: new BitString({ valueHex: Uint8Array.of(0x80).buffer, unusedBits: 7 }).toBER() }),
    new Extension({ extnID: '2.5.29.37', critical: false, extnValue: new ExtKeyUsage({ keyPurposes: ['1.3.6.1.5.5.7.3.2'] }).toSchema().toBER() }),
  ]
  await certificate.sign(keys.privateKey, 'SHA-256')
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    certificatePem: new X509Certificate(Buffer.from(certificate.toSchema(true).toBER())).toString(),
    privateKeyPem: toPem(Buffer.from(key)),
  }
}

function toPem(der: Buffer): string {
  return ['-----BEGIN PRIVATE KEY-----', ...(der.toString('base64').match(/.{1,64}/g) ?? []), '-----END PRIVATE KEY-----', ''].join('\n')
}
