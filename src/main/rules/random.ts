/**
 * Numbers that look random and follow from a text alone, so that the replay of a synchronisation makes the same again
 * (multiplications and rotations of MurmurHash3). Never for secrets: who knows the text knows the number.
 */
export function deriveNumber(seed: string): bigint {
  const state: [number, number, number, number] = [0x9368e53c, 0x586dcd20, 0x2a3b8e17, 0xd1f4a9c6]
  for (const unit of unitsOf(seed)) {
    state[0] = mix(state[0] ^ unit, 0x239b961b) + state[1]
    state[1] = mix(state[1] ^ state[0], 0xab0e9789) + state[2]
    state[2] = mix(state[2] ^ state[1], 0x38b34ae5) + state[3]
    state[3] = mix(state[3] ^ state[2], 0xa1e38b93) + state[0]
  }
  return state.reduce((number, _, index) => (number << 32n) | BigInt(finish(sumFrom(state, index))), 0n)
}

/** A number from `from` to `to`, both included. The 128 bits make the bias of the remainder immeasurable. */
export function deriveBetween(seed: string, from: bigint, to: bigint): bigint {
  return from + deriveNumber(seed) % (to - from + 1n)
}

/** Text of a version 4 GUID (RFC 9562 5.4) in lower case. */
export function deriveGuid(seed: string): string {
  const bits = deriveNumber(seed)
  const versioned = (bits & ~(0xfn << 76n) & ~(0x3n << 62n)) | (0x4n << 76n) | (0x2n << 62n)
  const hex = versioned.toString(16).padStart(32, '0')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The length ends the text, so that a seed and the same with zeros behind differ. */
function unitsOf(seed: string): readonly number[] {
  return [...Array.from({ length: seed.length }, (_, index) => seed.charCodeAt(index)), seed.length]
}

function mix(value: number, constant: number): number {
  const product = Math.imul(value, constant)
  return Math.imul((product << 15) | (product >>> 17), 0x85ebca6b)
}

/** Each word of the result depends on all words of the state. */
function sumFrom(state: readonly number[], start: number): number {
  return state.reduce((sum, word, index) => (sum + Math.imul(word, 2 * ((index + start) % 4) + 1)) | 0, start)
}

function finish(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
  return (second ^ (second >>> 16)) >>> 0
}
