import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDelegationPlan } from '../../src/main/kcd/planning/delegationPlanFile.ts'
import { makeDelegationPlan } from '../../src/main/kcd/planning/makeDelegationPlan.ts'
import type { DelegationReport } from '../../src/shared/api/delegationCalls.ts'
import type { DelegationExportOutcome, ShownDelegationPlan } from '../../src/shared/api/delegationPlanCalls.ts'
import type { Finding } from '../../src/shared/domain/delegation.ts'
import type { ReadinessFinding, ReadinessReport } from '../../src/shared/domain/readiness.ts'
import { documentOf, guestbridge, requireExit, type Outcome } from '../fixtures/commandLine.ts'
import type { Authority } from '../fixtures/certificates.ts'
import { ldapOctets, ldapSearch } from '../fixtures/ldapSearch.ts'
import type { NameServer } from '../fixtures/nameServer.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'
import {
  accountsWriter, guestOu, makeCommonAuthority, resourcesReader, resourcesWriter, soundTrust, startAccountsDomain, startNamesOf, startResourcesDomain, startStrangeDomain, type TestDomain,
} from '../fixtures/twoDomains.ts'
import { expectAsPlanned, type PlanDocument } from './expectAsPlanned.ts'

// Guests in one forest, applications in another that trusts it: docs/two-domains.md, command by command. ldapsearch is the witness.
const tools = requireGroup('directory')
const trustAttribute = 'msDS-AllowedToActOnBehalfOfOtherIdentity'

