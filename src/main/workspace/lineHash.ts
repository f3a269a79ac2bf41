import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/domain/canonicalJson.ts'

/** SHA-256 of the RFC 8785 form, hex. */
export function hashCanonically(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

/** Hash of a plan: its header and its lines' own hashes one after the other, so that a plan of 100,000 changes never becomes one text. */
export function startLineHash(header: object): { add: (lineHash: string) => void; digest: () => string } {
  const hash = createHash('sha256').update(`${canonicalJson(header)}\n`)
  return {
    add: (lineHash) => void hash.update(`${lineHash}\n`),
    digest: () => hash.digest('hex'),
  }
}
