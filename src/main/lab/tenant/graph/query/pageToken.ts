import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { QueryOptions } from './queryOptions.ts'

/** What a `$skiptoken` holds: the query that it continues, and where. */
export type PagePosition = {
  readonly path: string
  readonly options: QueryOptions
  /** Value of the sort key and id of the last user that was delivered: rows that come or go in between do not shift the rest. */
  readonly after: { readonly key: string; readonly id: string }
  /** Seconds since 1970. */
  readonly expires: number
}

const nonceLength = 12
const tagLength = 16

/** Sealed, so that a client can neither read nor make one. */
export function sealPageToken(position: PagePosition, key: Buffer): string {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(position), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Null where this tenant did not make the token. */
export function openPageToken(token: string, key: Buffer): PagePosition | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length <= nonceLength + tagLength) return null
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength))
  decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength))
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]).toString('utf8')
    // Authenticated: nobody but sealPageToken wrote it.
    return JSON.parse(text) as PagePosition
  } catch {
    return null
  }
}
