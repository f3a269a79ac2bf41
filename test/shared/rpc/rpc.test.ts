import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CallFailed, connect } from '../../../src/shared/rpc/connect.ts'
import type { Channel } from '../../../src/shared/rpc/frames.ts'
import { serve, type Handler } from '../../../src/shared/rpc/serve.ts'

/** Two ends of one channel; frames pass through JSON, so that tests see what a wire would carry. */
function makePair(): { readonly near: Channel; readonly far: Channel; readonly close: () => void; readonly inject: (raw: unknown) => void } {
  const ends = [0, 1].map(() => ({ frames: [] as ((frame: unknown) => void)[], closes: [] as (() => void)[] }))
  const [first, second] = ends
  if (first === undefined || second === undefined) throw new Error('two ends were made')
  const channel = (own: typeof first, other: typeof first): Channel => ({
    post: (frame) => {
      const text = JSON.stringify(frame)
      queueMicrotask(() => other.frames.forEach((listener) => listener(JSON.parse(text))))
    },
    onFrame: (listener) => void own.frames.push(listener),
    onClose: (listener) => void own.closes.push(listener),
  })
  return {
    near: channel(first, second), far: channel(second, first),
    close: () => ends.forEach((end) => end.closes.forEach((listener) => listener())),
    inject: (raw) => second.frames.forEach((listener) => listener(raw)),
  }
}

function start(handler: Handler, limit?: number) {
  const pair = makePair()
  const errors: unknown[] = []
  serve(pair.far, handler, { names: new Set(['echo', 'wait']), onError: (_name, error) => errors.push(error), ...(limit === undefined ? {} : { limit }) })
  return { ...pair, errors, caller: connect(pair.near) }
}

const waitForCancel: Handler = (_name, _input, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('cancelled'))))

describe('a call', () => {
  it('is answered with events before its value', async () => {
    const events: unknown[] = []
    const { caller } = start(async (_name, input, { emit }) => {
      emit({ done: 1 })
      return { input }
    })
    expect(await caller.call('echo', { a: 1 }, { onEvent: (event) => events.push(event) })).toEqual({ input: { a: 1 } })
    expect(events).toEqual([{ done: 1 }])
  })

  it('of an unknown name is refused before the handler sees it', async () => {
    const seen: string[] = []
    const { caller } = start(async (name) => seen.push(name))
    await expect(caller.call('constructor', {})).rejects.toMatchObject({ code: 'unknownCall' })
    expect(seen).toEqual([])
  })

  it('that throws tells the caller nothing of the error, and the host everything', async () => {
    const { caller, errors } = start(async () => { throw new Error('secret path') })
    const failure: unknown = await caller.call('echo', {}).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(CallFailed)
    expect(String(failure)).not.toContain('secret path')
    expect(errors).toHaveLength(1)
  })

  it('is cancelled by its signal', async () => {
    const { caller } = start(waitForCancel)
    const cancel = new AbortController()
    const call = caller.call('wait', {}, { signal: cancel.signal })
    cancel.abort()
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('beyond the limit is refused, and room is made when one ends', async () => {
    const { caller } = start(waitForCancel, 1)
    const cancel = new AbortController()
    const first = caller.call('wait', {}, { signal: cancel.signal })
    await expect(caller.call('wait', {})).rejects.toMatchObject({ code: 'busy' })
    cancel.abort()
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('ends when the other side goes away, and no further one is made', async () => {
    const { caller, close } = start(waitForCancel)
    const call = caller.call('wait', {})
    close()
    await expect(call).rejects.toMatchObject({ code: 'disconnected' })
    await expect(caller.call('echo', {})).rejects.toMatchObject({ code: 'disconnected' })
    await caller.closed
  })
})

describe('a hostile peer', () => {
  it('stops nothing, whatever it sends', async () => {
    const { caller, inject } = start(async (_name, input) => input)
    fc.assert(fc.property(fc.anything(), (raw) => inject(raw)))
    fc.assert(fc.property(fc.record({ kind: fc.constantFrom('call', 'cancel', 'answer', 'failure', 'event', '__proto__'), id: fc.anything(), name: fc.anything() }), (raw) => inject(raw)))
    expect(await caller.call('echo', 'still here')).toBe('still here')
  })
})
