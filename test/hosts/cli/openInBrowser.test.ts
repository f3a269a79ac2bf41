import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findOpener, startOpener } from '../../../src/main/hosts/cli/openInBrowser.ts'

const address = 'https://login.example/t/oauth2/v2.0/authorize?client_id=1&state=s'

describe('an address is opened by', () => {
  it.each([
    ['Windows', 'win32', { SystemRoot: '/Win' }, '/Win/System32/rundll32.exe', ['url.dll,FileProtocolHandler', address]],
    ['macOS', 'darwin', {}, '/usr/bin/open', [address]],
    ['a desktop of X11', 'linux', { DISPLAY: ':0' }, 'xdg-open', [address]],
    ['a desktop of Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open', [address]],
  ] as const)('%s with one program, which gets it as one argument', (_name, platform, environment, program, given) => {
    expect(findOpener(address, platform, environment)).toEqual({ program, arguments: given })
  })

  it.each([['no screen', 'linux', {}], ['an empty one', 'linux', { DISPLAY: '' }], ['a system that we do not know', 'freebsd', { DISPLAY: ':0' }]] as const)('nobody where there is %s', (_what, platform, environment) => {
    expect(findOpener(address, platform, environment)).toBeNull()
  })

  it.each(['http://login.example/', 'file:///etc/passwd', 'javascript:alert(1)', '--version', '', 'https://user@login.example/', 'ms-settings:'])('nobody if it is %s', (other) => {
    for (const platform of ['win32', 'darwin', 'linux'] as const) expect(findOpener(other, platform, { DISPLAY: ':0' })).toBeNull()
  })

  it('what a shell would take for its own as it is written in addresses', () => {
    expect(findOpener('https://login.example/?a="$(x)"&b=`y`|calc ^<>', 'win32', {})?.arguments[1]).toBe('https://login.example/?a=%22$(x)%22&b=`y`|calc%20^%3C%3E')
  })
})

describe('the program that opens it', () => {
  let folder: string
  const nobody = () => { throw new Error('It failed') }
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-opener-')) })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('gets the address in one piece, and none of our secrets', async () => {
    const program = await script('printf "%s\\n" "$#" "$1" "[$GUESTBRIDGE_ENTRA_SECRET]" "$GREETING" > "$0.out.part" && mv "$0.out.part" "$0.out"')
    startOpener({ program, arguments: [`${address}&x=$(id)`] }, { PATH: '/usr/bin:/bin', GUESTBRIDGE_ENTRA_SECRET: 'hunter2', GREETING: 'hello' }, nobody)
    await vi.waitFor(async () => expect(await readFile(`${program}.out`, 'utf8')).toBe(`1\n${address}&x=$(id)\n[]\nhello\n`), { timeout: 5_000 })
  })

  it('is named where it is missing or gives up', async () => {
    const reasons: string[] = []
    startOpener({ program: join(folder, 'nothing'), arguments: [address] }, {}, (reason) => void reasons.push(reason))
    await vi.waitFor(() => expect(reasons).toEqual([expect.stringContaining('ENOENT')]))
    const program = await script('exit 3')
    startOpener({ program, arguments: [address] }, { PATH: '/usr/bin:/bin' }, (reason) => void reasons.push(reason))
    await vi.waitFor(() => expect(reasons.slice(1)).toEqual([`${program} ended with code 3`]))
  })

  async function script(text: string): Promise<string> {
    const file = join(folder, 'opener')
    await writeFile(file, `#!/bin/sh\n${text}\n`)
    await chmod(file, 0o700)
    return file
  }
})
