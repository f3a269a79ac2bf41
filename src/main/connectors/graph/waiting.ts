import { setTimeout as delay } from 'node:timers/promises'

/** Time and chance for retries, in one place, so that waits can be told exactly. */
export type Waiting = {
  /** Resolves after so many milliseconds; at once when the signal aborts. Never rejects. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
  /** From 0 up to, not including, 1. */
  random(): number
  /** Milliseconds since 1970. */
  now(): number
}

export const systemWaiting: Waiting = { sleep, random: () => Math.random(), now: () => Date.now() }

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal })
  } catch (error) {
    // The caller looks at its signal after every wait; anything but the abort is a bug of ours.
    if (!signal.aborted) throw error
  }
}
