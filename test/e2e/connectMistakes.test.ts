import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAuthority } from '../fixtures/certificates.ts'
import { guestbridge, type Outcome } from '../fixtures/commandLine.ts'
import { startLabDirectory, type LabDirectory } from '../fixtures/labDirectory.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'

type Answers = { readonly tenant: string; readonly client: string; readonly server: string; readonly authority: string; readonly account: string; readonly ou: string; readonly secret: string; readonly password: string }

describe('one wrong answer to connect is named with its remedy, and nothing is saved', () => {
  let folder: string
  let tenant: TestTenant
  let directory: LabDirectory

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-mistakes-'))
    tenant = await startTestTenant(folder)
    directory = await startLabDirectory()
    await writeFile(join(folder, 'ad-ca.pem'), directory.caPem)
    await writeFile(join(folder, 'other-ca.pem'), (await makeAuthority('Somebody else')).certificatePem)
  }, 60_000)
  afterAll(async () => {
    await directory?.stop()
    await tenant?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const connect = (wrong: Partial<Answers>, workspace: string): Promise<Outcome> => {
    const right: Answers = {
      tenant: tenant.tenantId, client: tenant.clientId, server: `ldaps://${directory.ip}:${directory.ldapsPort}`, authority: 'ad-ca.pem', account: directory.sync.account, ou: directory.guestOu,
      secret: tenant.clientSecret, password: directory.sync.password,
    }
    const given = { ...right, ...wrong }
    return guestbridge([
      '--workspace', workspace, 'connect', '--name', 'Contoso', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile, '--tenant', given.tenant, '--client', given.client,
      '--credential', 'secret', '--secret-expires', '2099-12-31', '--server', given.server, '--ad-ca', given.authority, '--account', given.account, '--guest-ou', given.ou, '--disabled-ou', '',
    ], { cwd: folder, environment: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', GUESTBRIDGE_ENTRA_SECRET: given.secret, GUESTBRIDGE_AD_PASSWORD: given.password } })
  }

  it.each<readonly [string, Partial<Answers>, RegExp]>([
    ['another tenant', { tenant: '11111111-2222-3333-4444-555555555555' }, /No tenant was found for "11111111-[\s\S]*→ Check the spelling and the cloud/],
    ['an application of another tenant', { client: randomUUID() }, /✗ entra Sign-in of the application: .*\n +→ /],
    ['another secret', { secret: 'mistyped' }, /✗ entra Sign-in of the application: .*secret.*\n +→ /],
    ['a server where nobody listens', { server: 'ldaps://127.0.0.1:1' }, /127\.0\.0\.1:1[\s\S]*→ /],
    ['another certificate authority', { authority: 'other-ca.pem' }, /certificate[\s\S]*→ /],
    ['a file that is not there', { authority: 'nowhere.pem' }, /nowhere\.pem[\s\S]*→ /],
    ['another password', { password: 'mistyped' }, /✗ ad +Sign-in of our account: .*password are wrong.*\n +→ /],
    ['an OU that is not there', { ou: 'OU=AAD Gest Users,DC=contoso,DC=test' }, /There is no OU=AAD Gest Users,DC=contoso,DC=test in the domain.*\n +→ Check how it is spelled/],
    ['an OU of another domain', { ou: 'OU=Guests,DC=fabrikam,DC=com' }, /is not in the domain DC=contoso,DC=test.*\n +→ /],
    ['an OU by its name alone', { ou: 'AAD Guest Users' }, /"AAD Guest Users" is no distinguished name.*\n +→ Write it as OU=/],
  ])('%s', async (what, wrong, expected) => {
    const workspace = `W ${what}`
    const { exitCode, stdout, stderr } = await connect(wrong, workspace)
    expect([1, 2], `${stdout}\n${stderr}`).toContain(exitCode)
    expect(`${stdout}\n${stderr}`).toMatch(expected)
    expect(existsSync(join(folder, workspace, 'workspace.json'))).toBe(false)
  })

  it('with every answer right it is saved', async () => {
    const { exitCode, stdout, stderr } = await connect({}, 'W')
    expect(exitCode, `${stdout}\n${stderr}`).toBe(0)
    expect(stdout).toContain('Next: guestbridge --workspace W doctor, then guestbridge --workspace W run cycle')
  })
})
