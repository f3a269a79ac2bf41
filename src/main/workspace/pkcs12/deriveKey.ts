import { createHash } from 'node:crypto'

/** What the derived bytes are for: RFC 7292 B.3. */
export type KeyPurpose = 'encryptionKey' | 'initialVector' | 'integrityKey'

const identifiers: Readonly<Record<KeyPurpose, number>> = { encryptionKey: 1, initialVector: 2, integrityKey: 3 }
/** v of RFC 7292 B.2, in bytes. */
const blockSizes: Readonly<Record<string, number>> = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 }

export type Derivation = { readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512'; readonly salt: Uint8Array; readonly iterations: number; readonly length: number; readonly purpose: KeyPurpose }

/** The key derivation of PKCS#12 (RFC 7292 B.2); OpenSSL has it, node:crypto does not hand it out. */
export function derivePkcs12Key(password: string, { hash, salt, iterations, length, purpose }: Derivation): Buffer {
  const blockSize = blockSizes[hash] ?? 64
  const diversifier = Buffer.alloc(blockSize, identifiers[purpose])
  let input: Buffer = Buffer.concat([fillBlocks(salt, blockSize), fillBlocks(encodePassword(password), blockSize)])
  const parts: Buffer[] = []
  for (let produced = 0; produced < length;) {
    let part: Buffer = createHash(hash).update(diversifier).update(input).digest()
    for (let round = 1; round < iterations; round += 1) part = createHash(hash).update(part).digest()
    parts.push(part)
    produced += part.length
    input = addToBlocks(input, fillBlocks(part, blockSize).subarray(0, blockSize), blockSize)
  }
  return Buffer.concat(parts).subarray(0, length)
}

/** A BMPString with its terminating zero (RFC 7292 B.1): UTF-16, big-endian. */
function encodePassword(password: string): Buffer {
  return Buffer.from(`${password}\0`, 'utf16le').swap16()
}

/** Repeats the bytes until they fill whole blocks. */
function fillBlocks(bytes: Uint8Array, blockSize: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / blockSize) * blockSize, bytes)
}

/** Each block of the input becomes (block + addend + 1) modulo 2^(8·blockSize). */
function addToBlocks(input: Buffer, addend: Buffer, blockSize: number): Buffer {
  const sum = Buffer.from(input)
  for (let start = 0; start < sum.length; start += blockSize) {
    let carry = 1
    for (let index = blockSize - 1; index >= 0; index -= 1) {
      carry += (sum[start + index] ?? 0) + (addend[index] ?? 0)
      sum[start + index] = carry & 0xff
      carry >>= 8
    }
  }
  return sum
}
