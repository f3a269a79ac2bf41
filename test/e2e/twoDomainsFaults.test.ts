import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { DelegationReport } from '../../src/shared/api/delegationCalls.ts'
import type { DelegationExportOutcome, ShownDelegationPlan } from '../../src/shared/api/delegationPlanCalls.ts'
import type { ReadinessFinding, ReadinessReport, RemedyOutcome, RemedyPlan } from '../../src/shared/domain/readiness.ts'
import { documentOf, requireExit, type Outcome } from '../fixtures/commandLine.ts'
import { ldapSearch } from '../fixtures/ldapSearch.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { resourcesReader, resourcesWriter, soundTrust, startResourcesDomain } from '../fixtures/twoDomains.ts'
import { openTwoDomains, type TwoDomains } from '../fixtures/twoDomainsWorkspace.ts'
import type { PlanDocument } from './expectAsPlanned.ts'

// What doctor says of two domains: first nothing, then one planted fault after the other, each on a directory that was made with it.
const tools = requireGroup('directory')
const trustAttribute = 'msDS-AllowedToActOnBehalfOfOtherIdentity'

describe.skipIf(!tools.available)(`faults between two domains${tools.available ? '' : ` (skipped: ${tools.reason})`}`, () => {
  let world: TwoDomains
  /** Entra id of somebody who is to get an account. */
  let guest: string
  const planned = (outcome: Outcome) => documentOf(outcome) as unknown as ShownDelegationPlan
  const exported = (outcome: Outcome) => documentOf(outcome) as unknown as Extract<DelegationExportOutcome, { kind: 'exported' }>
  const examine = async (workspace: string, ...only: readonly string[]) => (
    documentOf(await world.runWith({}, workspace, 'doctor', ...only.flatMap((id) => ['--only', id]))) as unknown as ReadinessReport
  )

  const countRefusals = async () => (await ldapSearch(world.resources.source, world.resources.baseDn, '(sAMAccountName=svc-guestbridge)', ['badPwdCount']))[0]?.attributes['badPwdCount']

  beforeAll(async () => {
    world = await openTwoDomains()
    requireExit(await world.run('run', 'cycle'), 3)
    const { changes } = documentOf(await world.run('plan')) as unknown as PlanDocument
    const [first] = changes.flatMap(({ kind, subject }) => (kind === 'create' ? subject.entraId ?? [] : []))
    if (first === undefined) throw new Error('Nobody is to get an account')
    guest = first
  })
  afterAll(() => world?.stop())

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

  type Fault = readonly [fault: string, trust: Partial<typeof soundTrust>, id: string, state: ReadinessFinding['state'], message: RegExp, remedy: RegExp, check: 42 | 47]
  const faults: readonly Fault[] = [
    ['is one-way, so that guests are not trusted', { direction: 1 }, 'resource-trust', 'failed', /contoso\.com does not trust contoso-guests\.com/, /two-way forest trust/, 47],
    ['is one-way, so that connectors cannot ask', { direction: 2 }, 'resource-trust', 'warning', /not by a two-way trust of the forests/, /two-way forest trust/, 47],
    ['is not one of the forests', { attributes: 0, suffixes: null }, 'resource-trust', 'warning', /not by a two-way trust of the forests/, /two-way forest trust/, 47],
    ['does not route the suffix of the guests', { suffixes: ['contoso-guests.com'] }, 'resource-upn-suffix', 'failed', /does not route \S+\.onmicrosoft\.com/, /Name Suffix Routing/, 47],
    ['has selective authentication', { attributes: 0x18 }, 'resource-authentication', 'warning', /selective authentication/, /Allowed to authenticate/, 42],
  ]
  it.each(faults)('doctor says that the trust %s, and what to do; so does kcd check', async (_fault, trust, id, state, message, remedy, check) => {
    const faulty = await startResourcesDomain(world.authority, { ...soundTrust, ...trust })
    onTestFinished(() => faulty.stop())
    await world.makeVariant('Faulty', { servers: [faulty.source.url], globalCatalogs: [faulty.source.url] })
    const report = await examine('Faulty', id)
    expect(report.findings.find((finding) => finding.id === id)).toMatchObject({ state, message: expect.stringMatching(message) as string, remedy: expect.stringMatching(remedy) as string })
    const checked = documentOf(await world.runWith({}, 'Faulty', 'kcd', 'check', '--application', 'Intranet', '--guest', guest)) as unknown as DelegationReport
    expect(checked.findings.filter((finding) => finding.check === check && (finding.state === 'failed' || finding.state === 'warning')).map((finding) => finding.remedy)).toEqual([expect.stringMatching(/trust|Allowed to authenticate/)])
  })

  it('a wrong password of the second domain is named, by doctor and by kcd check, and tried once by each', async () => {
    const outcome = await world.runWith({ GUESTBRIDGE_RESOURCE_AD_PASSWORD: 'wrong' }, 'W', 'doctor')
    expect(outcome.exitCode).toBe(4)
    const { findings } = documentOf(outcome) as unknown as ReadinessReport
    expect(findings.find(({ id }) => id === 'resource-bind')).toMatchObject({ state: 'failed', message: expect.stringContaining(resourcesWriter.account) as string, remedy: expect.stringContaining('password') as string })
    expect(findings.find(({ id }) => id === 'directory-bind')?.state).toBe('passed')
    expect(findings.filter(({ id }) => ['resource-rights', 'resource-trust', 'resource-upn-suffix', 'resource-authentication'].includes(id)).map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'notChecked'))
    // Each attempt brings the account nearer to its lock.
    expect(await countRefusals()).toEqual(['1'])
    const checked = await world.runWith({ GUESTBRIDGE_RESOURCE_AD_PASSWORD: 'wrong' }, 'W', 'kcd', 'check')
    expect([checked.exitCode, checked.stderr]).toEqual([1, expect.stringContaining(resourcesWriter.account)])
    expect(await countRefusals()).toEqual(['2'])
  })

  it('doctor names the right that is missing on each application, with the script that gives it', async () => {
    await world.makeVariant('Looking', { account: resourcesReader.account })
    const secrets = { GUESTBRIDGE_RESOURCE_AD_PASSWORD: resourcesReader.password }
    const { findings } = documentOf(await world.runWith(secrets, 'Looking', 'doctor', '--only', 'resource-rights')) as unknown as ReadinessReport
    const [finding] = findings.filter(({ id }) => id === 'resource-rights')
    expect(finding).toMatchObject({ state: 'failed', canApply: true })
    for (const name of ['WEB01', 'svc-erp']) expect(finding?.message).toContain(`write ${trustAttribute} of CN=${name},OU=Servers,DC=contoso,DC=com`)
    const script = documentOf(await world.runWith(secrets, 'Looking', 'doctor', 'script', 'resource-rights')) as { scripts: { text: string }[] }
    expect(script.scripts[0]?.text).toContain('dsacls \'CN=WEB01,OU=Servers,DC=contoso,DC=com\' /G ($trustee + \':WP;msDS-AllowedToActOnBehalfOfOtherIdentity\')')
    const plan = planned(await world.runWith(secrets, 'Looking', 'kcd', 'plan', '--make-work', 'Intranet', '--way', 'resource-based'))
    const refused = await world.runWith(secrets, 'Looking', 'kcd', 'export', '--approve', plan.hash)
    expect(exported(refused).results.map(({ outcome }) => outcome)).toEqual(['refused'])
    expect(refused.exitCode).toBe(4)
  })

  it('the missing right is given from here, by an administrator of that domain, and then the plan can be written', async () => {
    const { account, password } = world.resources.source
    const secrets = { GUESTBRIDGE_RESOURCE_AD_PASSWORD: resourcesReader.password, GUESTBRIDGE_ADMINISTRATOR_PASSWORD: password }
    const apply = (...more: readonly string[]) => world.runWith(secrets, 'Looking', 'doctor', 'apply', 'resource-rights', '--administrator', account, ...more)
    const { plan } = documentOf(requireExit(await apply(), 3)) as unknown as { plan: RemedyPlan }
    expect(plan).toMatchObject({ domain: world.resources.baseDn, writes: [{ kind: 'rights', dn: 'CN=WEB01,OU=Servers,DC=contoso,DC=com' }, { kind: 'rights', dn: 'CN=svc-erp,OU=Servers,DC=contoso,DC=com' }] })
    const applied = documentOf(requireExit(await apply('--approve', plan.hash), 0)) as unknown as RemedyOutcome
    expect(applied.finding).toMatchObject({ id: 'resource-rights', state: 'passed' })
    const trust = planned(await world.runWith(secrets, 'Looking', 'kcd', 'plan', '--make-work', 'Intranet', '--way', 'resource-based'))
    const written = await world.runWith(secrets, 'Looking', 'kcd', 'export', '--approve', trust.hash)
    expect(exported(written).results.map(({ outcome }) => outcome)).toEqual(['written'])
    expect(written.exitCode).toBe(0)
  })
})
