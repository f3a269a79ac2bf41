import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DelegationReport } from '../../src/shared/api/delegationCalls.ts'
import type { DelegationExportOutcome, ShownDelegationPlan } from '../../src/shared/api/delegationPlanCalls.ts'
import type { ProofOutcome } from '../../src/shared/domain/delegation.ts'
import { documentOf, guestbridge, type Outcome } from '../fixtures/commandLine.ts'
import { startDomainController, type DomainController } from '../fixtures/domainController.ts'
import { startKerberosSite, type KerberosSite } from '../fixtures/kerberosSite.ts'
import { startNameServer, type NameServer } from '../fixtures/nameServer.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'
import type { PlanDocument } from './expectAsPlanned.ts'

// From guests in Entra to a web site that greets one of them by name: everything by commands, on a domain that knew nothing of it before.
const groups = [requireGroup('directory'), requireGroup('kerberos')]
const spn = 'HTTP/app.contoso.test'
const [webPassword, connectorPassword] = ['Web!Pass#2026', 'Connector!Pass#2026']

describe.skipIf(!groups.every(({ available }) => available))('delegation on a real domain controller', () => {
  let folder: string
  let controller: DomainController
  let tenant: TestTenant
  let site: KerberosSite
  let names: NameServer
  let guest: { readonly id: string; readonly userPrincipalName: string }
  const runIn = (workspace: string, password: string, args: readonly string[]): Promise<Outcome> => guestbridge(['--workspace', workspace, '--json', ...args], {
    cwd: folder, environment: { GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret, GUESTBRIDGE_AD_PASSWORD: password, TMPDIR: join(folder, 'tmp') }, startedBy: names.seenBy,
  })
  const run = (...args: readonly string[]) => runIn('W', controller.delegation.password, args)
  const runWithoutPrivilege = (...args: readonly string[]) => runIn('U', controller.unprivileged.password, args)
  const checkGuest = async (): Promise<{ readonly exitCode: number | null; readonly failed: readonly string[]; readonly report: DelegationReport }> => {
    const outcome = await run('kcd', 'check', '--guest', guest.id)
    const report = documentOf(outcome) as unknown as DelegationReport
    return { exitCode: outcome.exitCode, report, failed: report.findings.filter(({ state }) => state === 'failed').map(({ id, message }) => `${id}: ${message}`) }
  }
  const prove = async (...args: readonly string[]): Promise<{ readonly exitCode: number | null; readonly outcome: ProofOutcome }> => {
    const outcome = await run('kcd', 'prove', '--application', 'App', '--guest', guest.userPrincipalName, '--keytab', 'connector.keytab', ...args)
    expect(await readdir(join(folder, 'tmp')), 'nothing of keytab or ticket remains').toEqual([])
    return { exitCode: outcome.exitCode, outcome: documentOf(outcome) as unknown as ProofOutcome }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    await mkdir(join(folder, 'tmp'))
    controller = await startDomainController()
    await controller.ldapmodify(machines(controller.serversOu))
    await controller.exportKeytab('CONNECTOR1$', join(folder, 'connector.keytab'))
    site = await startKerberosSite(controller, spn)
    names = await startNameServer(recordsOf(controller, site))
    tenant = await startTestTenant(folder)
  }, 120_000)
  afterAll(async () => {
    await Promise.all([tenant?.close(), site?.stop(), names?.stop(), controller?.stop()])
    await rm(folder, { recursive: true, force: true })
  })

  it('guests get their accounts by a cycle and an approved export', async () => {
    await makeWorkspace('W', controller.delegation)
    expect((await run('run', 'cycle')).exitCode).toBe(3)
    const { hash, changes } = documentOf(await run('plan')) as unknown as PlanDocument
    await run('plan', '--out', 'accounts.jsonl')
    const outcome = await run('export', '--plan', 'accounts.jsonl', '--approve', hash)
    expect(outcome).toMatchObject({ exitCode: 0 })
    const [first] = changes.filter(({ kind }) => kind === 'create')
    const { entraId = null, userPrincipalName = null } = first?.subject ?? {}
    if (entraId === null || userPrincipalName === null) throw new Error('Nobody was created')
    guest = { id: entraId, userPrincipalName }
  }, 300_000)

  it('kcd check exits 4 and names what is missing, for each connector', async () => {
    const { exitCode, report } = await checkGuest()
    expect(exitCode).toBe(4)
    const missing = report.findings.filter(({ state, check }) => state === 'failed' && check === 8)
    expect(missing.map(({ about }) => about.connector).sort()).toEqual(['CONNECTOR1', 'CONNECTOR2'])
    expect(report.cells.map(({ state }) => state)).toEqual(['failed', 'failed'])
  })

  it('kcd prove is refused, with the check that explains it', async () => {
    const { exitCode, outcome } = await prove()
    expect(exitCode).toBe(4)
    expect(outcome).toMatchObject({ connector: 'CONNECTOR1', result: { kind: 'refused', reason: 'notAllowedToDelegate' } })
    expect(outcome.controller).toContain(controller.ip)
  })

  it('an account without the privilege is told so, in words, and nothing is half written', async () => {
    await makeWorkspace('U', controller.unprivileged)
    const planned = await runWithoutPrivilege('kcd', 'plan', '--make-work', 'App', '--way', 'classic')
    const plan = documentOf(planned) as unknown as ShownDelegationPlan
    expect(planned.exitCode).toBe(3)
    expect(plan.lines.every(({ change }) => change.needsPrivilege)).toBe(true)
    const exported = await runWithoutPrivilege('kcd', 'export', '--approve', plan.hash)
    expect(exported.exitCode).toBe(4)
    const { results } = documentOf(exported) as unknown as Extract<DelegationExportOutcome, { kind: 'exported' }>
    expect(results.map(({ outcome, problem }) => `${outcome} ${problem?.kind ?? ''}`)).toEqual(plan.lines.map(() => 'refused delegationPrivilegeMissing'))
    expect(results[0]?.problem?.remedy).toContain('Enable computer and user accounts to be trusted for delegation')
    expect(await controller.ldapsearch(controller.serversOu, '(msDS-AllowedToDelegateTo=*)', 'msDS-AllowedToDelegateTo')).not.toContain('HTTP/')
  })

  it('kcd plan shows all that the application needs, and kcd export writes what was approved', async () => {
    const planned = await run('kcd', 'plan', '--make-work', 'App', '--way', 'classic', '--out', 'delegation.jsonl')
    expect(planned.exitCode).toBe(3)
    const plan = documentOf(planned) as unknown as ShownDelegationPlan
    expect(plan.lines.map(({ change }) => `${change.accountName} ${change.attribute}`).sort()).toEqual(['CONNECTOR1$ msDS-AllowedToDelegateTo', 'CONNECTOR1$ userAccountControl', 'CONNECTOR2$ msDS-AllowedToDelegateTo', 'CONNECTOR2$ userAccountControl'])
    expect(await run('kcd', 'export', '--plan', 'delegation.jsonl', '--approve', '0'.repeat(64))).toMatchObject({ exitCode: 3 })
    const exported = await run('kcd', 'export', '--plan', 'delegation.jsonl', '--approve', plan.hash)
    expect(exported).toMatchObject({ exitCode: 0 })
    expect((documentOf(exported) as unknown as Extract<DelegationExportOutcome, { kind: 'exported' }>).results.map(({ outcome }) => outcome)).toEqual(plan.lines.map(() => 'written'))
  })

  it('kcd check exits 0: nothing fails, and what was not checked says why', async () => {
    const { exitCode, failed, report } = await checkGuest()
    expect(failed).toEqual([])
    expect(exitCode).toBe(0)
    expect(report.cells.map(({ state }) => state)).not.toContain('failed')
    const unchecked = report.findings.filter(({ state }) => state === 'notChecked')
    expect(unchecked.map(({ message }) => message.length > 20)).not.toContain(false)
  })

  it('kcd prove --url prints the guest\'s name as the web site saw it', async () => {
    await trustSite('W')
    const { exitCode, outcome } = await prove('--url', site.url)
    expect(outcome.result).toMatchObject({
      kind: 'ticket', principal: `${guest.userPrincipalName}@CONTOSO.TEST`, encryptionType: 'aes256-cts-hmac-sha1-96',
      site: { status: 200, seenAs: `${guest.userPrincipalName}@CONTOSO.TEST`, text: `Welcome, ${guest.userPrincipalName.replace(/@(?=[^@]*$)/, '\\@')}@CONTOSO.TEST` },
    })
    expect(outcome.result).not.toHaveProperty('siteProblem')
    expect(exitCode).toBe(0)
    expect(outcome.controller).toBe(`dc1.contoso.test (${controller.ip})`)
  })

  it('the proof is kept for the next check, and in the audit trail', async () => {
    const { exitCode, report } = await checkGuest()
    expect(exitCode).toBe(0)
    expect(report.findings.filter(({ check, state }) => check === 45 && state === 'passed')).not.toEqual([])
    expect(documentOf(await run('audit', 'verify'))).toMatchObject({ kind: 'intact' })
    expect(await readFile(join(folder, 'W', 'audit.jsonl'), 'utf8')).toContain('"action":"signOnProved"')
  })

  it('and what people read says it in a line', async () => {
    const outcome = await guestbridge(['--workspace', 'W', 'kcd', 'prove', '--application', 'App', '--guest', guest.id, '--keytab', 'connector.keytab', '--url', site.url], {
      cwd: folder, environment: { GUESTBRIDGE_AD_PASSWORD: controller.delegation.password, TMPDIR: join(folder, 'tmp') }, startedBy: names.seenBy,
    })
    expect(outcome.stdout).toContain(`answered 200 and saw ${guest.userPrincipalName}@CONTOSO.TEST`)
    expect(outcome.stdout).toContain(`as CONNECTOR1, asked of dc1.contoso.test (${controller.ip})`)
  })

  it('without keytab and password it is "not proven", and exits 1', async () => {
    const outcome = await run('kcd', 'prove', '--application', 'App', '--guest', guest.id, '--connector', 'CONNECTOR1')
    expect(outcome.exitCode).toBe(1)
    expect(documentOf(outcome)).toMatchObject({ connector: 'CONNECTOR1', result: { kind: 'notProven' } })
  })

  it('the password of the connector\'s account does as well as its keytab', async () => {
    const outcome = await guestbridge(['--workspace', 'W', '--json', 'kcd', 'prove', '--application', 'App', '--guest', guest.id, '--connector', 'CONNECTOR2'], {
      cwd: folder, environment: { GUESTBRIDGE_AD_PASSWORD: controller.delegation.password, GUESTBRIDGE_PROXY_PASSWORD: connectorPassword, TMPDIR: join(folder, 'tmp') }, startedBy: names.seenBy,
    })
    expect(documentOf(outcome)).toMatchObject({ connector: 'CONNECTOR2', result: { kind: 'ticket' } })
    expect(outcome.exitCode).toBe(0)
  })

  it('a script proves it on a Windows connector, whose answer is pasted', async () => {
    const script = (documentOf(await run('kcd', 'prove', '--application', 'App', '--guest', guest.id, '--script')) as { text: string }).text
    expect(script).toContain('KerberosRequestorSecurityToken')
    const answer = { version: 1, application: 'App', guest: guest.id, identity: guest.userPrincipalName, spn, url: null, computer: 'CONNECTOR2', account: 'NT AUTHORITY\\SYSTEM', at: '2026-03-12T08:00:00Z', outcome: { kind: 'failed', step: 'guest', code: null, text: 'The user name or password is incorrect.' } }
    await writeFile(join(folder, 'answer.txt'), `GUESTBRIDGE-PROOF ${Buffer.from(JSON.stringify(answer)).toString('base64')} GUESTBRIDGE-END\r\n`, 'utf16le')
    await writeFile(join(folder, 'answer.txt'), Buffer.concat([Buffer.from([0xff, 0xfe]), await readFile(join(folder, 'answer.txt'))]))
    const outcome = await run('kcd', 'prove', '--application', 'App', '--guest', guest.id, '--paste', 'answer.txt')
    expect(outcome.exitCode).toBe(4)
    expect(documentOf(outcome)).toMatchObject({ connector: 'CONNECTOR2', at: '2026-03-12T08:00:00Z', result: { kind: 'refused', reason: 'accountUnknown', checks: [31, 32, 47] } })
  })

  async function makeWorkspace(workspace: string, account: { readonly account: string; readonly password: string }): Promise<void> {
    const made = await runIn(workspace, account.password, ['init', '--name', 'Contoso', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile,
      '--tenant', tenant.tenantId, '--client', tenant.clientId, '--server', `ldaps://${controller.host}`, '--ad-ca', controller.caFile, '--account', account.account, '--guest-ou', controller.guestOu])
    expect(made).toMatchObject({ exitCode: 0 })
    await configure(workspace, (configuration) => ({
      ...configuration,
      delegation: { connectors: [{ account: 'CONNECTOR1' }, { account: 'connector2.contoso.test' }], applications: [{ name: 'App', spn, internalUrl: site.url }] },
    }))
  }

  /** The site's certificate is of another authority than the controller's: both stand in one file, as an administrator would put them. */
  async function trustSite(workspace: string): Promise<void> {
    const both = join(folder, 'authorities.pem')
    await writeFile(both, `${controller.caPem}\n${site.caPem}\n`)
    await configure(workspace, (configuration) => ({ ...configuration, activeDirectory: { ...configuration['activeDirectory'] as object, caFile: both } }))
  }

  async function configure(workspace: string, change: (configuration: Record<string, unknown>) => Record<string, unknown>): Promise<void> {
    const file = join(folder, workspace, 'workspace.json')
    await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>)))
  }
})

