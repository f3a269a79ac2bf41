import { sidFromBytes } from '../../../../shared/domain/ids.ts'
import type { Sid } from '../../../../shared/domain/ids.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { RecordState, TrustedName } from '../../readinessPorts.ts'

/**
 * The records of a forest trust (msDS-TrustForestTrustInfo, MS-ADTS 6.1.6.9.3.1) in their order; what is not understood and routes nothing is left out. The
 * problem finishes the sentence "the routing information could not be read: …".
 */
export function readForestTrustRecords(octets: Uint8Array): Result<readonly TrustedName[], string> {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  if (octets.length < 8) return fail('it is cut off')
  if (view.getUint32(0, true) !== 1) return fail(`it has version ${view.getUint32(0, true)} instead of 1`)
  const count = view.getUint32(4, true)
  const names: TrustedName[] = []
  let position = 8
  for (let index = 0; index < count; index += 1) {
    if (position + 4 > octets.length) return fail(`record ${index + 1} of ${count} is missing`)
    const length = view.getUint32(position, true)
    if (length < recordHeader || position + 4 + length > octets.length) return fail(`record ${index + 1} of ${count} is cut off`)
    const record = readRecord(octets.subarray(position + 4, position + 4 + length))
    if (!record.ok) return record
    if (record.value !== null) names.push(record.value)
    position += 4 + length
  }
  return succeed(names)
}

/** Flags, Timestamp, RecordType; RecordLen does not count itself. */
const recordHeader = 13
const recordTypes = { topLevelName: 0, excludedName: 1, domain: 2 } as const

/** Null: a record that is not understood and routes no suffix. */
function readRecord(record: Uint8Array): Result<TrustedName | null, string> {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength)
  const [flags, type, data] = [view.getUint32(0, true), view.getUint8(12), record.subarray(recordHeader)]
  switch (type) {
    case recordTypes.topLevelName: return readSuffix(data, 'suffix', flags)
    case recordTypes.excludedName: return readSuffix(data, 'excluded', flags)
    // Suffixes route without it: a domain that is written otherwise must not hide them.
    case recordTypes.domain: return succeed(readDomain(data, flags))
    default: return succeed(null)
  }
}

function readSuffix(data: Uint8Array, kind: 'suffix' | 'excluded', flags: number): Result<TrustedName, string> {
  const name = takeField(data)
  return name.ok ? succeed({ kind, name: textOf(name.value.field), state: stateOf(flags, suffixFlags) }) : name
}

/** SID, DNS name and NetBIOS name of a domain of the other forest, each with its length before it; null where they are not there. */
function readDomain(data: Uint8Array, flags: number): TrustedName | null {
  const sid = takeField(data)
  const dnsName = sid.ok ? takeField(sid.value.rest) : sid
  const netBiosName = dnsName.ok ? takeField(dnsName.value.rest) : dnsName
  if (!sid.ok || !dnsName.ok || !netBiosName.ok) return null
  return { kind: 'domain', sid: readSid(sid.value.field), name: textOf(dnsName.value.field), netBiosName: new TextDecoder().decode(netBiosName.value.field), state: stateOf(flags, domainFlags) }
}

/** MS-ADTS 6.1.6.9.3.1, Flags: LSA_TLN_DISABLED_NEW, LSA_TLN_DISABLED_ADMIN, LSA_TLN_DISABLED_CONFLICT. */
const suffixFlags: readonly (readonly [number, RecordState])[] = [[0x4, 'conflict'], [0x2, 'switchedOff'], [0x1, 'new']]
/** LSA_SID_DISABLED_ADMIN, LSA_SID_DISABLED_CONFLICT; those of the NetBIOS name do not matter to names with a suffix. */
const domainFlags: readonly (readonly [number, RecordState])[] = [[0x2, 'conflict'], [0x1, 'switchedOff']]

function stateOf(flags: number, meanings: readonly (readonly [number, RecordState])[]): RecordState {
  return meanings.find(([flag]) => (flags & flag) !== 0)?.[1] ?? 'on'
}

/** Octets with their number in front (32 bits, little-endian). */
function takeField(data: Uint8Array): Result<{ readonly field: Uint8Array; readonly rest: Uint8Array }, string> {
  if (data.length < 4) return fail('a name is cut off')
  const length = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true)
  return 4 + length > data.length ? fail('a name is cut off') : succeed({ field: data.subarray(4, 4 + length), rest: data.subarray(4 + length) })
}

function readSid(octets: Uint8Array): Sid | null {
  if (octets.length < 8) return null
  const sid = sidFromBytes(octets)
  return sid.ok ? sid.value : null
}

function textOf(octets: Uint8Array): string {
  return new TextDecoder().decode(octets).toLowerCase()
}
