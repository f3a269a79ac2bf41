import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSystemProxy } from '../../../src/main/service/proxy/readSystemProxy.ts'
import { named, shown } from './world.ts'

// A tool of the system that is ours: what has to hold whatever gsettings does.
describe.skipIf(process.platform === 'win32')('the tool of the system', () => {
  let folder: string
  const read = (environment: Readonly<Record<string, string>> = {}) => readSystemProxy('linux', { PATH: `${folder}:/usr/bin:/bin`, ...environment })
  const write = async (...lines: readonly string[]): Promise<void> => {
    const tool = join(folder, 'gsettings')
    await writeFile(tool, ['#!/bin/sh', ...lines, ''].join('\n'))
    await chmod(tool, 0o755)
  }
  const manual = ["echo \"org.gnome.system.proxy mode 'manual'\"", "echo \"org.gnome.system.proxy.https host '$PROXY_HOST'\"", 'echo "org.gnome.system.proxy.https port 3128"']

  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-gsettings-')) })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is asked in the environment of the person, without secrets, for the settings of the proxy alone', async () => {
    await write('[ "$*" = "list-recursively org.gnome.system.proxy" ] || exit 9', '[ -z "$GUESTBRIDGE_ENTRA_SECRET$GUESTBRIDGE_AD_PASSWORD" ] || exit 9', ...manual)
    const answer = await read({ PROXY_HOST: 'proxy.contoso.com', GUESTBRIDGE_ENTRA_SECRET: 'x', GUESTBRIDGE_AD_PASSWORD: 'y' })
    expect(shown(answer.proxy)).toEqual(named('http://proxy.contoso.com:3128', null))
  })

  it('that knows of no such settings says that there is no proxy, whatever it printed before', async () => {
    await write(...manual, 'echo "No such schema “org.gnome.system.proxy”" >&2', 'exit 1')
    expect(shown((await read()).proxy)).toEqual({ kind: 'none' })
  })

  it('is not asked on a desktop that has a file of its own for it', async () => {
    await write(...manual)
    const kde = { PROXY_HOST: 'of-gnome', XDG_CURRENT_DESKTOP: 'KDE', XDG_CONFIG_HOME: folder }
    expect(shown((await read(kde)).proxy), 'never changed in KDE').toEqual(named('http://of-gnome:3128', null))
    await writeFile(join(folder, 'kioslaverc'), '[Proxy Settings]\nProxyType=1\nhttpsProxy=http://of-kde 3128\n')
    expect(await read(kde)).toMatchObject({ where: 'the proxy settings of KDE', proxy: { value: { https: 'http://of-kde:3128' } } })
    expect(shown((await read({ ...kde, XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' })).proxy)).toEqual(named('http://of-gnome:3128', null))
    await rm(join(folder, 'kioslaverc'))
    await mkdir(join(folder, 'kioslaverc'))
    expect(shown((await read(kde)).proxy)).toEqual({ refused: expect.stringContaining('kioslaverc cannot be read') as unknown })
  })

  it('that does not answer is not waited for, and that is said', async () => {
    await write('exec sleep 60')
    const before = performance.now()
    expect(shown((await read()).proxy)).toEqual({ refused: expect.stringContaining('gsettings did not answer within five seconds') as unknown })
    expect(performance.now() - before).toBeLessThan(15_000)
  })

  it('that prints without end is stopped', async () => {
    await write('exec yes')
    expect(shown((await read()).proxy)).toEqual({ kind: 'none' })
  })
})
