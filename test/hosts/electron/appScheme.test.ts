import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isOurs, serveAppScheme } from '../../../src/main/hosts/electron/appScheme.ts'

const handlers = vi.hoisted(() => new Map<string, (request: Request) => Promise<Response>>())
vi.mock('electron', () => ({ protocol: { handle: (scheme: string, handler: (request: Request) => Promise<Response>) => handlers.set(scheme, handler) } }))

describe('app://', () => {
  let folder: string
  const get = async (address: string): Promise<Response> => {
    const response = await handlers.get('app')?.(new Request(address))
    if (response === undefined) throw new Error('The scheme is not served')
    return response
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-scheme-'))
    await writeFile(join(folder, 'index.html'), '<script nonce="__NONCE__"></script>')
    await writeFile(join(folder, 'main.js'), 'export {}')
    serveAppScheme(folder)
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('serves the page under the same strict policy as the other host, with a fresh nonce, and lets it connect to nowhere', async () => {
    const [first, second] = [await get('app://guestbridge/'), await get('app://guestbridge/#/changes')]
    const policy = first.headers.get('content-security-policy') ?? ''
    const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1]
    expect(policy.split('; ')).toEqual(expect.arrayContaining(["default-src 'none'", "connect-src 'none'", `style-src 'self' 'nonce-${nonce}'`, "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "object-src 'none'"]))
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(await first.text()).toBe(`<script nonce="${nonce}"></script>`)
    expect(second.headers.get('content-security-policy')).not.toBe(policy)
  })

  it('serves its parts as what they are', async () => {
    const response = await get('app://guestbridge/main.js')
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, 'text/javascript; charset=utf-8', 'export {}'])
  })

  it.each(['app://guestbridge@evil/', 'app://guestbridge.evil/', 'app://guestbridge:1/', 'https://guestbridge/', 'nonsense', ''])('is not %j', (address) => {
    expect(isOurs(address)).toBe(false)
  })
})
