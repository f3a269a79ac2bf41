import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { writeDelegationPlan } from '../../src/main/kcd/planning/delegationPlanFile.ts'
import { makeDelegationPlan } from '../../src/main/kcd/planning/makeDelegationPlan.ts'
import type { DelegationReport } from '../../src/shared/api/delegationCalls.ts'
import type { DelegationExportOutcome, ShownDelegationPlan } from '../../src/shared/api/delegationPlanCalls.ts'
import type { Finding } from '../../src/shared/domain/delegation.ts'
import type { ReadinessReport } from '../../src/shared/domain/readiness.ts'
import { documentOf, requireExit, type Outcome } from '../fixtures/commandLine.ts'
import { sidIn, trusteesIn } from '../fixtures/descriptorOctets.ts'
import { ldapOctets, ldapSearch } from '../fixtures/ldapSearch.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { guestOu, resourcesWriter, startStrangeDomain, type TestDomain } from '../fixtures/twoDomains.ts'
import { documentOfTwoDomains, openTwoDomains, type TwoDomains } from '../fixtures/twoDomainsWorkspace.ts'
import { expectAsPlanned, type PlanDocument } from './expectAsPlanned.ts'

// Guests in one forest, applications in another that trusts it: docs/two-domains.md, command by command. ldapsearch is the witness.
const tools = requireGroup('directory')
const trustAttribute = 'msDS-AllowedToActOnBehalfOfOtherIdentity'

