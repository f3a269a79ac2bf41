/**
 * Where a client is in the changes of one naming context. A round gives everything with a USN above `from`; it may take several answers and covers
 * at least what was there when it began (`ceiling`), so that the next round begins there.
 */
export type DirSyncState = {
  readonly from: number
  readonly ceiling: number
  /** The last change that was sent in this round; null at its beginning. */
  readonly position: ChangePosition | null
}
/** Order of changes: `depth` is 0 unless ancestors come first. */
export type ChangePosition = { readonly depth: number; readonly usn: number }

const mark = 'MSDS'
const size = 52

/** Opaque to clients, as Windows' own cookie, which carries the invocationId likewise (MS-ADTS 3.1.1.3.4.1.3). */
export function formatCookie(invocationId: Buffer, state: DirSyncState): Buffer {
  const octets = Buffer.alloc(size)
  octets.write(mark, 'latin1')
  invocationId.copy(octets, 4)
  octets.writeBigUInt64LE(BigInt(state.from), 20)
  octets.writeBigUInt64LE(BigInt(state.ceiling), 28)
  octets.writeInt32LE(state.position?.depth ?? -1, 36)
  octets.writeBigUInt64LE(BigInt(state.position?.usn ?? 0), 40)
  return octets
}

/** `foreign`: of another controller, whose numbers mean nothing here. `damaged`: of nobody. */
export function parseCookie(octets: Buffer, invocationId: Buffer): DirSyncState | 'foreign' | 'damaged' {
  if (octets.length !== size || octets.toString('latin1', 0, 4) !== mark) return 'damaged'
  if (!octets.subarray(4, 20).equals(invocationId)) return 'foreign'
  const depth = octets.readInt32LE(36)
  const position = depth < 0 ? null : { depth, usn: Number(octets.readBigUInt64LE(40)) }
  return { from: Number(octets.readBigUInt64LE(20)), ceiling: Number(octets.readBigUInt64LE(28)), position }
}
