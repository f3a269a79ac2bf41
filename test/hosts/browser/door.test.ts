import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startBrowserHost, type BrowserHost } from '../../../src/main/hosts/browser/browserHost.ts'
import { oneTimeLifetime } from '../../../src/main/hosts/browser/tokens.ts'
import { serve } from '../../../src/shared/rpc/serve.ts'
import { knock, sessionOf, showToken } from './knock.ts'
import { rawRequest, statusOf } from './rawRequest.ts'

// The door of the loopback host, tried as another user of this machine, a page of another site or a broken client would.
let folder: string
let host: BrowserHost
let port: number
let now: number
const token = (): string => new URL(host.address).hash.slice(1)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guestbridge-door-'))
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true })
  await writeFile(join(folder, 'renderer', 'index.html'), '<meta name="n" content="__NONCE__"><script nonce="__NONCE__"></script>')
  await writeFile(join(folder, 'renderer', 'assets', 'main.js'), 'export {}')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  now = 1_000_000
  host = await startBrowserHost({
    renderer: join(folder, 'renderer'), port: 0, now: () => now, patience: 300,
    onChannel: (channel) => serve(channel, (_name, input) => Promise.resolve(input), { names: new Set(['echo']), onError: (_name, error) => { throw error } }),
  })
  port = host.port
})
afterEach(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

const call = (id: number, input: unknown): string => JSON.stringify({ kind: 'call', id, name: 'echo', input })

describe('who asks for the page', () => {
  it('is served under the one name and port of the host', async () => {
    expect(await statusOf(port, '/')).toBe(200)
    expect(await statusOf(port, '/assets/main.js')).toBe(200)
  })

  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]'])('is misdirected under the name %s', async (name) => {
    expect(await statusOf(port, '/', { host: name })).toBe(421)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('cannot %s', async (method) => {
    expect(await statusOf(port, '/', { method })).toBe(405)
  })

  it.each(['cross-site', 'same-site', 'nonsense'])('is refused from a page that is %s', async (site) => {
    expect(await statusOf(port, '/assets/main.js', { headers: [`Sec-Fetch-Site: ${site}`, 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script'] })).toBe(403)
    expect(await statusOf(port, '/', { headers: [`Sec-Fetch-Site: ${site}`, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'] })).toBe(403)
    expect(await statusOf(port, '/', { headers: [`Sec-Fetch-Site: ${site}`] })).toBe(403)
  })

  it('may come from the file that opens the window, to the page alone', async () => {
    const fromFile = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']
    expect(await statusOf(port, '/', { headers: fromFile })).toBe(200)
    expect(await statusOf(port, '/assets/main.js', { headers: fromFile })).toBe(403)
  })

  it.each(['/%', '/%00', '/%zz', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/../secret.txt', '/assets/..%2f..%2fsecret.txt', '/..%5csecret.txt', '//etc/passwd', '/assets', '/assets/', '/index.html/', '/%C0%AE%C0%AE/secret.txt', '/nothing'])(
    'finds nothing at %s', async (path) => { expect(await statusOf(port, path)).toBe(404) })

  it('finds nothing behind a link that leads out of the folder', async () => {
    await symlink(join(folder, 'secret.txt'), join(folder, 'renderer', 'link.txt'))
    expect(await statusOf(port, '/link.txt')).toBe(404)
  })

  it.each([['is no HTTP', 'nonsense\r\n\r\n'], ['has a header of 20 kB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`], ['names no host', 'GET / HTTP/1.1\r\n\r\n']])('that %s does not stop the host', async (_what, text) => {
    expect(await rawRequest(port, text)).not.toContain('200 OK')
    expect(await statusOf(port, '/')).toBe(200)
  })
})

describe('the policy of the page', () => {
  it('has a fresh nonce each time, which is that of the page', async () => {
    const [first, second] = await Promise.all([fetch(`http://127.0.0.1:${port}/`), fetch(`http://127.0.0.1:${port}/`)])
    const nonces = [first, second].map((response) => /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1])
    expect(new Set(nonces).size).toBe(2)
    expect(await first.text()).toBe(`<meta name="n" content="${nonces[0]}"><script nonce="${nonces[0]}"></script>`)
  })

  it('allows nothing inline, no evaluation, no other place', async () => {
    const { headers } = await fetch(`http://127.0.0.1:${port}/`)
    const policy = Object.fromEntries((headers.get('content-security-policy') ?? '').split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)]))
    expect(policy).toEqual({
      'default-src': ["'none'"], 'script-src': ["'self'", expect.stringMatching(/^'nonce-/)], 'style-src': ["'self'", expect.stringMatching(/^'nonce-/)], 'img-src': ["'self'", 'data:'], 'font-src': ["'self'", 'data:'],
      'connect-src': [`ws://127.0.0.1:${port}`], 'base-uri': ["'none'"], 'form-action': ["'none'"], 'frame-ancestors': ["'none'"], 'object-src': ["'none'"],
    })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('set-cookie')).toBeNull()
    expect(Object.fromEntries(headers)).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' })
  })
})

describe('who opens a channel', () => {
  it.each([
    ['from another page', { origin: 'http://evil.example' }, 403], ['from a file', { origin: 'null' }, 403], ['from our port on another name', { origin: 'http://localhost:1' }, 403],
    ['under another name', { host: 'evil.example' }, 421], ['elsewhere', { path: '/' }, 404],
  ])('%s is refused before the handshake', async (_who, as, status) => {
    expect(await knock(port, as).next()).toBe(`error Unexpected server response: ${status}`)
  })

  it('without an origin is refused', async () => {
    const answer = await rawRequest(port, `GET /channel HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 403/)
  })

  it('with the one-time token is let in, once, and again with the session token that it got', async () => {
    const first = await showToken(port, token())
    const session = sessionOf(first.answer)
    expect(session).not.toBe(token())
    expect((await showToken(port, token())).answer).toBe('closed 4401')
    expect(sessionOf((await showToken(port, session)).answer)).toBe(session)
  })

  it.each([['none', undefined], ['an empty one', ''], ['a short one', 'x'], ['one of the right length', 'x'.repeat(43)], ['one of as many other bytes', 'é'.repeat(43)], ['a long one', 'x'.repeat(100_000)], ['a number', 7], ['an object', { length: 43 }], ['a list', ['x']]])(
    'with a wrong token (%s) is shut out', async (_what, wrong) => {
      expect((await showToken(port, wrong)).answer).toBe('closed 4401')
      expect(sessionOf((await showToken(port, token())).answer)).toMatch(/^[\w-]{43}$/)
    })

  it('too late is shut out', async () => {
    now += oneTimeLifetime + 1
    expect((await showToken(port, token())).answer).toBe('closed 4401')
  })

  it.each(['', 'null', '7', '"token"', '[]', '{', '{"token":{}}', '\u0000', call(1, 'before the token')])('and says %j instead of a token is shut out', async (hello) => {
    const door = knock(port)
    door.socket.once('open', () => door.socket.send(hello))
    expect(await door.next()).toBe('closed 4401')
  })

  it('and shows its token in a binary frame is shut out', async () => {
    const door = knock(port)
    door.socket.once('open', () => door.socket.send(Buffer.from(JSON.stringify({ token: token() }))))
    expect(await door.next()).toBe('closed 4401')
  })

  it('and says nothing is shut out after a while', async () => {
    expect(await knock(port).next()).toBe('closed 1006')
  })
})

describe('a channel', () => {
  it.each(['null', '7', '{', '[]', '{"kind":"call"}', '{"kind":"call","id":-1,"name":"echo"}', '{"kind":"call","id":1e99,"name":"echo"}', '{"kind":"call","id":"1","name":"echo"}', `{"kind":"call","id":1,"name":"${'x'.repeat(200)}"}`, '{"kind":"cancel","id":99}', '{"kind":"answer","id":1}', '{"__proto__":{"kind":"call"},"id":1}'])(
    'ignores the frame %s and goes on', async (frame) => {
      const { socket, next } = await showToken(port, token())
      socket.send(frame)
      socket.send(call(5, 'still here'))
      expect(JSON.parse(await next())).toEqual({ kind: 'answer', id: 5, value: 'still here' })
    })

  it.each(['__proto__', 'constructor', 'toString', 'plan.export'])('knows no call named %s that is none of its own', async (name) => {
    const { socket, next } = await showToken(port, token())
    socket.send(JSON.stringify({ kind: 'call', id: 1, name, input: {} }))
    expect(JSON.parse(await next())).toMatchObject({ kind: 'failure', failure: { code: 'unknownCall' } })
  })

  it('ends with a frame that is too large, and the host goes on', async () => {
    const { socket, next } = await showToken(port, token())
    socket.send('x'.repeat(5 * 1024 * 1024))
    // 1009 is "too big"; what is still being sent may be cut off before that arrives.
    expect(await next()).toMatch(/^(closed 1009|closed 1006|error (read|write) (ECONNRESET|EPIPE))$/)
    expect(await statusOf(port, '/')).toBe(200)
  })
})

describe('many at once', () => {
  it('who show no token are turned away, and our page is still let in', async () => {
    const doors = Array.from({ length: 100 }, () => knock(port))
    const ends = await Promise.all(doors.map((door) => door.next()))
    expect(ends.filter((end) => end.includes('503')).length).toBeGreaterThan(0)
    expect(sessionOf((await showToken(port, token())).answer)).toMatch(/^[\w-]{43}$/)
  })

  it('connections that send nothing do not keep our page out', async () => {
    const idle = Array.from({ length: 150 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
    expect(await statusOf(port, '/')).toBe(200)
    for (const socket of idle) socket.destroy()
  })
})
