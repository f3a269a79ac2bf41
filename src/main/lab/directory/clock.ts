/** The one place of the directory that asks for the time. */
export function nowAsGeneralizedTime(): string {
  return asGeneralizedTime(new Date())
}

/** MS-ADTS 3.1.1.2.2.2.8: `20260131123000.0Z`. */
export function asGeneralizedTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace(/[-:T]/g, '')}.0Z`
}

/** 100-nanosecond intervals since 1601, the unit of pwdLastSet, lockoutTime and accountExpires. */
export function nowAsFileTime(): bigint {
  return BigInt(Date.now()) * 10_000n + 116_444_736_000_000_000n
}
