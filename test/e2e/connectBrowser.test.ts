import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guestbridge, startGuestbridge, type Circumstances } from '../fixtures/commandLine.ts'
import { startLabDirectory, type LabDirectory } from '../fixtures/labDirectory.ts'
import { decide, goBack, playBrowser } from '../fixtures/playBrowser.ts'
import { openTestTerminal, type TestTerminal } from '../fixtures/terminal.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'

// A person who signs in with the browser of this computer, which the test plays; no keychain, no screen unless one is named.
describe('connecting in a terminal in the name of a person', () => {
  let folder: string
  let tenant: TestTenant
  let directory: LabDirectory
  const printed = /To sign in, open (https:\S+authorize\?\S+)/
  const circumstances = (environment: Circumstances['environment'] = {}): Circumstances => ({ cwd: folder, environment: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', GUESTBRIDGE_AD_PASSWORD: directory.sync.password, ...environment } })
  const cloud = (): readonly string[] => ['--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile, '--tenant', tenant.tenantId, '--client', tenant.clientId, '--credential', 'sign-in-browser']
  const domain = (): readonly string[] => ['--server', `ldaps://${directory.ip}:${directory.ldapsPort}`, '--ad-ca', join(folder, 'ad-ca.pem'), '--account', directory.sync.account, '--guest-ou', directory.guestOu, '--disabled-ou', '']
  const connectIn = (workspace: string, environment?: Circumstances['environment']): TestTerminal => openTestTerminal(['--workspace', workspace, 'connect', '--name', 'Contoso', ...cloud(), ...domain()], circumstances(environment))
  const addressIn = async (terminal: TestTerminal): Promise<string> => {
    await terminal.waitFor(printed)
    return printed.exec(terminal.screen())?.[1] ?? ''
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    tenant = await startTestTenant(folder)
    directory = await startLabDirectory()
    await writeFile(join(folder, 'ad-ca.pem'), directory.caPem)
  }, 60_000)
  afterAll(async () => {
    await directory?.stop()
    await tenant?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('prints the address, goes on when the person is back, and reads guests in that name', async () => {
    const terminal = connectIn('W')
    const page = await playBrowser(await addressIn(terminal), 'administrator', tenant.caFile)
    expect(page.text).toContain('go back to Guestbridge')
    const { exitCode } = await terminal.ended()
    const screen = terminal.screen()
    expect(exitCode, screen).toBe(0)
    expect(screen).toMatch(/Signed in as admin@/)
    expect(screen).toContain('Runs that nobody watches need a certificate')
    expect(screen).toMatch(/entra +Guests: /)
    const saved = await readFile(join(folder, 'W', 'workspace.json'), 'utf8')
    expect(JSON.parse(saved)).toMatchObject({ entra: { credential: { kind: 'person' } } })
    const code = new URL(page.back).searchParams.get('code') ?? ''
    for (const text of [saved, screen]) expect(text).not.toContain(code)
  })

  it('opens the browser of the desktop by itself, which gets none of our secrets', async () => {
    const terminal = connectIn('X', await desktopWhose(`printf '%s' "$*" > '${folder}/opened.part'\nenv > '${folder}/environment'\nmv '${folder}/opened.part' '${folder}/opened'`))
    const address = await addressIn(terminal)
    await expect.poll(() => readFile(join(folder, 'opened'), 'utf8').catch(() => '')).toBe(address)
    expect(await readFile(join(folder, 'environment'), 'utf8')).not.toContain(directory.sync.password)
    await playBrowser(address, 'administrator', tenant.caFile)
    expect((await terminal.ended()).exitCode, terminal.screen()).toBe(0)
  })

  it('says that no browser opened, and that the printed address is enough', async () => {
    const terminal = connectIn('Y', await desktopWhose('exit 3'))
    const address = await addressIn(terminal)
    await terminal.waitFor('No browser opened by itself (xdg-open ended with code 3): open the address above.')
    await playBrowser(address, 'administrator', tenant.caFile)
    expect((await terminal.ended()).exitCode, terminal.screen()).toBe(0)
  })

  it('changes nothing when the person declines', async () => {
    const before = await readFile(join(folder, 'W', 'workspace.json'), 'utf8')
    const terminal = openTestTerminal(['--workspace', 'W', 'connect', 'entra', ...cloud()], circumstances())
    await goBack(await decide(await addressIn(terminal), 'declined', tenant.caFile))
    expect((await terminal.ended()).exitCode).not.toBe(0)
    expect(terminal.screen()).toContain('The sign-in was declined in the browser.')
    expect(await readFile(join(folder, 'W', 'workspace.json'), 'utf8')).toBe(before)
  })

  it('ends with Ctrl+C, and nothing listens any more', async () => {
    const running = startGuestbridge(['--workspace', 'Z', '--json', 'connect', ...cloud(), ...domain()], circumstances())
    const said = Promise.withResolvers<string>()
    let text = ''
    running.stderr?.setEncoding('utf8').on('data', (part: string) => {
      text += part
      const address = /"address":"([^"]+)"/.exec(text)?.[1]
      if (address !== undefined) said.resolve(address)
    })
    const redirect = new URL(await said.promise).searchParams.get('redirect_uri') ?? ''
    expect((await fetch(redirect)).status, 'without the state').toBe(400)
    const ended = new Promise<number | null>((resolve) => { running.once('close', resolve) })
    running.kill('SIGINT')
    expect(await ended).not.toBe(0)
    expect(text).toContain('"kind":"cancelled"')
    await expect(fetch(redirect)).rejects.toThrow('fetch failed')
  })

  it('is offered by name, and the help says so', async () => {
    const help = await guestbridge(['connect', 'entra', '--help'], circumstances())
    expect(help.stdout).toContain('"sign-in-browser"')
  })

  /** An environment with a screen, and the way in which its desktop opens addresses. */
  async function desktopWhose(opener: string): Promise<Circumstances['environment']> {
    const bin = await mkdtemp(join(folder, 'bin-'))
    await writeFile(join(bin, 'xdg-open'), `#!/bin/sh\n${opener}\n`)
    await chmod(join(bin, 'xdg-open'), 0o700)
    return { DISPLAY: ':99', PATH: `${bin}:${process.env['PATH'] ?? ''}` }
  }
})