describe.skipIf(!tools.available)(`accounts in one domain, applications in another${tools.available ? '' : ` (skipped: ${tools.reason})`}`, () => {
  const executed = new Set<string>()
  let world: TwoDomains
  const run = (...args: readonly string[]): Promise<Outcome> => {
    executed.add(args.join(' '))
    return world.run(...args)
  }
  /** As run, with the hash that the document calls HASH. */
  const approve = (hash: string, ...args: readonly string[]): Promise<Outcome> => {
    executed.add([...args, '--approve', 'HASH'].join(' '))
    return world.run(...args, '--approve', hash)
  }
  const checkDelegation = async (...args: readonly string[]): Promise<{ readonly exitCode: number | null; readonly report: DelegationReport }> => {
    const outcome = await run('kcd', 'check', ...args)
    return { exitCode: outcome.exitCode, report: documentOf(outcome) as unknown as DelegationReport }
  }
  const planned = (outcome: Outcome) => documentOf(outcome) as unknown as ShownDelegationPlan
  const exported = (outcome: Outcome) => documentOf(outcome) as unknown as Extract<DelegationExportOutcome, { kind: 'exported' }>
  const trustOf = async (domain: TestDomain, accountName: string) => (await ldapSearch(domain.source, domain.baseDn, `(sAMAccountName=${accountName})`, [trustAttribute]))[0]?.attributes[trustAttribute] ?? []

  beforeAll(async () => { world = await openTwoDomains() })
  afterAll(() => world?.stop())

  it('the settings of the document are in order', async () => {
    expect(await run('config', 'check')).toMatchObject({ exitCode: 0 })
    expect(await readFile(join(world.folder, 'W', 'workspace.json'), 'utf8')).not.toContain(resourcesWriter.password)
  })

  it('without the password of the second domain nothing is checked, and the variable is named', async () => {
    const outcome = await world.runWith({ GUESTBRIDGE_RESOURCE_AD_PASSWORD: '' }, 'W', 'kcd', 'check')
    expect(outcome.exitCode).not.toBe(0)
    expect(outcome.stderr).toContain('GUESTBRIDGE_RESOURCE_AD_PASSWORD')
  })

  it('guests get their accounts in the one domain, and nothing in the other', async () => {
    expect((await run('run', 'cycle')).exitCode).toBe(3)
    const shown = documentOf(await run('plan')) as unknown as PlanDocument
    requireExit(await run('plan', '--out', 'accounts.jsonl'), 0)
    requireExit(await approve(shown.hash, 'export', '--plan', 'accounts.jsonl'), 0)
    const written = await ldapSearch(world.accounts.source, guestOu, '(objectClass=user)')
    expect(written.length).toBeGreaterThan(100)
    expectAsPlanned(shown, written)
    expect(await ldapSearch(world.resources.source, world.resources.baseDn, '(employeeType=Guest)')).toEqual([])
  })

  it('doctor looks at both domains, and finds nothing wrong in that of the applications', async () => {
    const { findings } = documentOf(await run('doctor')) as unknown as ReadinessReport
    expect(new Set(findings.map(({ area }) => area))).toEqual(new Set(['domain', 'resourceDomain', 'tenant', 'workspace']))
    expect(findings.filter(({ area, state }) => area === 'resourceDomain' && state !== 'passed')).toEqual([])
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
    expect(header.domainSid).toBe(world.resources.sid)
    expect(lines.map(({ change }) => `${change.accountName} ${change.attribute} ${change.needsPrivilege}`).sort()).toEqual(['CONNECTOR02$ msDS-AllowedToDelegateTo true', 'CONNECTOR02$ userAccountControl true'])
  })

  it('a plan is of one domain: wishes for both are not put into one', async () => {
    const outcome = await run('kcd', 'plan', '--trust', 'WEB01', '--connectors', 'CONNECTOR01', '--any-protocol', 'CONNECTOR01')
    const { header, lines, refused } = planned(outcome)
    expect(outcome.exitCode).toBe(3)
    expect(header.domainSid).toBe(world.accounts.sid)
    expect(lines.map(({ change }) => `${change.accountName} ${change.attribute}`)).toEqual(['CONNECTOR01$ userAccountControl'])
    expect(refused.map(({ why, remedy }) => `${why} ${remedy}`)).toEqual([expect.stringMatching(/WEB01\$ is in another domain \(contoso\.com\).*Plan it by itself/)])
  })

  it('resource-based trust is planned and written in the domain of the service, without a privilege', async () => {
    const plan = planned(await run('kcd', 'plan', '--make-work', 'Intranet', '--way', 'resource-based'))
    expect(plan.header.domainSid).toBe(world.resources.sid)
    expect(plan.lines.map(({ change }) => `${change.accountName} ${change.attribute} ${change.needsPrivilege}`)).toEqual([`WEB01$ ${trustAttribute} false`])
    expect(plan.privilege.state).toBe('notNeeded')
    expect(await trustOf(world.resources, 'WEB01$')).toEqual([])

    const outcome = await approve(plan.hash, 'kcd', 'export')
    expect(exported(outcome)).toMatchObject({ kind: 'exported', controller: 'dc1.contoso.com', results: [{ outcome: 'written' }], run: { status: 'succeeded' } })
    expect(outcome.exitCode).toBe(0)
    const [descriptor, connector] = [await ldapOctets(world.resources.source, world.resources.baseDn, '(sAMAccountName=WEB01$)', trustAttribute), await ldapOctets(world.accounts.source, world.accounts.baseDn, '(sAMAccountName=CONNECTOR01$)', 'objectSid')]
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
    expect(undo.header.domainSid).toBe(world.resources.sid)
    requireExit(await approve(undo.hash, 'kcd', 'export'), 0)
    expect(await trustOf(world.resources, 'WEB01$')).toEqual([])
  })

  it('a plan whose header names the other one of the two domains writes nothing in either', async () => {
    const plan = planned(await run('kcd', 'plan', '--make-work', 'Intranet', '--way', 'resource-based'))
    const misled = makeDelegationPlan({ ...plan.header, domainSid: sidIn(await ldapOctets(world.accounts.source, world.accounts.baseDn, `(distinguishedName=${world.accounts.baseDn})`, 'objectSid')) }, plan.lines.map(({ change }) => change))
    writeDelegationPlan(join(world.folder, 'misled.jsonl'), misled)
    const outcome = await run('kcd', 'export', '--plan', 'misled.jsonl', '--approve', misled.hash)
    expect(exported(outcome)).toMatchObject({ controller: world.accounts.controller, results: [{ outcome: 'drift', problem: { message: expect.stringContaining('WEB01') as string } }] })
    expect(outcome.exitCode).toBe(5)
    expect(await trustOf(world.resources, 'WEB01$')).toEqual([])
  })

  it('a plan of a domain that the workspace reaches no more is refused, and both are named', async () => {
    const plan = planned(await run('kcd', 'plan', '--make-work', 'Intranet', '--way', 'resource-based', '--out', 'elsewhere.jsonl'))
    const strange = await startStrangeDomain(world.authority)
    onTestFinished(() => strange.stop())
    await world.makeVariant('Moved', { servers: [strange.source.url], globalCatalogs: [strange.source.url], account: `svc-guestbridge@${strange.dnsName}` })
    const outcome = await world.runWith({}, 'Moved', 'kcd', 'export', '--plan', 'elsewhere.jsonl', '--approve', plan.hash)
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toContain(`the plan is of the domain ${world.resources.sid}`)
    expect(outcome.stderr).toContain(strange.sid)
    expect(await trustOf(world.resources, 'WEB01$')).toEqual([])
  })

  it('a connector of the applications\' domain, without the privilege there: the list is refused, the trust of the service is written', async () => {
    const classic = planned(await run('kcd', 'plan', '--make-work', 'ERP', '--way', 'classic'))
    const refused = await run('kcd', 'export', '--approve', classic.hash)
    expect(exported(refused).results.map(({ outcome, problem }) => `${outcome} ${problem?.kind ?? ''}`)).toEqual(classic.lines.map(() => 'refused delegationPrivilegeMissing'))
    expect(refused.exitCode).toBe(4)
    const least = planned(await run('kcd', 'plan', '--make-work', 'ERP', '--way', 'resource-based'))
    expect(await run('kcd', 'export', '--approve', least.hash)).toMatchObject({ exitCode: 0 })
    const { report } = await checkDelegation('--application', 'ERP')
    expect(report.findings.filter(({ state }) => state === 'failed').map(({ id, message }) => `${id}: ${message}`)).toEqual([])
    expect(report.cells).toMatchObject([{ connector: 'CONNECTOR02', application: 'ERP', way: 'resourceBased' }])
    expect(report.readiness.filter(({ state }) => state === 'passed' || state === 'warning').length).toBeGreaterThan(100)
  })

  it('ran every command of the document', async () => {
    const document = await readFile(documentOfTwoDomains, 'utf8')
    const documented = Array.from(document.matchAll(/^guestbridge --workspace W (.*)$/gm), ([, command]) => command ?? '')
    expect(documented.length).toBeGreaterThan(5)
    expect(documented.filter((command) => !executed.has(command))).toEqual([])
  })
})

function findingsOf({ findings }: DelegationReport, connector: string, application: string): readonly Finding[] {
  return findings.filter(({ about }) => about.connector === connector && about.application === application)
}

function cellOf({ cells }: DelegationReport, connector: string, application: string): string | undefined {
  return cells.find((cell) => cell.connector === connector && cell.application === application)?.state
}
