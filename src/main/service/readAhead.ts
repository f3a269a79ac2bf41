import type { PlanDigest } from './planDigest.ts'
import type { WindowLists } from './windowLists.ts'

export type ReadAhead = {
  /** The plan in figures. A window asks for it after each run: from the first `begin` on the lists are read again then. */
  readonly planDigest: () => Promise<PlanDigest | null>
  /** Rejects with what a screen would be told that asks for the same. */
  readonly begin: () => Promise<void>
  /** What is being read then ends without a word. */
  readonly close: () => void
}

/**
 * Reads what a window shows first before it asks: 100,000 rows take a second, in steps that let every other call pass. The
 * persons come last, and not while something runs, which would need the processor more: who opens them then waits for them.
 */
export function openReadAhead(digest: () => Promise<PlanDigest | null>, lists: WindowLists, isRunning: () => Promise<boolean>): ReadAhead {
  const state = { isBegun: false, isClosed: false }
  const readLists = async (): Promise<void> => {
    await lists.guests.prepare()
    await lists.changes.prepare()
    if (!state.isClosed && !(await isRunning())) await lists.persons.prepare()
  }
  return {
    planDigest: async () => {
      const answer = await digest()
      // What fails here fails again, with words, where a screen asks for it.
      if (state.isBegun && !state.isClosed) readLists().catch(() => undefined)
      return answer
    },
    begin: async () => {
      state.isBegun = true
      try {
        await digest()
        await readLists()
      } catch (error) {
        if (!state.isClosed) throw error
      }
    },
    close: () => { state.isClosed = true },
  }
}