function recordsOf({ ip }: DomainController, { address }: KerberosSite): Parameters<typeof startNameServer>[0] {
  const at = (target: string) => [{ type: 'A', address: target } as const]
  const service = (port: number) => [{ type: 'SRV', priority: 0, weight: 100, port, target: 'dc1.contoso.test' } as const]
  return {
    'dc1.contoso.test': at(ip), 'contoso.test': at(ip), 'app.contoso.test': at(address), 'connector1.contoso.test': at(address), 'connector2.contoso.test': at(address),
    '_kerberos._tcp.contoso.test': service(88), '_ldap._tcp.contoso.test': service(389), '_gc._tcp.contoso.test': service(3268),
  }
}

/** Two connectors that may nothing yet, and the account of the site. */
function machines(ou: string): string {
  const connectors = ['CONNECTOR1', 'CONNECTOR2'].map((name) => `dn: CN=${name},${ou}
objectClass: computer
sAMAccountName: ${name}$
dNSHostName: ${name.toLowerCase()}.contoso.test
servicePrincipalName: HOST/${name.toLowerCase()}.contoso.test
operatingSystemVersion: 10.0 (20348)
userAccountControl: 4096
unicodePwd:: ${quoted(connectorPassword)}
`)
  return [...connectors, `dn: CN=svc-web,${ou}
objectClass: user
sAMAccountName: svc-web
servicePrincipalName: ${spn}
msDS-SupportedEncryptionTypes: 24
userAccountControl: 66048
unicodePwd:: ${quoted(webPassword)}
`].join('\n')
}

function quoted(password: string): string {
  return Buffer.from(`"${password}"`, 'utf16le').toString('base64')
}
