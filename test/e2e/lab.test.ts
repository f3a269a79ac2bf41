import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedExpectations } from '../../src/main/lab/seed/seedExpectations.ts'
import { documentOf, guestbridge, startGuestbridge } from '../fixtures/commandLine.ts'
import { ldapSearch, type LdapSource } from '../fixtures/ldapSearch.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { expectAsPlanned, type PlanDocument } from './expectAsPlanned.ts'

// The story of the README on the embedded lab, with the command line in processes of its own and ldapsearch as witness.
const directoryTools = requireGroup('directory')
const seed = seedExpectations

describe.skipIf(!directoryTools.available)(`the lab from init to a second cycle${directoryTools.available ? '' : ` (skipped: ${directoryTools.reason})`}`, () => {
  let folder: string
  let server: ChildProcess | undefined
  let source: LdapSource
  let guestOu: string
  const run = (...args: string[]) => guestbridge(['--workspace', 'W', '--json', ...args], { cwd: folder })
  const text = (...args: string[]) => guestbridge(['--workspace', 'W', ...args], { cwd: folder })

  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-')) })
  afterAll(async () => {
    if (server !== undefined) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  })

  it('init --lab writes a workspace without secrets, and refuses to write over it', async () => {
    expect((await run('init', '--lab')).exitCode).toBe(0)
    const written = await readFile(join(folder, 'W', 'workspace.json'), 'utf8')
    const { clientSecret, accountPassword } = JSON.parse(await readFile(join(folder, 'W', 'lab', 'lab.json'), 'utf8')) as { clientSecret: string; accountPassword: string }
    expect(written).toContain('"purpose": "lab"')
    expect(written).not.toContain(clientSecret)
    expect(written).not.toContain(accountPassword)
    const again = await run('init', '--lab')
    expect(again.exitCode).toBe(2)
    expect(await readFile(join(folder, 'W', 'workspace.json'), 'utf8')).toBe(written)
  })

  it('lab serve prints where the lab is, and ldapsearch finds the seeded accounts there', async () => {
    server = startGuestbridge(['--workspace', 'W', '--json', 'lab', 'serve'], { cwd: folder })
    const endpoints = await firstDocument(server)
    source = { url: endpoints.ldapsUrl, caFile: endpoints.caFile, account: endpoints.administrator, password: endpoints.administratorPassword }
    guestOu = endpoints.domain.guestOu
    expect(await ldapSearch(source, guestOu, '(objectClass=user)', ['cn'])).toHaveLength(seed.shadowAccounts)
  })

  it('run cycle ends at a plan that waits for approval, and writes nothing', async () => {
    const outcome = await run('run', 'cycle')
    expect(outcome.exitCode).toBe(3)
    const { plan, runs } = documentOf(outcome) as { plan: PlanDocument; runs: { step: string; status: string; counters: Record<string, number> }[] }
    expect(runs.map(({ step }) => step)).toEqual(['fullImport', 'fullImport', 'proveAbsence', 'fullSync'])
    expect(plan.counts).toMatchObject({ create: seed.creates, delete: 0, disable: 0 })
    expect(plan.blocked).toEqual([])
    expect(runs.at(-1)?.counters).toMatchObject({ projections: seed.guestsInDefaultScope, joins: seed.joinedByMark + seed.joinedByCommonName + seed.joinedByUserPrincipalName })
    expect(await ldapSearch(source, guestOu, '(objectClass=user)', ['cn'])).toHaveLength(seed.shadowAccounts)
  })

  it('preview tells the story of one guest with live checks, and provision writes that one alone', async () => {
    const plan = documentOf(await run('plan')) as unknown as PlanDocument
    const create = plan.changes.find(({ kind }) => kind === 'create')
    const id = create?.subject.entraId ?? ''
    const preview = documentOf(await run('preview', id)) as unknown as { checks: { state: string; name: string }[]; change: { planHash: string; hash: string }; explanation: { steps: { kind: string; state: string }[] } }
    expect(preview.checks.map(({ name, state }) => `${name} ${state}`)).toEqual(['ouExists passed', 'mayCreate passed', 'dnIsFree passed', 'accountNameIsFree passed', 'userPrincipalNameIsFree passed'])
    expect(preview.explanation.steps.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['found', 'scope', 'join', 'inbound', 'metaverse', 'provisioning', 'names', 'outbound', 'decision']))
    expect(preview.change.hash).toBe(create?.hash)
    expect((await run('provision', id, '--approve', '0'.repeat(64))).exitCode).toBe(3)
    const provisioned = await run('provision', id, '--approve', preview.change.planHash)
    expect(provisioned.exitCode).toBe(0)
    const accounts = await ldapSearch(source, guestOu, '(objectClass=user)', ['cn'])
    expect(accounts).toHaveLength(seed.shadowAccounts + 1)
    expect((await run('provision', id, '--approve', preview.change.planHash)).exitCode).not.toBe(0)
  })

  it('export refuses another hash, then writes exactly the plan', async () => {
    const written = documentOf(await run('plan', '--out', 'plan.jsonl'))
    const plan = documentOf(await run('plan')) as unknown as PlanDocument
    expect(plan.hash).toBe(written['hash'])
    const refused = await run('export', '--plan', 'plan.jsonl', '--approve', 'f'.repeat(64))
    expect(refused.exitCode).toBe(3)
    expect(refused.stderr).toContain(plan.hash)

    const exported = await run('export', '--plan', 'plan.jsonl', '--approve', plan.hash)
    expect(documentOf(exported)).toMatchObject({ kind: 'exported', problems: [], run: { status: 'succeeded', counters: { exportConfirmed: plan.counts.total } } })
    expect(exported.exitCode).toBe(0)
    const accounts = await ldapSearch(source, guestOu, '(objectClass=user)')
    expect(accounts).toHaveLength(seed.shadowAccounts + seed.creates)
    expectAsPlanned(plan, accounts)
  })

  it('a second cycle disables the account of the blocked guest, which is ours since it was adopted, and a third plans nothing', async () => {
    const outcome = await run('run', 'cycle')
    expect(documentOf(outcome)).toMatchObject({ plan: { counts: { disable: seed.accountsOfBlockedGuests, total: seed.accountsOfBlockedGuests } } })
    expect(outcome.exitCode).toBe(3)
    const { hash } = documentOf(await run('plan', '--out', 'second.jsonl')) as { hash: string }
    expect(documentOf(await run('export', '--plan', 'second.jsonl', '--approve', hash))).toMatchObject({ kind: 'exported', problems: [] })
    const third = await run('run', 'cycle')
    expect(documentOf(third)).toMatchObject({ plan: { counts: { total: 0 } } })
    expect(third.exitCode).toBe(0)
  })

  it('guests, show and history say for people what happened', async () => {
    const guests = documentOf(await run('guests')) as { guests: { state: string; why: string; id: string }[]; counts: Record<string, number> }
    expect(guests.guests).toHaveLength(seed.guests)
    expect(guests.counts).toMatchObject({ pendingInvitation: seed.pendingGuests })
    expect(guests.guests.every(({ why }) => why.length > 0)).toBe(true)
    const history = await text('history')
    expect(history.stdout).toContain('full synchronization')
    const shown = await text('show', guests.guests.find(({ state }) => state === 'hasAccount')?.id ?? '')
    expect(shown.stdout).toContain('Metaverse  entra:')
    expect(shown.stdout).not.toContain('\u001b[')
  })

  it('nobody who is not there is found, and the answer says what to do', async () => {
    const outcome = await text('show', 'nobody@nowhere.example')
    expect(outcome.exitCode).toBe(2)
    expect(outcome.stderr).toContain('run the cycle first')
  })

  it('the audit trail says who approved which hash', async () => {
    const entries = (await readFile(join(folder, 'W', 'audit.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { action: string; planHash: string; actor: string })
    expect(entries.map(({ action }) => action)).toEqual(['planApproved', 'exportEnded', 'planApproved', 'exportEnded', 'planApproved', 'exportEnded'])
    expect(entries.every(({ actor, planHash }) => actor.includes('@') && /^[0-9a-f]{64}$/.test(planHash))).toBe(true)
  })
})

type Endpoints = { ldapsUrl: string; caFile: string; administrator: string; administratorPassword: string; domain: { guestOu: string } }

async function firstDocument(child: ChildProcess): Promise<Endpoints> {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk)
    if (text.endsWith('}\n')) return JSON.parse(text) as Endpoints
  }
  throw new Error(`The lab ended before it said where it is: ${text}`)
}
