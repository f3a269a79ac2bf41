import { fstatSync, readSync } from 'node:fs'

/** How a file of lines ends. */
export type TrailEnd = {
  /** Up to and with the last line break. */
  readonly finishedBytes: number
  /** Without its line break; null where no line is finished. */
  readonly lastLine: string | null
  /** What follows the last line break: nothing, or a line that was not written to its end. */
  readonly unfinished: Buffer
}

const lineBreak = 0x0a

/** Reads from the end, in pieces that double until they hold the last finished line. */
export function readTrailEnd(file: number): TrailEnd {
  const { size } = fstatSync(file)
  for (let length = Math.min(size, 4_096); ; length = Math.min(size, length * 2)) {
    const bytes = Buffer.alloc(length)
    readSync(file, bytes, 0, length, size - length)
    const last = bytes.lastIndexOf(lineBreak)
    const before = last <= 0 ? -1 : bytes.lastIndexOf(lineBreak, last - 1)
    if (before === -1 && length < size) continue
    return { finishedBytes: last === -1 ? 0 : size - length + last + 1, lastLine: last === -1 ? null : bytes.toString('utf8', before + 1, last), unfinished: bytes.subarray(last + 1) }
  }
}
