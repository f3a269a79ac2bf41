import { readFrame, type Channel, type Failure } from './frames.ts'

export class CallFailed extends Error {
  readonly code: Failure['code']
  constructor({ code, message }: Failure) {
    super(message)
    this.name = 'CallFailed'
    this.code = code
  }
}

export type Caller = {
  readonly call: (name: string, input: unknown, options?: { readonly signal?: AbortSignal; readonly onEvent?: (event: unknown) => void }) => Promise<unknown>
  /** Settles when the other end is gone. */
  readonly closed: Promise<void>
}

type Pending = { readonly resolve: (value: unknown) => void; readonly reject: (error: CallFailed) => void; readonly onEvent: ((event: unknown) => void) | undefined; readonly release: () => void }

const gone: Failure = { code: 'disconnected', message: 'The service is not there any more.' }

export function connect(channel: Channel): Caller {
  const pending = new Map<number, Pending>()
  let isClosed = false
  let last = 0
  const settle = (id: number): Pending | undefined => {
    const entry = pending.get(id)
    pending.delete(id)
    entry?.release()
    return entry
  }
  const closed = new Promise<void>((resolve) => {
    channel.onClose(() => {
      isClosed = true
      for (const id of pending.keys()) settle(id)?.reject(new CallFailed(gone))
      resolve()
    })
  })
  channel.onFrame((raw) => {
    const frame = readFrame(raw)
    if (frame?.kind === 'event') return pending.get(frame.id)?.onEvent?.(frame.event)
    if (frame?.kind === 'answer') return settle(frame.id)?.resolve(frame.value)
    if (frame?.kind === 'failure') return settle(frame.id)?.reject(new CallFailed(frame.failure))
  })
  const call: Caller['call'] = (name, input, { signal, onEvent } = {}) => new Promise((resolve, reject) => {
    if (isClosed) return reject(new CallFailed(gone))
    if (signal?.aborted) return reject(new CallFailed({ code: 'cancelled', message: 'The call was cancelled.' }))
    last += 1
    const id = last
    const cancel = (): void => channel.post({ kind: 'cancel', id })
    signal?.addEventListener('abort', cancel, { once: true })
    pending.set(id, { resolve, reject, onEvent, release: () => signal?.removeEventListener('abort', cancel) })
    channel.post({ kind: 'call', id, name, input })
  })
  return { call, closed }
}
