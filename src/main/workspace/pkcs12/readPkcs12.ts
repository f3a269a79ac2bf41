import type { KeyObject } from 'node:crypto'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { OctetString } from 'asn1js'
import type { ContentInfo, SafeBag } from 'pkijs'
import { AuthenticatedSafe, CertBag, EncryptedData, PFX, PKCS8ShroudedKeyBag, PrivateKeyInfo, SafeContents } from 'pkijs'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { KeyPair, KeyPairFailure } from '../keyPair.ts'
import { pairKey } from '../keyPair.ts'
import { decryptContent } from './decryptContent.ts'
import { checkIntegrity } from './integrity.ts'

const dataType = '1.2.840.113549.1.7.1'
const encryptedDataType = '1.2.840.113549.1.7.6'

/** Certificate and private key of a PKCS#12 file (.pfx, .p12; RFC 7292), in password privacy and integrity mode. */
export async function readPkcs12KeyPair(content: Uint8Array, password: string): Promise<Result<KeyPair, KeyPairFailure>> {
  const opened = openFile(content)
  if (!opened.ok) return opened
  const { file, safe } = opened.value
  const integrity = checkIntegrity(file, safe, password)
  if (!integrity.ok) return integrity
  const bags: SafeBag[] = []
  for (const info of AuthenticatedSafe.fromBER(copyOf(safe)).safeContents) {
    const read = await readBags(info, password)
    if (!read.ok) return read
    bags.push(...read.value)
  }
  return pairBags(bags, password)
}

function openFile(content: Uint8Array): Result<{ readonly file: PFX; readonly safe: Uint8Array }, KeyPairFailure> {
  try {
    const file = PFX.fromBER(copyOf(content))
    const safe: unknown = file.authSafe.content
    return safe instanceof OctetString ? succeed({ file, safe: new Uint8Array(safe.getValue()) }) : fail('unreadable')
  } catch {
    // asn1js and pkijs throw on what is not the structure; there is nothing more to say about it.
    return fail('unreadable')
  }
}

async function readBags(info: ContentInfo, password: string): Promise<Result<readonly SafeBag[], KeyPairFailure>> {
  const inner: unknown = info.content
  if (info.contentType === dataType && inner instanceof OctetString) return succeed(SafeContents.fromBER(inner.getValue()).safeBags)
  if (info.contentType !== encryptedDataType) return fail('encryptionUnknown')
  const content = await decryptContent(new EncryptedData({ schema: inner }), password)
  return content.ok ? succeed(SafeContents.fromBER(copyOf(content.value)).safeBags) : content
}

function pairBags(bags: readonly SafeBag[], password: string): Result<KeyPair, KeyPairFailure> {
  const certificates = bags.flatMap(({ bagValue }) => (bagValue instanceof CertBag && bagValue.certValue instanceof OctetString ? [new X509Certificate(Buffer.from(bagValue.certValue.getValue()))] : []))
  const keyBag = bags.map(({ bagValue }) => bagValue).find((value) => value instanceof PKCS8ShroudedKeyBag || value instanceof PrivateKeyInfo)
  if (keyBag === undefined) return fail('noPrivateKey')
  const key = readKey(Buffer.from(keyBag.toSchema().toBER()), password)
  return key.ok ? pairKey(certificates, key.value) : key
}

/** OpenSSL itself opens PKCS#8, encrypted by PBES2 or by the schemes of PKCS#12. */
function readKey(der: Buffer, password: string): Result<KeyObject, KeyPairFailure> {
  try {
    return succeed(createPrivateKey({ key: der, format: 'der', type: 'pkcs8', passphrase: password }))
  } catch {
    return fail('encryptionUnknown')
  }
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}
