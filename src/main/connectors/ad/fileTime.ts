/** ISO 8601 in UTC of hundreds of nanoseconds since 1601 (FILETIME, MS-DTYP 2.3.3); null: 0 and what lies beyond the year 9999, which mean never, and what is no time. */
export function isoFromFileTime(text: string): string | null {
  if (!/^\d{1,19}$/.test(text)) return null
  const ticks = BigInt(text)
  return ticks === 0n || ticks >= year10000 ? null : new Date(Number(ticks / 10_000n - millisecondsTo1970)).toISOString()
}

const year10000 = 2_650_467_744_000_000_000n
const millisecondsTo1970 = 11_644_473_600_000n
