import type { DirectoryReader, DirectoryWriter } from '../../connectors/connector.ts'

/** Both ends of one controller: it is read before, written, and read again (sync-semantics 16). */
export type DirectoryTarget = {
  readonly reader: DirectoryReader
  readonly writer: DirectoryWriter
  /** What an import reads, so that a re-read object is as complete as an imported one. */
  readonly attributes: readonly string[]
  /** How many accounts are written at a time: the connections of the writer. Missing: `usualParallelWrites`. */
  readonly parallelWrites?: number
}

/** More connections gain little: a controller commits one write after the other. */
export const usualParallelWrites = 4
