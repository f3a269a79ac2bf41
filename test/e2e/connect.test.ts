import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedExpectations as seed } from '../../src/main/lab/seed/seedExpectations.ts'
import { documentOf, guestbridge, type Circumstances } from '../fixtures/commandLine.ts'
import { startDomainController, type DomainController } from '../fixtures/domainController.ts'
import { startNameServer, type NameServer } from '../fixtures/nameServer.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { openTestTerminal } from '../fixtures/terminal.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'

const reasons = [requireGroup('directory'), requireGroup('keychain')].flatMap((group) => (group.available ? [] : [group.reason]))
const creates = seed.guestsInDefaultScope - seed.pendingGuests - seed.blockedGuests

// From nothing to a plan: a person at a terminal, a real domain controller, a real Secret Service, and no variable set.
describe.skipIf(reasons.length > 0)(`connecting from nothing in a terminal${reasons.length === 0 ? '' : ` (skipped: ${reasons.join('; ')})`}`, () => {
  let folder: string
  let controller: DomainController
  let tenant: TestTenant
  let names: NameServer
  let withKeychain: Circumstances
  const configuration = async () => JSON.parse(await readFile(join(folder, 'W', 'workspace.json'), 'utf8')) as { entra: Record<string, unknown>; activeDirectory: Record<string, unknown>; lifecycle: { leavers: unknown } }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    controller = await startDomainController()
    tenant = await startTestTenant(folder)
    names = await startNameServer({
      '_ldap._tcp.dc._msdcs.contoso.test': [{ type: 'SRV', priority: 0, weight: 100, port: 389, target: controller.host }],
      [controller.host]: [{ type: 'A', address: controller.ip }],
    })
    const unlock = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
    withKeychain = { cwd: folder, startedBy: [...names.seenBy, 'dbus-run-session', '--', 'sh', '-c', unlock, 'sh'], environment: { XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: join(folder, 'data') } }
  }, 120_000)
  afterAll(async () => {
    await names?.stop()
    await tenant?.close()
    await controller?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('asks for each thing once, shows what it found, and saves', async () => {
    const terminal = openTestTerminal(['--workspace', 'W', 'connect', '--name', 'Contoso'], withKeychain)
    await terminal.answer('Cloud of the tenant', '5')
    await terminal.answer('Address of Microsoft Graph', tenant.graphUrl)
    await terminal.answer('Address of the sign-in', tenant.signInUrl)
    await terminal.answer('File with its certificate authority', tenant.caFile)
    await terminal.answer('Tenant (domain name or id)', 'nobody.example')
    await terminal.answer(/No tenant was found for "nobody\.example"[\s\S]*Tenant \(domain name or id\)/, tenant.domainName)
    await terminal.answer('Application (client) id', tenant.clientId)
    await terminal.answer('How the application proves who it is', '3')
    await terminal.answer('Client secret', tenant.clientSecret)
    await terminal.answer('Day on which it ends', '2099-12-31')
    await terminal.answer('Domain whose controllers are looked up in DNS', 'contoso.test')
    await terminal.answer(/does not trust:[\s\S]*File with the certificate authority/, controller.caFile)
    await terminal.answer('Our account in the domain', controller.sync.account)
    await terminal.answer('Its password', controller.sync.password)
    const ou = await numberOf(terminal, 'AAD Guest Users')
    await terminal.answer('OU where accounts of guests are made', ou)
    await terminal.answer(/nothing below it[\s\S]*OU where accounts of guests are made/, '.')
    await terminal.answer('Accounts of guests who left', '1')
    const { exitCode } = await terminal.ended()
    const screen = terminal.screen()
    expect(exitCode, screen).toBe(0)
    expect(screen).toContain(`found: ldaps://${controller.host}`)
    expect(screen).toContain('Guests: ')
    expect(screen).toContain(`Signed in to ${controller.baseDn}`)
    expect(screen).toContain('Kept in the keychain of this user: entra')
    expect(screen).toContain('Kept in the keychain of this user: directory')
    expect(screen).not.toContain(tenant.clientSecret)
    expect(screen).not.toContain(controller.sync.password)
  })

  it('nothing that was saved holds a secret', async () => {
    expect(await configuration()).toMatchObject({
      entra: { cloud: 'custom', tenantId: tenant.tenantId, clientId: tenant.clientId, credential: { kind: 'secret', expires: '2099-12-31' } },
      activeDirectory: { servers: [`ldaps://${controller.host}`], security: 'ldaps', account: controller.sync.account, guestOu: controller.guestOu },
    })
    for (const name of await readdir(join(folder, 'W'))) {
      const text = await readFile(join(folder, 'W', name), 'utf8')
      expect(text).not.toContain(tenant.clientSecret)
      expect(text).not.toContain(controller.sync.password)
    }
  })

  it('the cycle runs with what was saved, and with no variable set', async () => {
    const outcome = await guestbridge(['--workspace', 'W', '--json', 'run', 'cycle'], withKeychain)
    expect(documentOf(outcome)).toMatchObject({ plan: { counts: { create: creates, total: creates } } })
    expect(outcome.exitCode).toBe(3)
  })

  it('"connect test" says what works, and what does not and why', async () => {
    const sound = await guestbridge(['--workspace', 'W', '--json', 'connect', 'test'], withKeychain)
    expect(sound.exitCode, sound.stderr).toBe(0)
    tenant.changeRegistration({ secrets: [] })
    const { steps } = documentOf(await guestbridge(['--workspace', 'W', '--json', 'connect', 'test'], withKeychain)) as { steps: { system: string; outcome: string; found: string }[] }
    expect(steps.filter(({ system }) => system === 'entra').map(({ outcome }) => outcome)).toEqual(['failed', 'notTried', 'notTried'])
    expect(steps.filter(({ system }) => system === 'ad').every(({ outcome }) => outcome === 'passed')).toBe(true)
  })

  it('a certificate takes the place of the secret: its key is encrypted, its password in the keychain', async () => {
    const terminal = openTestTerminal(['--workspace', 'W', 'connect', 'entra', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile, '--tenant', tenant.tenantId, '--client', tenant.clientId, '--credential', 'make'], withKeychain)
    await terminal.answer(/Its public part is in ([^\n]+\.pem)\./, '')
    const file = /Its public part is in ([^\n]+\.pem)\./.exec(terminal.screen())?.[1] ?? ''
    const pem = await readFile(file, 'utf8')
    tenant.changeRegistration({ certificatesPem: [pem] })
    await terminal.answer('Press Enter when it is uploaded', '')
    const { exitCode } = await terminal.ended()
    expect(exitCode, terminal.screen()).toBe(0)
    const { credential } = (await configuration()).entra as { credential: { kind: string; file: string } }
    expect(credential.kind).toBe('certificate')
    const kept = join(folder, 'W', credential.file)
    expect(await readFile(kept, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect((await stat(kept)).mode & 0o777).toBe(0o600)
    const outcome = await guestbridge(['--workspace', 'W', '--json', 'run', 'entra full import'], withKeychain)
    expect(outcome.exitCode, outcome.stderr).toBe(0)
  })

  it('a person who signs in with a code takes the place of both, and the sign-in is renewed run by run', async () => {
    const terminal = openTestTerminal(['--workspace', 'W', 'connect', 'entra', '--cloud', 'custom', '--tenant', tenant.tenantId, '--client', tenant.clientId, '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile, '--credential', 'sign-in'], withKeychain)
    await terminal.waitFor(/open \S+ and enter the code [A-Z0-9]{9}/)
    const [, address = '', code = ''] = /open (\S+) and enter the code ([A-Z0-9]{9})/.exec(terminal.screen()) ?? []
    expect(await enterCode(address, code, tenant.caFile)).toBe(200)
    const { exitCode } = await terminal.ended()
    expect(exitCode, terminal.screen()).toBe(0)
    expect((await configuration()).entra['credential']).toEqual({ kind: 'person' })
    for (let round = 0; round < 2; round += 1) {
      const outcome = await guestbridge(['--workspace', 'W', '--json', 'run', 'entra full import'], withKeychain)
      expect(outcome.exitCode, outcome.stderr).toBe(0)
    }
  })
})

/** What a person does in a browser: opens the page and enters the code. */
async function enterCode(address: string, code: string, caFile: string): Promise<number | undefined> {
  const sent = request(address, { method: 'POST', ca: await readFile(caFile), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  sent.end(new URLSearchParams({ user_code: code, as: 'administrator' }).toString())
  const [response] = await once(sent, 'response') as [IncomingMessage]
  response.resume()
  return response.statusCode
}

/** The number that stands before a name in the last list. */
async function numberOf(terminal: ReturnType<typeof openTestTerminal>, name: string): Promise<string> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const found = new RegExp(`(\\d+)  ${name}[^\\n]*\\n[\\s\\S]*number: open it`).exec(terminal.screen())
    if (found?.[1] !== undefined) return found[1]
    await new Promise((resolve) => { setTimeout(resolve, 100) })
  }
  throw new Error(`${name} was never listed:\n${terminal.screen()}`)
}
