import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReadinessFinding, RemedyPlan } from '../../src/shared/domain/readiness.ts'
import { documentOf, guestbridge } from '../fixtures/commandLine.ts'
import { startDomainController, type DomainController } from '../fixtures/domainController.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'

// From an account without a right and an OU that does not exist to a domain that is ready, as an administrator would do it.
const directoryTools = requireGroup('directory')
const account = { name: 'svc-fresh', principal: 'svc-fresh@contoso.test', password: 'Fr3sh!From#Nothing' }

describe.skipIf(!directoryTools.available)(`doctor on a real domain controller${directoryTools.available ? '' : ` (skipped: ${directoryTools.reason})`}`, () => {
  let folder: string
  let controller: DomainController
  let tenant: TestTenant
  let environment: Readonly<Record<string, string>>
  const guestOu = () => `OU=Partners,${controller.baseDn}`
  const run = (...args: string[]) => guestbridge(['--workspace', 'W', '--json', ...args], { cwd: folder, environment })
  const examine = async (...ids: string[]) => {
    const outcome = await run('doctor', ...ids.flatMap((id) => ['--only', id]))
    const { findings } = documentOf(outcome) as unknown as { findings: readonly ReadinessFinding[] }
    return { exitCode: outcome.exitCode, states: Object.fromEntries(findings.map(({ id, state }) => [id, state])), findings }
  }
  const show = async (id: string) => {
    const outcome = await run('doctor', 'apply', id, '--administrator', controller.administrator.account)
    expect(outcome.exitCode).toBe(3)
    return (documentOf(outcome) as unknown as { plan: RemedyPlan }).plan
  }
  const apply = (id: string, hash: string) => run('doctor', 'apply', id, '--administrator', controller.administrator.account, '--approve', hash)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    controller = await startDomainController()
    tenant = await startTestTenant(folder)
    const unicodePwd = Buffer.from(`"${account.password}"`, 'utf16le').toString('base64')
    await controller.ldapmodify(`dn: CN=${account.name},CN=Users,${controller.baseDn}\nobjectClass: user\nsAMAccountName: ${account.name}\nuserPrincipalName: ${account.principal}\nuserAccountControl: 514\n`)
    await controller.ldapmodify(`dn: CN=${account.name},CN=Users,${controller.baseDn}\nchangetype: modify\nreplace: unicodePwd\nunicodePwd:: ${unicodePwd}\n-\nreplace: userAccountControl\nuserAccountControl: 512\n`)
    environment = { GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret, GUESTBRIDGE_AD_PASSWORD: account.password, GUESTBRIDGE_ADMINISTRATOR_PASSWORD: controller.administrator.password }
    const made = await run('init', '--name', 'Contoso', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile,
      '--tenant', tenant.tenantId, '--client', tenant.clientId, '--server', `ldaps://${controller.ip}`, '--ad-ca', controller.caFile, '--account', account.principal, '--guest-ou', guestOu())
    if (made.exitCode !== 0) throw new Error(made.stderr)
  }, 120_000)
  afterAll(async () => {
    await tenant?.close()
    await controller?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('finds the OU missing, and knows nothing of the rights in it', async () => {
    const { exitCode, states } = await examine('directory-bind', 'directory-guest-ou', 'directory-rights')
    expect(states).toEqual({ 'directory-bind': 'passed', 'directory-guest-ou': 'failed', 'directory-rights': 'notChecked' })
    expect(exitCode).toBe(4)
  })

  it('shows the OU that it would make, makes it once that is approved, and the check turns green', async () => {
    const plan = await show('directory-guest-ou')
    expect(plan.writes).toEqual([{ kind: 'organizationalUnit', dn: guestOu() }])
    expect(await controller.ldapsearch(controller.baseDn, '(ou=Partners)', 'ou')).not.toContain('dn: OU=Partners')

    const outcome = await apply('directory-guest-ou', plan.hash)
    expect(documentOf(outcome)).toMatchObject({ finding: { id: 'directory-guest-ou', state: 'passed' } })
    expect(outcome.exitCode).toBe(0)
    expect(await controller.ldapsearch(controller.baseDn, '(ou=Partners)', 'ou')).toContain('dn: OU=Partners')
  })

  it('refuses an approval of something else, an administrator with a wrong password, and what LDAP cannot mend', async () => {
    const plan = await show('directory-rights')
    const before = await descriptor(guestOu())
    expect(await apply('directory-rights', 'f'.repeat(64))).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('not what was approved') as string })
    const wrong = await guestbridge(['--workspace', 'W', '--json', 'doctor', 'apply', 'directory-rights', '--administrator', controller.administrator.account, '--approve', plan.hash], { cwd: folder, environment: { ...environment, GUESTBRIDGE_ADMINISTRATOR_PASSWORD: 'wrong' } })
    expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('account name or password are wrong') as string })
    // Our own account may not give itself anything.
    const own = await guestbridge(['--workspace', 'W', '--json', 'doctor', 'apply', 'directory-rights', '--administrator', account.principal, '--approve', plan.hash], { cwd: folder, environment: { ...environment, GUESTBRIDGE_ADMINISTRATOR_PASSWORD: account.password } })
    expect(own).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no right to do this') as string })
    expect((await descriptor(guestOu())).equals(before)).toBe(true)
    expect(await run('doctor', 'apply', 'global-catalog', '--administrator', controller.administrator.account)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('cannot be carried out from here') as string })
    expect(await run('doctor', '--only', 'directory-bint')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('did you mean \\"directory-bind\\"') as string })
  })

  it('gives the rights of the OU that are missing, and no others', async () => {
    expect((await examine('directory-rights')).states).toEqual({ 'directory-rights': 'failed' })
    const before = await descriptor(guestOu())
    const plan = await show('directory-rights')
    const [write] = plan.writes
    const sddl = write?.kind === 'rights' ? write.entries.map((entry) => entry.sddl) : []
    expect(sddl.length).toBeGreaterThan(8)

    expect(documentOf(await apply('directory-rights', plan.hash))).toMatchObject({ finding: { state: 'passed' } })
    const after = await descriptor(guestOu())
    expect(after.length - before.length).toBe(plainOctets(sddl))
    expect((await examine('directory-excess-rights')).states).toEqual({ 'directory-excess-rights': 'passed' })
  })

  it.each(['directory-deletions', 'directory-reanimation'])('mends %s', async (id) => {
    expect((await examine(id)).states[id]).not.toBe('passed')
    const plan = await show(id)
    expect(documentOf(await apply(id, plan.hash))).toMatchObject({ finding: { id, state: 'passed' } })
  })

  it('has nothing left to write then', async () => {
    const outcome = await run('doctor', 'apply', 'directory-rights', '--administrator', controller.administrator.account)
    expect(documentOf(outcome)).toMatchObject({ plan: { writes: [] } })
    expect(outcome.exitCode).toBe(0)
  })

  it('confirms on a trial account that what it gave is enough, and leaves nothing behind', async () => {
    const outcome = await run('doctor', '--probe', '--only', 'directory-probe')
    expect(documentOf(outcome)).toMatchObject({ findings: [{ id: 'directory-probe', state: 'passed', read: expect.arrayContaining(['brought it back']) as string[] }] })
    expect(await controller.ldapsearch(guestOu(), '(objectClass=user)', 'cn')).not.toContain('dn:')
  })

  it('writes who approved what into the trail, and the password nowhere', async () => {
    const trail = await readFile(join(folder, 'W', 'audit.jsonl'), 'utf8')
    // Four that went through, and two that an administrator could not carry out.
    expect(trail.match(/"remedyApproved"/g)).toHaveLength(6)
    expect(trail.match(/"remedyApplied"/g)).toHaveLength(6)
    expect(trail.match(/"outcome":"written"/g)).toHaveLength(4)
    expect(trail).toContain(controller.administrator.account)
    for (const file of ['audit.jsonl', 'readiness.json', 'workspace.json']) expect(await readFile(join(folder, 'W', file), 'utf8')).not.toContain(controller.administrator.password)
  })

  it('says in words what is to be done, and prints the scripts', async () => {
    const text = await guestbridge(['--workspace', 'W', 'doctor'], { cwd: folder, environment })
    expect(text.stdout).toMatch(/✓ Rights in the managed OUs \(directory-rights\)/)
    expect(text.stdout).toMatch(/\d+ passed, \d+ to look at, 0 failed, \d+ not checked\./)
    expect(text.exitCode).toBe(0)
    const script = await guestbridge(['--workspace', 'W', 'doctor', 'script', 'tenant-roles'], { cwd: folder, environment })
    expect(script.stdout).toContain('requiredResourceAccess')
    expect(script.stdout).toContain(`/${tenant.tenantId}/adminconsent?client_id=${tenant.clientId}`)
  })

  async function descriptor(dn: string): Promise<Buffer> {
    const ldif = await controller.ldapsearch(dn, '(objectClass=organizationalUnit)', 'nTSecurityDescriptor')
    return Buffer.from(/^nTSecurityDescriptor:: (.+)$/m.exec(ldif)?.[1] ?? '', 'base64')
  }
})

/** Octets of the entries as MS-DTYP 2.4.4.3 counts them: header, mask and flags, a GUID each, and a SID of five sub-authorities. */
function plainOctets(sddl: readonly string[]): number {
  return sddl.reduce((sum, entry) => sum + 12 + 16 * entry.split(';').slice(3, 5).filter((guid) => guid !== '').length + 28, 0)
}
