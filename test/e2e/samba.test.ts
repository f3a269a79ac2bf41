import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedExpectations as seed } from '../../src/main/lab/seed/seedExpectations.ts'
import { documentOf, guestbridge, startGuestbridge } from '../fixtures/commandLine.ts'
import { startDomainController, type DomainController } from '../fixtures/domainController.ts'
import { ldapSearch, type LdapSource, type LdifEntry } from '../fixtures/ldapSearch.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'
import { expectAsPlanned, type PlanDocument } from './expectAsPlanned.ts'

// The main job on an Active Directory that we did not write, with a least-privilege account and a configuration file alone.
const directoryTools = requireGroup('directory')
/** Nobody has an account yet: everybody in scope who has accepted and is not blocked gets one. */
const creates = seed.guestsInDefaultScope - seed.pendingGuests - seed.blockedGuests

describe.skipIf(!directoryTools.available)(`guests into a real domain controller${directoryTools.available ? '' : ` (skipped: ${directoryTools.reason})`}`, () => {
  let folder: string
  let controller: DomainController
  let tenant: TestTenant
  let source: LdapSource
  let environment: Readonly<Record<string, string>>
  const run = (...args: string[]) => guestbridge(['--workspace', 'W', '--json', ...args], { cwd: folder, environment })
  const accounts = () => ldapSearch(source, controller.guestOu, '(objectClass=user)')
  const plan = async () => documentOf(await run('plan')) as unknown as PlanDocument

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    controller = await startDomainController()
    tenant = await startTestTenant(folder)
    source = { url: `ldaps://${controller.ip}`, caFile: controller.caFile, account: controller.administrator.account, password: controller.administrator.password }
    environment = { GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret, GUESTBRIDGE_AD_PASSWORD: controller.sync.password }
  }, 120_000)
  afterAll(async () => {
    await tenant?.close()
    await controller?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('init writes the configuration, and config check finds it in order', async () => {
    const made = await run('init', '--name', 'Contoso', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile,
      '--tenant', tenant.tenantId, '--client', tenant.clientId, '--server', `ldaps://${controller.ip}`, '--ad-ca', controller.caFile,
      '--account', controller.sync.account, '--guest-ou', controller.guestOu)
    expect(made).toMatchObject({ exitCode: 0 })
    expect(await run('config', 'check')).toMatchObject({ exitCode: 0 })
    expect(await readFile(join(folder, 'W', 'workspace.json'), 'utf8')).not.toContain(tenant.clientSecret)
  })

  it('without the password nothing is connected and the variable is named', async () => {
    const outcome = await guestbridge(['--workspace', 'W', 'run', 'cycle'], { cwd: folder, environment: { GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret } })
    expect(outcome.exitCode).not.toBe(0)
    expect(outcome.stderr + outcome.stdout).toContain('GUESTBRIDGE_AD_PASSWORD')
  })

  it('run cycle plans an account for everybody in scope', async () => {
    const outcome = await run('run', 'cycle')
    expect(documentOf(outcome)).toMatchObject({ plan: { counts: { create: creates, total: creates }, blocked: [] } })
    expect(outcome.exitCode).toBe(3)
    expect(await accounts()).toHaveLength(0)
  })

  it('an export that is killed in the middle goes on where it was, and nobody is made twice', async () => {
    const planned = await plan()
    await run('plan', '--out', 'plan.jsonl')
    await exportAndKillAfter(60)
    const left = (await accounts()).length
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(creates)

    const outcome = await run('export', '--plan', 'plan.jsonl', '--approve', planned.hash)
    expect(documentOf(outcome)).toMatchObject({ problems: [], run: { status: 'succeeded' } })
    expect(outcome.exitCode).toBe(0)
    const after = await accounts()
    expect(after).toHaveLength(creates)
    expectAsPlanned(planned, after)
    expect(after.every(({ attributes }) => attributes['userAccountControl']?.[0] === '262656')).toBe(true)
  })

  it('history names the interrupted run, and a second cycle plans nothing', async () => {
    const history = documentOf(await run('history')) as { runs: { status: string }[] }
    expect(history.runs.map(({ status }) => status)).toContain('interrupted')
    const outcome = await run('run', 'cycle')
    expect(documentOf(outcome)).toMatchObject({ plan: { counts: { total: 0 } } })
    expect(outcome.exitCode).toBe(0)
  })

  it('what somebody changed by hand is planned back, attribute by attribute', async () => {
    const [first, second] = firstTwo(await accounts())
    await controller.ldapmodify(replaceSurname(first, 'Changed'))
    await controller.ldapmodify(replaceSurname(second, 'Changed too'))
    const outcome = await run('run', 'cycle')
    expect(outcome.exitCode).toBe(3)
    const planned = await plan()
    expect(planned.changes.map(({ kind, dn }) => `${kind} ${dn}`).sort()).toEqual([`update ${first.dn}`, `update ${second.dn}`].sort())
    expect(planned.changes.flatMap(({ attributes }) => attributes.map(({ name }) => name))).toEqual(['sn', 'sn'])
  })

  it('a change that drifted after it was seen is refused, the others are written', async () => {
    const planned = await plan()
    const [drifted, other] = planned.changes
    if (drifted === undefined || other === undefined) throw new Error('Two changes were planned before')
    await run('plan', '--out', 'updates.jsonl')
    await controller.ldapmodify(replaceSurname(drifted, 'Changed after the review'))
    const outcome = await run('export', '--plan', 'updates.jsonl', '--approve', planned.hash)
    expect(outcome.exitCode).toBe(5)
    const { problems } = documentOf(outcome) as { problems: { kind: string; message: string }[] }
    expect(problems.map(({ kind }) => kind)).toEqual(['drift'])
    expect(problems[0]?.message).toContain('Changed after the review')
    const after = new Map((await accounts()).map((entry) => [entry.dn, entry]))
    expect(after.get(drifted.dn)?.attributes['sn']).toEqual(['Changed after the review'])
    expect(after.get(other.dn)?.attributes['sn'] ?? []).toEqual(other.attributes[0]?.after)
  })

  it('an edited plan file is refused as a whole', async () => {
    expect((await run('run', 'cycle')).exitCode).toBe(3)
    const planned = await plan()
    await run('plan', '--out', 'edited.jsonl')
    const { writeFile } = await import('node:fs/promises')
    const file = join(folder, 'edited.jsonl')
    await writeFile(file, (await readFile(file, 'utf8')).replace('"kind":"update"', '"kind":"delete"'))
    const outcome = await run('export', '--plan', 'edited.jsonl', '--approve', planned.hash)
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toContain('altered after it was planned')
  })

  it('a domain controller whose authority is unknown is not talked to', async () => {
    const made = await guestbridge(['--workspace', 'Untrusted', '--json', 'init', '--tenant', tenant.tenantId, '--client', tenant.clientId, '--cloud', 'custom', '--graph-url', tenant.graphUrl,
      '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile, '--server', `ldaps://${controller.ip}`, '--account', controller.sync.account, '--guest-ou', controller.guestOu], { cwd: folder, environment })
    expect(made.exitCode).toBe(0)
    const outcome = await guestbridge(['--workspace', 'Untrusted', '--json', 'run', 'cycle'], { cwd: folder, environment })
    expect(documentOf(outcome)).toMatchObject({ runs: [{ status: 'failed', problem: { kind: 'certificateNotTrusted' } }] })
    expect(outcome.exitCode).toBe(1)
  })

  async function exportAndKillAfter(count: number): Promise<void> {
    const { hash } = await plan()
    const child = startGuestbridge(['--workspace', 'W', '--json', 'export', '--plan', 'plan.jsonl', '--approve', hash], { cwd: folder, environment })
    child.stdout?.resume()
    if (child.stderr === null) throw new Error('The export has no stderr')
    for await (const line of createInterface({ input: child.stderr })) {
      const { progress } = JSON.parse(line) as { progress?: { phase: string; done: number } }
      if (progress?.phase === 'writing' && progress.done >= count) break
    }
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
})

function replaceSurname({ dn }: { readonly dn: string }, surname: string): string {
  return `dn:: ${Buffer.from(dn).toString('base64')}\nchangetype: modify\nreplace: sn\nsn: ${surname}\n`
}

function firstTwo(entries: readonly LdifEntry[]): readonly [LdifEntry, LdifEntry] {
  const [first, second] = entries
  if (first === undefined || second === undefined) throw new Error('At least two accounts are needed')
  return [first, second]
}
