/** Numbers that look random and are the same each time: a lab that is made again has the same guests. */
export type SeededRandom = {
  /** 32 bits. */
  nextInteger(): number
  /** Version 4 in form (RFC 9562 5.4), lower case. */
  nextGuid(): string
}

/** Mulberry32, a generator of 32 bits of state: even enough for ids, unfit for secrets. */
export function makeSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const nextInteger = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return { nextInteger, nextGuid: () => makeGuid(nextInteger) }
}

function makeGuid(nextInteger: () => number): string {
  const hex = Array.from({ length: 4 }, () => nextInteger().toString(16).padStart(8, '0')).join('')
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
