import { describe, expect, it } from 'vitest'
import { createSignInAddresses } from '../../../src/main/hosts/window/signInAddresses.ts'
import type { Handler } from '../../../src/shared/rpc/serve.ts'

const address = 'https://login.example/t/oauth2/v2.0/authorize?client_id=1&state=s'
const progress = (signIn?: unknown): object => ({ run: 0, step: null, connector: 'entra', phase: 'p', done: 0, total: null, ...(signIn === undefined ? {} : { signIn }) })

describe('an address for a sign-in', () => {
  it('is known from the moment that a call names it until the call has its answer', async () => {
    const { addresses, call, emit, answer } = begin()
    const running = call()
    expect(addresses.has(address)).toBe(false)
    emit(progress({ address, code: null }))
    expect(addresses.has(address)).toBe(true)
    answer('signed in')
    expect(await running).toBe('signed in')
    expect(addresses.has(address)).toBe(false)
  })

  it('is forgotten when the call goes on to something else, and when it fails', async () => {
    const first = begin()
    const running = first.call()
    first.emit(progress({ address, code: 'ABC' }))
    first.emit(progress())
    expect(first.addresses.has(address)).toBe(false)
    first.emit(progress({ address, code: 'ABC' }))
    first.refuse(new Error('gone'))
    await expect(running).rejects.toThrow('gone')
    expect(first.addresses.has(address)).toBe(false)
  })

  it('stays as long as one of several calls waits for it', async () => {
    const addresses = createSignInAddresses()
    const [first, second] = [begin(addresses), begin(addresses)]
    const [one, two] = [first.call(), second.call()]
    for (const { emit } of [first, second]) emit(progress({ address, code: null }))
    first.answer(null)
    await one
    expect(addresses.has(address)).toBe(true)
    second.answer(null)
    await two
    expect(addresses.has(address)).toBe(false)
  })

  it('reaches the window as it was named, with everything else that it is told', async () => {
    const { call, emit, answer, told } = begin()
    const running = call()
    const events = [progress({ address, code: null }), progress(), 'text', null]
    events.forEach(emit)
    answer(null)
    await running
    expect(told).toEqual(events)
  })

  it('is that one alone: no other query, no other host, no part of it', async () => {
    const { addresses, call, emit, answer } = begin()
    const running = call()
    emit(progress({ address, code: null }))
    for (const other of [`${address}&x=1`, address.slice(0, -1), 'https://login.example/', address.replace('login.example', 'evil.example'), address.replace('https', 'http'), address.replace('login', 'user@login'), '', 'x']) expect(addresses.has(other), other).toBe(false)
    // As a browser spells it.
    expect(addresses.has(address.replace('login.example', 'LOGIN.example:443'))).toBe(true)
    answer(null)
    await running
  })

  it.each(['http://login.example/', 'file:///etc/passwd', 'javascript:alert(1)', 'ms-settings:', 'https://user@login.example/', 'https://user:p@login.example/', '//login.example/', '', 7, null])('is never %s, whoever names it', async (named) => {
    const { addresses, call, emit, answer } = begin()
    const running = call()
    emit(progress({ address: named, code: null }))
    expect(addresses.has(String(named))).toBe(false)
    answer(null)
    await running
  })
})

/** A call that waits, as `connect.signIn` does. */
function begin(addresses = createSignInAddresses()) {
  const settled = Promise.withResolvers<unknown>()
  const told: unknown[] = []
  let emit: (event: unknown) => void = () => undefined
  const handler: Handler = addresses.follow((_name, _input, context) => {
    emit = context.emit
    return settled.promise
  })
  const call = () => handler('connect.signIn', {}, { signal: new AbortController().signal, emit: (event) => void told.push(event) })
  return { addresses, call, emit: (event: unknown) => emit(event), answer: settled.resolve, refuse: settled.reject, told }
}
