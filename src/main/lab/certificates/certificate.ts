import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import { BitString, Integer, OctetString, Utf8String } from 'asn1js'
import {
  AttributeTypeAndValue, AuthorityKeyIdentifier, BasicConstraints, Certificate, Extension, ExtKeyUsage, GeneralName, GeneralNames,
} from 'pkijs'

/** PEM texts; the key is PKCS#8 without password. */
export type KeyedCertificate = { readonly certificatePem: string; readonly privateKeyPem: string }

/** `notBefore` lies an hour back, so that a client whose clock is behind accepts it. */
export type Validity = { readonly from: Date; readonly days: number }

export type ServerNames = { readonly dnsNames: readonly string[]; readonly ipAddresses: readonly string[] }

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const
const rsa = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' } as const
const hour = 3_600_000
/** Purposes of RFC 5280 4.2.1.12. */
const serverAuthentication = '1.3.6.1.5.5.7.3.1'
const clientAuthentication = '1.3.6.1.5.5.7.3.2'

/** The root of an authority of one's own: signs itself and nothing but certificates and revocation lists. */
export async function makeAuthority(commonName: string, validity: Validity): Promise<KeyedCertificate> {
  const keys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
  const root = await describe(commonName, validity, keys.publicKey)
  root.issuer.typesAndValues = root.subject.typesAndValues
  root.extensions = [
    extension('2.5.29.19', new BasicConstraints({ cA: true }).toSchema().toBER(), 'critical'),
    // RFC 5280 4.2.1.3: keyCertSign (5) and cRLSign (6).
    extension('2.5.29.15', new BitString({ valueHex: Uint8Array.of(0x06).buffer, unusedBits: 1 }).toBER(), 'critical'),
    extension('2.5.29.14', new OctetString({ valueHex: keyIdentifier(root) }).toBER(), 'ordinary'),
  ]
  await root.sign(keys.privateKey, 'SHA-256')
  return toPem(root, keys.privateKey)
}

/** A certificate for a server that answers under all these names. */
export async function issueServerCertificate(authority: KeyedCertificate, names: ServerNames, validity: Validity): Promise<KeyedCertificate> {
  const keys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
  const certificate = await describe(names.dnsNames[0] ?? 'localhost', validity, keys.publicKey)
  const alternatives = new GeneralNames({
    names: [
      ...names.dnsNames.map((value) => new GeneralName({ type: 2, value })),
      ...names.ipAddresses.map((address) => new GeneralName({ type: 7, value: new OctetString({ valueHex: addressBytes(address) }) })),
    ],
  })
  return sign(authority, certificate, keys.privateKey, [
    extension('2.5.29.37', new ExtKeyUsage({ keyPurposes: [serverAuthentication] }).toSchema().toBER(), 'ordinary'),
    extension('2.5.29.17', alternatives.toSchema().toBER(), 'ordinary'),
  ])
}

/** A certificate with which an application signs in. RSA: Entra takes assertions signed RS256 and PS256 only. */
export async function issueClientCertificate(authority: KeyedCertificate, commonName: string, validity: Validity): Promise<KeyedCertificate> {
  const keys = await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify'])
  const certificate = await describe(commonName, validity, keys.publicKey)
  return sign(authority, certificate, keys.privateKey, [
    extension('2.5.29.37', new ExtKeyUsage({ keyPurposes: [clientAuthentication] }).toSchema().toBER(), 'ordinary'),
  ])
}

async function sign(
  authority: KeyedCertificate, certificate: Certificate, privateKey: webcrypto.CryptoKey, extensions: readonly Extension[],
): Promise<KeyedCertificate> {
  const root = Certificate.fromBER(derOf(authority.certificatePem))
  const signingKey = await webcrypto.subtle.importKey('pkcs8', derOf(authority.privateKeyPem), ecdsa, false, ['sign'])
  certificate.issuer.typesAndValues = root.subject.typesAndValues
  certificate.extensions = [
    extension('2.5.29.19', new BasicConstraints({ cA: false }).toSchema().toBER(), 'critical'),
    extension('2.5.29.35', new AuthorityKeyIdentifier({ keyIdentifier: new OctetString({ valueHex: keyIdentifier(root) }) }).toSchema().toBER(), 'ordinary'),
    ...extensions,
  ]
  await certificate.sign(signingKey, 'SHA-256')
  return toPem(certificate, privateKey)
}

async function describe(commonName: string, validity: Validity, publicKey: webcrypto.CryptoKey): Promise<Certificate> {
  const certificate = new Certificate()
  certificate.version = 2
  // RFC 5280 4.1.2.2: positive and unique for the authority; the first byte keeps it from being negative.
  certificate.serialNumber = new Integer({ valueHex: Uint8Array.from([0x01, ...randomBytes(15)]).buffer })
  certificate.subject.typesAndValues.push(new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: commonName }) }))
  certificate.notBefore.value = new Date(validity.from.getTime() - hour)
  certificate.notAfter.value = new Date(validity.from.getTime() + validity.days * 24 * hour)
  await certificate.subjectPublicKeyInfo.importKey(publicKey)
  return certificate
}

function extension(extnID: string, value: ArrayBuffer, weight: 'critical' | 'ordinary'): Extension {
  return new Extension({ extnID, critical: weight === 'critical', extnValue: value })
}

/** RFC 5280 4.2.1.2, method 1: SHA-1 of the public key's bits. */
function keyIdentifier(certificate: Certificate): ArrayBuffer {
  const digest = createHash('sha1').update(certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView).digest()
  return Uint8Array.from(digest).buffer
}

function addressBytes(address: string): ArrayBuffer {
  if (isIP(address) === 4) return Uint8Array.from(address.split('.').map(Number)).buffer
  if (address === '::1') return Uint8Array.from([...Array<number>(15).fill(0), 1]).buffer
  throw new Error(`The lab has no certificate for the address ${address}`)
}

function derOf(pem: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')).buffer
}

async function toPem(certificate: Certificate, privateKey: webcrypto.CryptoKey): Promise<KeyedCertificate> {
  return {
    certificatePem: encodePem('CERTIFICATE', certificate.toSchema(true).toBER()),
    privateKeyPem: encodePem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', privateKey)),
  }
}

function encodePem(label: string, bytes: ArrayBuffer): string {
  const lines = Buffer.from(bytes).toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
