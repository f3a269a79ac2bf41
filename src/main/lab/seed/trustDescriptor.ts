export type SeedTrustee = { readonly kind: 'allow' | 'deny'; readonly sid: string }

/**
 * msDS-AllowedToActOnBehalfOfOtherIdentity as base64: `O:BAD:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;SID)` in octets (MS-DTYP 2.4.6), with an entry for each
 * trustee, as administrators' tools write it for resource-based delegation.
 */
export function describeTrust(trustees: readonly SeedTrustee[]): string {
  const owner = sidOctets('S-1-5-32-544')
  const entries = trustees.map(describeEntry)
  const [header, list] = [Buffer.alloc(20), Buffer.alloc(8)]
  header.writeUInt16LE(0x01, 0)
  // SE_SELF_RELATIVE and SE_DACL_PRESENT.
  header.writeUInt16LE(0x8004, 2)
  header.writeUInt32LE(header.length, 4)
  header.writeUInt32LE(header.length + owner.length, 16)
  list.writeUInt16LE(0x02, 0)
  list.writeUInt16LE(entries.reduce((sum, entry) => sum + entry.length, list.length), 2)
  list.writeUInt16LE(entries.length, 4)
  return Buffer.concat([header, owner, list, ...entries]).toString('base64')
}

/** MS-DTYP 2.4.4.2 and 2.4.4.4. */
function describeEntry({ kind, sid }: SeedTrustee): Buffer {
  const [entry, trustee] = [Buffer.alloc(8), sidOctets(sid)]
  entry.writeUInt8(kind === 'allow' ? 0 : 1, 0)
  entry.writeUInt16LE(entry.length + trustee.length, 2)
  entry.writeUInt32LE(0x000f01ff, 4)
  return Buffer.concat([entry, trustee])
}

/** MS-DTYP 2.4.2.2. */
function sidOctets(sid: string): Buffer {
  const [authority = 0, ...parts] = sid.split('-').slice(2).map(Number)
  const octets = Buffer.alloc(8 + parts.length * 4)
  octets.writeUInt8(1, 0)
  octets.writeUInt8(parts.length, 1)
  octets.writeUIntBE(authority, 2, 6)
  for (const [index, part] of parts.entries()) octets.writeUInt32LE(part, 8 + index * 4)
  return octets
}
