import { closeSync, fsyncSync, writeSync } from 'node:fs'

/** All of it, at the end or the beginning as the file was opened; the disk has it afterwards, and the file is closed. */
export function writeDurably(file: number, bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
