/** ISO 8601 in UTC of hundreds of nanoseconds since 1601 (FILETIME, MS-DTYP 2.3.3); null: 0 and the largest number, which mean never, and what is no time. */
export function isoFromFileTime(text: string): string | null {
  if (!/^\d{1,19}$/.test(text)) return null
  const ticks = BigInt(text)
  if (ticks === 0n || ticks >= never) return null
  const date = new Date(Number(ticks / 10_000n - millisecondsTo1970))
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

const never = 0x7fffffffffffffffn
const millisecondsTo1970 = 11_644_473_600_000n
