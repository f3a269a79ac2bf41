import type { SeedEntry } from '../directory/seedEntry.ts'
import { distinguishedName } from './distinguishedName.ts'

/** `direction`: 1 inbound, 2 outbound, 3 both; `attributes`: trustAttributes; `suffixes`: of a trust between forests, what it routes to the partner. */
export type SeedTrust = { readonly partner: string; readonly flatName: string; readonly direction: number; readonly attributes: number; readonly suffixes: readonly string[] | null }

/** MS-ADTS 6.1.6.7. */
export function forestTrust({ partner, flatName, direction, attributes, suffixes }: SeedTrust, baseDn: string): SeedEntry {
  return {
    dn: distinguishedName('CN', partner, `CN=System,${baseDn}`),
    objectClass: 'trustedDomain',
    attributes: {
      trustPartner: [partner], flatName: [flatName], trustDirection: [String(direction)], trustAttributes: [String(attributes)],
      // TRUST_TYPE_UPLEVEL: a domain of Active Directory.
      trustType: ['2'],
      ...(suffixes === null ? {} : { 'msDS-TrustForestTrustInfo': [describeRouting(suffixes).toString('base64')] }),
    },
  }
}

/** MS-ADTS 6.1.6.9.3.1: version, number of records, and a record of the type TopLevelName for each suffix. */
function describeRouting(suffixes: readonly string[]): Buffer {
  const records = suffixes.map((suffix) => {
    const name = Buffer.from(suffix, 'utf8')
    const header = Buffer.alloc(21)
    header.writeUInt32LE(header.length - 4 + name.length, 0)
    header.writeBigUInt64LE(130_145_472_000_000_000n, 8)
    header.writeUInt8(0, 16)
    header.writeUInt32LE(name.length, 17)
    return Buffer.concat([header, name])
  })
  const start = Buffer.alloc(8)
  start.writeUInt32LE(1, 0)
  start.writeUInt32LE(records.length, 4)
  return Buffer.concat([start, ...records])
}
