import { readFrame, type Channel, type Failure } from './frames.ts'

/** Answers one call. `emit` sends an event; the signal is aborted when the caller cancels or goes away. */
export type Handler = (name: string, input: unknown, context: { readonly signal: AbortSignal; readonly emit: (event: unknown) => void }) => Promise<unknown>

export type ServeOptions = {
  /** Names that are answered; any other is refused before the handler sees it. */
  readonly names: ReadonlySet<string>
  /** Calls at the same time on this channel. */
  readonly limit?: number
  /** Told of exceptions, which are bugs: the caller only learns that there was one. */
  readonly onError: (name: string, error: unknown) => void
}

const usualLimit = 64

export function serve(channel: Channel, handler: Handler, options: ServeOptions): void {
  const running = new Map<number, AbortController>()
  const fail = (id: number, code: Failure['code'], message: string): void => channel.post({ kind: 'failure', id, failure: { code, message } })
  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    const cancel = new AbortController()
    running.set(id, cancel)
    const emit = (event: unknown): void => {
      if (!cancel.signal.aborted) channel.post({ kind: 'event', id, event })
    }
    try {
      const value = await handler(name, input, { signal: cancel.signal, emit })
      channel.post({ kind: 'answer', id, value })
    } catch (error) {
      if (cancel.signal.aborted) return fail(id, 'cancelled', 'The call was cancelled.')
      options.onError(name, error)
      fail(id, 'internal', 'This is an error of Guestbridge itself. The log of the workspace says more.')
    } finally {
      running.delete(id)
    }
  }
  channel.onClose(() => {
    for (const cancel of running.values()) cancel.abort()
  })
  channel.onFrame((raw) => {
    const frame = readFrame(raw)
    if (frame?.kind === 'cancel') return running.get(frame.id)?.abort()
    if (frame?.kind !== 'call') return
    if (!options.names.has(frame.name)) return fail(frame.id, 'unknownCall', `There is no call "${frame.name}".`)
    if (running.has(frame.id) || running.size >= (options.limit ?? usualLimit)) return fail(frame.id, 'busy', 'Too many calls at the same time.')
    void answer(frame.id, frame.name, frame.input)
  })
}