describe.skipIf(!tools.available)(`accounts in one domain, applications in another${tools.available ? '' : ` (skipped: ${tools.reason})`}`, async () => {
  const document = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'two-domains.md'), 'utf8')
  const executed = new Set<string>()
  const running: { stop(): Promise<void> }[] = []
  let folder: string
  let authority: Authority
  let accounts: TestDomain
  let resources: TestDomain
  let names: NameServer
  let tenant: TestTenant
  /** Entra id of somebody who got an account. */
  let guest: string
  const started = async <Running extends { stop(): Promise<void> }>(starting: Promise<Running>): Promise<Running> => {
    const one = await starting
    running.push(one)
    return one
  }

  /** One command in a workspace, with the secrets in the environment; `with` replaces some. */
  const runWith = (replaced: Readonly<Record<string, string>>, workspace: string, args: readonly string[]): Promise<Outcome> => {
    executed.add(args.join(' '))
    return guestbridge(['--workspace', workspace, '--json', ...args], {
      cwd: folder, startedBy: names.seenBy,
      environment: { GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret, GUESTBRIDGE_AD_PASSWORD: accountsWriter.password, GUESTBRIDGE_RESOURCE_AD_PASSWORD: resourcesWriter.password, ...replaced },
    })
  }
  const run = (...args: readonly string[]) => runWith({}, 'W', args)
  /** As run, with a hash that the document calls HASH. */
  const approve = (hash: string, ...args: readonly string[]) => {
    executed.add([...args, '--approve', 'HASH'].join(' '))
    return runWith({}, 'W', [...args, '--approve', hash])
  }
  const checkDelegation = async (...args: readonly string[]): Promise<{ readonly exitCode: number | null; readonly report: DelegationReport }> => {
    const outcome = await run('kcd', 'check', ...args)
    return { exitCode: outcome.exitCode, report: documentOf(outcome) as unknown as DelegationReport }
  }
  const planned = (outcome: Outcome) => documentOf(outcome) as unknown as ShownDelegationPlan
  const exported = (outcome: Outcome) => documentOf(outcome) as unknown as Extract<DelegationExportOutcome, { kind: 'exported' }>
  const trustOf = async (domain: TestDomain, accountName: string) => (await ldapSearch(domain.source, domain.baseDn, `(sAMAccountName=${accountName})`, [trustAttribute]))[0]?.attributes[trustAttribute] ?? []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-two-domains-'))
    authority = await makeCommonAuthority()
    await writeFile(join(folder, 'ca.pem'), authority.certificatePem)
    accounts = await started(startAccountsDomain(authority))
    resources = await started(startResourcesDomain(authority, soundTrust))
    names = await started(startNamesOf([accounts, resources]))
    tenant = await startTestTenant(folder)
    await makeWorkspace()
  })
  afterAll(async () => {
    await tenant?.close()
    await Promise.all(running.map((one) => one.stop()))
    await rm(folder, { recursive: true, force: true })
  })

  it('the settings of the document are in order', async () => {
    expect(await run('config', 'check')).toMatchObject({ exitCode: 0 })
    expect(await readFile(join(folder, 'W', 'workspace.json'), 'utf8')).not.toContain(resourcesWriter.password)
  })

  it('without the password of the second domain nothing is checked, and the variable is named', async () => {
    const outcome = await runWith({ GUESTBRIDGE_RESOURCE_AD_PASSWORD: '' }, 'W', ['kcd', 'check'])
    expect(outcome.exitCode).not.toBe(0)
    expect(outcome.stderr).toContain('GUESTBRIDGE_RESOURCE_AD_PASSWORD')
  })

  it('guests get their accounts in the one domain, and nothing in the other', async () => {
    expect((await run('run', 'cycle')).exitCode).toBe(3)
    const shown = documentOf(await run('plan')) as unknown as PlanDocument
    requireExit(await run('plan', '--out', 'accounts.jsonl'), 0)
    requireExit(await approve(shown.hash, 'export', '--plan', 'accounts.jsonl'), 0)
    const written = await ldapSearch(accounts.source, guestOu, '(objectClass=user)')
    expect(written.length).toBeGreaterThan(100)
    expectAsPlanned(shown, written)
    guest = shown.changes.flatMap(({ kind, subject }) => (kind === 'create' ? subject.entraId ?? [] : []))[0] ?? ''
    expect(await ldapSearch(resources.source, resources.baseDn, '(employeeType=Guest)')).toEqual([])
  })

  it('doctor finds nothing wrong in either domain, nor between them', async () => {
    const { findings } = await examine('W')
    const ofDomains = findings.filter(({ area }) => area === 'domain' || area === 'resourceDomain')
    // The tenant has three guests that Entra Connect synchronises, of which no domain knows.
    expect(ofDomains.filter(({ id, state }) => state === 'failed' && id !== 'entra-connect-scope').map(({ id, message }) => `${id}: ${message}`)).toEqual([])
    expect(ofDomains.find(({ id }) => id === 'directory-upn-suffix')?.state).toBe('passed')
    const ofResources = ofDomains.filter(({ area }) => area === 'resourceDomain')
    expect(ofResources.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'resource-certificate', 'resource-bind', 'resource-level', 'resource-clock', 'resource-excess-rights', 'resource-rights', 'resource-trust', 'resource-upn-suffix', 'resource-authentication',
    ].map((id) => `${id} passed`))
  })

  it('kcd check says of a connector and a service in different domains that only the service can let it in', async () => {
    const { exitCode, report } = await checkDelegation()
    expect(exitCode).toBe(4)
    const ofPair = findingsOf(report, 'CONNECTOR01', 'Intranet')
    expect(ofPair.filter(({ state }) => state === 'failed').map(({ check }) => check).sort((left, right) => left - right)).toEqual([8, 11, 12])
    const [eleven] = ofPair.filter(({ check }) => check === 11)
    expect(eleven?.message).toContain('CONNECTOR01$ is of contoso-guests.com, WEB01$, which owns HTTP/intranet.contoso.com, of contoso.com')
    expect(eleven?.remedy).toContain('resource-based')
    expect(eleven?.intent).toMatchObject({ kind: 'trustConnectors' })
    expect(ofPair.filter(({ state }) => state === 'failed').every(({ intent }) => intent?.kind === 'trustConnectors')).toBe(true)
    expect(cellOf(report, 'CONNECTOR01', 'Intranet')).toBe('failed')
    // Of either domain: check 14 looks at both, because the KDCs of both take part.
    expect(report.findings.filter(({ check, state }) => check === 14 && state === 'passed').map(({ message }) => /of (\S+) know/.exec(message)?.[1]).sort()).toEqual(['contoso-guests.com', 'contoso.com'])
    expect(report.findings.filter(({ check }) => check === 47).map(({ state }) => state)).toEqual(['passed'])
  })

  it('classic delegation across the domains is refused with the reason, and nothing is planned', async () => {
    const outcome = await run('kcd', 'plan', '--make-work', 'Intranet', '--way', 'classic')
    const { lines, refused } = planned(outcome)
    expect(outcome.exitCode).toBe(4)
    expect(lines).toEqual([])
    expect(refused.map(({ why, remedy }) => `${why} ${remedy}`)).toEqual([expect.stringMatching(/WEB01\$ is in another domain \(contoso\.com\).*--way resource-based/)])
  })

  it('within the domain of the applications classic delegation is planned there, and says what it needs', async () => {
    const { header, lines, refused } = planned(await run('kcd', 'plan', '--make-work', 'ERP', '--way', 'classic'))
    expect(refused).toEqual([])
    expect(header.domainSid).toBe(resources.sid)
    expect(lines.map(({ change }) => `${change.accountName} ${change.attribute} ${change.needsPrivilege}`).sort()).toEqual(['CONNECTOR02$ msDS-AllowedToDelegateTo true', 'CONNECTOR02$ userAccountControl true'])
  })

  it('a plan is of one domain: wishes for both are not put into one', async () => {
    const outcome = await run('kcd', 'plan', '--trust', 'WEB01', '--connectors', 'CONNECTOR01', '--any-protocol', 'CONNECTOR01')
    const { header, lines, refused } = planned(outcome)
    expect(new Set(lines.map(({ change }) => change.accountName)).size).toBe(1)
    expect(refused).toHaveLength(1)
    expect(refused[0]?.why).toMatch(/domain/)
    expect([accounts.sid, resources.sid]).toContain(header.domainSid)
  })

  it('resource-based trust is planned and written in the domain of the service, without a privilege', async () => {
    const plan = planned(await run('kcd', 'plan', '--make-work', 'Intranet', '--way', 'resource-based'))
    expect(plan.header.domainSid).toBe(resources.sid)
    expect(plan.lines.map(({ change }) => `${change.accountName} ${change.attribute} ${change.needsPrivilege}`)).toEqual([`WEB01$ ${trustAttribute} false`])
    expect(plan.privilege.state).toBe('notNeeded')
    expect(await trustOf(resources, 'WEB01$')).toEqual([])

    const outcome = await approve(plan.hash, 'kcd', 'export')
    expect(exported(outcome)).toMatchObject({ kind: 'exported', controller: 'dc1.contoso.com', results: [{ outcome: 'written' }], run: { status: 'succeeded' } })
    expect(outcome.exitCode).toBe(0)
    const [descriptor, connector] = [await ldapOctets(resources.source, resources.baseDn, '(sAMAccountName=WEB01$)', trustAttribute), await ldapOctets(accounts.source, accounts.baseDn, '(sAMAccountName=CONNECTOR01$)', 'objectSid')]
    expect(trusteesIn(descriptor)).toEqual([sidIn(connector)])
  })

  it('kcd check passes the pair, and guests with an account can sign on there', async () => {
    const { exitCode, report } = await checkDelegation('--application', 'Intranet')
    expect(report.findings.filter(({ state }) => state === 'failed').map(({ id, message }) => `${id}: ${message}`)).toEqual([])
    expect(exitCode).toBe(0)
    expect(findingsOf(report, 'CONNECTOR01', 'Intranet').filter(({ check }) => [8, 11, 12].includes(check)).map(({ state }) => state)).toEqual(['passed', 'passed', 'passed'])
    expect(report.cells.find(({ connector }) => connector === 'CONNECTOR01')).toMatchObject({ way: 'resourceBased' })
    expect(['passed', 'warning']).toContain(cellOf(report, 'CONNECTOR01', 'Intranet'))
    // The connector of the other forest has a name in ours, though nobody here has its SID.
    expect(report.findings.filter(({ check, about }) => check === 13 && about.application === 'Intranet').map(({ state }) => state)).toEqual(['passed'])
  })

  it('its undo is of the same domain, and takes the trust away again', async () => {
    const { runs } = documentOf(await run('history', '--step', 'delegationExport')) as { runs: { id: number }[] }
    const undo = planned(await run('kcd', 'undo', String(runs[0]?.id ?? 0)))
    expect(undo.header.domainSid).toBe(resources.sid)
    requireExit(await approve(undo.hash, 'kcd', 'export'), 0)
    expect(await trustOf(resources, 'WEB01$')).toEqual([])
  })

  it('a plan whose header names the other one of the two domains writes nothing in either', async () => {
    const plan = planned(await run('kcd', 'plan', '--make-work', 'Intranet', '--way', 'resource-based'))
    const misled = makeDelegationPlan({ ...plan.header, domainSid: sidIn(await ldapOctets(accounts.source, accounts.baseDn, `(distinguishedName=${accounts.baseDn})`, 'objectSid')) }, plan.lines.map(({ change }) => change))
    writeDelegationPlan(join(folder, 'misled.jsonl'), misled)
    const outcome = await run('kcd', 'export', '--plan', 'misled.jsonl', '--approve', misled.hash)
    expect(exported(outcome)).toMatchObject({ controller: accounts.controller, results: [{ outcome: 'drift', problem: { message: expect.stringContaining('WEB01') as string } }] })
    expect(outcome.exitCode).toBe(5)
    expect(await trustOf(resources, 'WEB01$')).toEqual([])
  })

  it('a plan of a domain that the workspace reaches no more is refused, and both are named', async () => {
    const plan = planned(await run('kcd', 'plan', '--make-work', 'Intranet', '--way', 'resource-based', '--out', 'elsewhere.jsonl'))
    const strange = await started(startStrangeDomain(authority))
    await makeVariant('Moved', { servers: [strange.source.url], globalCatalogs: [strange.source.url], account: `svc-guestbridge@${strange.dnsName}` })
    const outcome = await runWith({}, 'Moved', ['kcd', 'export', '--plan', 'elsewhere.jsonl', '--approve', plan.hash])
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toContain(`the plan is of the domain ${resources.sid}`)
    expect(outcome.stderr).toContain(strange.sid)
    expect(await trustOf(resources, 'WEB01$')).toEqual([])
  })

  type Fault = readonly [fault: string, trust: Partial<typeof soundTrust>, id: string, state: ReadinessFinding['state'], message: RegExp, remedy: RegExp, check: 42 | 47]
  const faults: readonly Fault[] = [
    ['is one-way, so that guests are not trusted', { direction: 1 }, 'resource-trust', 'failed', /contoso\.com does not trust contoso-guests\.com/, /two-way forest trust/, 47],
    ['is one-way, so that connectors cannot ask', { direction: 2 }, 'resource-trust', 'warning', /not by a two-way trust of the forests/, /two-way forest trust/, 47],
    ['is not one of the forests', { attributes: 0, suffixes: null }, 'resource-trust', 'warning', /not by a two-way trust of the forests/, /two-way forest trust/, 47],
    ['does not route the suffix of the guests', { suffixes: ['contoso-guests.com'] }, 'resource-upn-suffix', 'failed', /does not route \S+\.onmicrosoft\.com/, /Name Suffix Routing/, 47],
    ['has selective authentication', { attributes: 0x18 }, 'resource-authentication', 'warning', /selective authentication/, /Allowed to authenticate/, 42],
  ]
  it.each(faults)('doctor says that the trust %s, and what to do; so does kcd check', async (_fault, trust, id, state, message, remedy, check) => {
    const faulty = await started(startResourcesDomain(authority, { ...soundTrust, ...trust }))
    await makeVariant('Faulty', { servers: [faulty.source.url], globalCatalogs: [faulty.source.url] })
    const report = await examine('Faulty', id)
    expect(report.findings.find((finding) => finding.id === id)).toMatchObject({ state, message: expect.stringMatching(message) as string, remedy: expect.stringMatching(remedy) as string })
    const checked = documentOf(await runWith({}, 'Faulty', ['kcd', 'check', '--application', 'Intranet', '--guest', guest])) as unknown as DelegationReport
    expect(checked.findings.filter((finding) => finding.check === check && (finding.state === 'failed' || finding.state === 'warning')).map((finding) => finding.remedy)).toEqual([expect.stringMatching(/trust|Allowed to authenticate/)])
  })

  it('doctor names a wrong password of the second domain, and asks with it once only', async () => {
    const outcome = await runWith({ GUESTBRIDGE_RESOURCE_AD_PASSWORD: 'wrong' }, 'W', ['doctor'])
    expect(outcome.exitCode).toBe(4)
    const { findings } = documentOf(outcome) as unknown as ReadinessReport
    expect(findings.find(({ id }) => id === 'resource-bind')).toMatchObject({ state: 'failed', message: expect.stringContaining(resourcesWriter.account) as string, remedy: expect.stringContaining('password') as string })
    expect(findings.find(({ id }) => id === 'directory-bind')?.state).toBe('passed')
    expect(findings.filter(({ id }) => ['resource-rights', 'resource-trust', 'resource-upn-suffix', 'resource-authentication'].includes(id)).map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'notChecked'))
    const [account] = await ldapSearch(resources.source, resources.baseDn, '(sAMAccountName=svc-guestbridge)', ['badPwdCount'])
    expect(account?.attributes['badPwdCount']).toEqual(['1'])
    const checked = await runWith({ GUESTBRIDGE_RESOURCE_AD_PASSWORD: 'wrong' }, 'W', ['kcd', 'check'])
    expect([checked.exitCode, checked.stderr]).toEqual([1, expect.stringContaining(resourcesWriter.account)])
  })

  it('doctor names the right that is missing on each application, with the script that gives it', async () => {
    await makeVariant('Looking', { account: resourcesReader.account })
    const secrets = { GUESTBRIDGE_RESOURCE_AD_PASSWORD: resourcesReader.password }
    const { findings } = documentOf(await runWith(secrets, 'Looking', ['doctor', '--only', 'resource-rights'])) as unknown as ReadinessReport
    const [finding] = findings.filter(({ id }) => id === 'resource-rights')
    expect(finding).toMatchObject({ state: 'failed', canApply: false })
    for (const name of ['WEB01', 'svc-erp']) expect(finding?.message).toContain(`write ${trustAttribute} of CN=${name},OU=Servers,DC=contoso,DC=com`)
    const script = documentOf(await runWith(secrets, 'Looking', ['doctor', 'script', 'resource-rights'])) as { scripts: { text: string }[] }
    expect(script.scripts[0]?.text).toContain('dsacls \'CN=WEB01,OU=Servers,DC=contoso,DC=com\' /G ($trustee + \':WP;msDS-AllowedToActOnBehalfOfOtherIdentity\')')
    const plan = planned(await runWith(secrets, 'Looking', ['kcd', 'plan', '--make-work', 'Intranet', '--way', 'resource-based']))
    const refused = await runWith(secrets, 'Looking', ['kcd', 'export', '--approve', plan.hash])
    expect(exported(refused).results.map(({ outcome }) => outcome)).toEqual(['refused'])
    expect(refused.exitCode).toBe(4)
  })

  it('ran every command of the document', () => {
    const documented = Array.from(document.matchAll(/^guestbridge --workspace W (.*)$/gm), ([, command]) => command ?? '')
    expect(documented.length).toBeGreaterThan(5)
    expect(documented.filter((command) => !executed.has(command))).toEqual([])
  })

  async function examine(workspace: string, ...only: readonly string[]): Promise<ReadinessReport> {
    return documentOf(await runWith({}, workspace, ['doctor', ...only.flatMap((id) => ['--only', id])])) as unknown as ReadinessReport
  }

  /** What `init` writes for the one domain, with the part of the document for the other. */
  async function makeWorkspace(): Promise<void> {
    requireExit(await guestbridge(['--workspace', 'W', '--json', 'init', '--name', 'Contoso', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile,
      '--tenant', tenant.tenantId, '--client', tenant.clientId, '--server', accounts.url, '--ad-ca', 'ca.pem', '--account', accountsWriter.account, '--guest-ou', guestOu], { cwd: folder }), 0)
    const [, text = ''] = /^```json\n([\s\S]*?)^```/m.exec(document) ?? []
    const documented = JSON.parse(text) as { readonly resourceDirectory: Settings }
    await change('W', (settings) => ({
      ...settings, ...documented,
      activeDirectory: { ...settings['activeDirectory'] as Settings, globalCatalogs: [accounts.globalCatalogUrl] },
      // The ports and the authority of this test; all else is as the document has it.
      resourceDirectory: { ...documented.resourceDirectory, servers: [resources.url], globalCatalogs: [resources.globalCatalogUrl], caFile: '../ca.pem' },
    }))
  }

  /** The same workspace, with what it has imported, and another second domain. */
  async function makeVariant(workspace: string, resourceDirectory: Settings): Promise<void> {
    await rm(join(folder, workspace), { recursive: true, force: true })
    await cp(join(folder, 'W'), join(folder, workspace), { recursive: true })
    await change(workspace, (settings) => ({ ...settings, resourceDirectory: { ...settings['resourceDirectory'] as Settings, ...resourceDirectory } }))
  }

  async function change(workspace: string, edit: (settings: Settings) => Settings): Promise<void> {
    const file = join(folder, workspace, 'workspace.json')
    await writeFile(file, JSON.stringify(edit(JSON.parse(await readFile(file, 'utf8')) as Settings), null, 2))
  }
})

