import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'

/**
 * The name suffixes that a forest trust routes to its partner, in lower case (msDS-TrustForestTrustInfo, MS-ADTS 6.1.6.9.3). Suffixes that are
 * switched off are left out. The problem finishes the sentence "the routing information could not be read: …".
 */
export function readRoutedSuffixes(octets: Uint8Array): Result<readonly string[], string> {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  if (octets.length < 8) return fail('it is cut off')
  if (view.getUint32(0, true) !== 1) return fail(`it has version ${view.getUint32(0, true)} instead of 1`)
  const count = view.getUint32(4, true)
  const suffixes: string[] = []
  let position = 8
  for (let index = 0; index < count; index += 1) {
    if (position + 4 > octets.length) return fail(`record ${index + 1} of ${count} is missing`)
    const length = view.getUint32(position, true)
    if (length < recordHeader || position + 4 + length > octets.length) return fail(`record ${index + 1} of ${count} is cut off`)
    const suffix = readRecord(octets.subarray(position + 4, position + 4 + length))
    if (!suffix.ok) return suffix
    if (suffix.value !== null) suffixes.push(suffix.value)
    position += 4 + length
  }
  return succeed(suffixes)
}

/** Flags, Timestamp, RecordType (MS-ADTS 6.1.6.9.3.1); RecordLen does not count itself. */
const recordHeader = 13
const recordTypes = { topLevelName: 0, excludedName: 1 } as const
/** LSA_TLN_DISABLED_NEW, LSA_TLN_DISABLED_ADMIN, LSA_TLN_DISABLED_CONFLICT. */
const switchedOff = 0x7

/** Null: a record that routes nothing. */
function readRecord(record: Uint8Array): Result<string | null, string> {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength)
  const [flags, type] = [view.getUint32(0, true), view.getUint8(12)]
  if (type !== recordTypes.topLevelName && type !== recordTypes.excludedName) return succeed(null)
  const isOn = (flags & switchedOff) === 0
  // Names below an excluded one are not routed, though their suffix is: that needs more than a list of suffixes.
  if (type === recordTypes.excludedName) return isOn ? fail('it excludes names below a routed suffix') : succeed(null)
  if (record.length < recordHeader + 4) return fail('a name is cut off')
  const length = view.getUint32(recordHeader, true)
  if (recordHeader + 4 + length > record.length) return fail('a name is cut off')
  const name = new TextDecoder().decode(record.subarray(recordHeader + 4, recordHeader + 4 + length))
  return succeed(isOn ? name.toLowerCase() : null)
}
