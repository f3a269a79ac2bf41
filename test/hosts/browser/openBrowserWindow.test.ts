import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findBrowser } from '../../../src/main/hosts/browser/findBrowser.ts'
import { browserArguments, openBrowserWindow } from '../../../src/main/hosts/browser/openBrowserWindow.ts'

const address = 'http://127.0.0.1:1/#a-token-that-nobody-else-may-see'

describe('the browser that is opened', () => {
  it('is the one that is named, and no other where that one is missing', () => {
    expect(findBrowser({ GUESTBRIDGE_BROWSER: '/opt/browser' }, 'linux', (path) => path === '/opt/browser')).toBe('/opt/browser')
    expect(findBrowser({ GUESTBRIDGE_BROWSER: '/opt/browser' }, 'linux', (path) => path === '/usr/bin/chromium')).toBeNull()
  })

  it('is otherwise one that is installed, or none', () => {
    expect(findBrowser({ GUESTBRIDGE_BROWSER: '' }, 'linux', (path) => path === '/usr/bin/chromium')).toBe('/usr/bin/chromium')
    expect(findBrowser({ ProgramFiles: 'C:\\P' }, 'win32', (path) => path.includes('chrome.exe'))).toContain('chrome.exe')
    expect(findBrowser({}, 'darwin', () => false)).toBeNull()
  })

  it('goes without its sandbox as root only', () => {
    expect(browserArguments('/p', '/f', 1000)).not.toContain('--no-sandbox')
    expect(browserArguments('/p', '/f', undefined)).not.toContain('--no-sandbox')
    expect(browserArguments('/p', '/f', 0)).toContain('--no-sandbox')
  })
})

describe.skipIf(process.platform === 'win32')('its window', () => {
  let folder: string
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-opening-')) })
  afterEach(() => rm(folder, { recursive: true }))
  const program = async (script: string): Promise<string> => {
    const path = join(folder, 'browser')
    await writeFile(path, `#!/bin/sh\n${script}\n`)
    await chmod(path, 0o700)
    return path
  }

  it('gets its token from a file that only its user may read, never from its command line, and leaves nothing behind', async () => {
    const window = await openBrowserWindow(await program(`echo "$@" > ${folder}/arguments; page="\${1#--app=file://}"; cp -p "$page" ${folder}/page; echo "$page" > ${folder}/name; exit 0`), address)
    expect(await window.ended).toEqual({ failure: null })
    expect(await readFile(join(folder, 'arguments'), 'utf8')).not.toContain('a-token')
    expect(await readFile(join(folder, 'page'), 'utf8')).toContain(JSON.stringify(address))
    expect((await stat(join(folder, 'page'))).mode & 0o777).toBe(0o600)
    expect(existsSync(dirname((await readFile(join(folder, 'name'), 'utf8')).trim()))).toBe(false)
  })

  it('that never showed is a failure with words', async () => {
    const broken = await openBrowserWindow(await program('exit 1'), address)
    expect((await broken.ended).failure?.message).toContain('ended with code 1 before it showed a window')
    const missing = await openBrowserWindow(join(folder, 'nothing'), address)
    expect((await missing.ended).failure?.message).toContain('cannot be started')
  })
})