type Settings = Readonly<Record<string, unknown>>

function findingsOf({ findings }: DelegationReport, connector: string, application: string): readonly Finding[] {
  return findings.filter(({ about }) => about.connector === connector && about.application === application)
}

function cellOf({ cells }: DelegationReport, connector: string, application: string): string | undefined {
  return cells.find((cell) => cell.connector === connector && cell.application === application)?.state
}

/** SIDs of the entries in a descriptor, read without our decoder: the list stands where octet 16 says, and in each entry the SID after eight octets (MS-DTYP 2.4.4.2, 2.4.6). */
function trusteesIn(descriptor: Buffer): readonly string[] {
  const list = descriptor.readUInt32LE(16)
  const sids: string[] = []
  for (let entry = list + 8; entry < list + descriptor.readUInt16LE(list + 2); entry += descriptor.readUInt16LE(entry + 2)) sids.push(sidIn(descriptor.subarray(entry + 8)))
  return sids
}

/** MS-DTYP 2.4.2.2. */
function sidIn(octets: Buffer): string {
  const parts = Array.from({ length: octets.readUInt8(1) }, (_part, index) => octets.readUInt32LE(8 + index * 4))
  return `S-${octets.readUInt8(0)}-${octets.readUIntBE(2, 6)}-${parts.join('-')}`
}
