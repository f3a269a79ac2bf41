import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DelegationExportOutcome, ShownDelegationPlan } from '../../src/shared/api/delegationPlanCalls.ts'
import { documentOf, guestbridge, startGuestbridge, type Outcome } from '../fixtures/commandLine.ts'
import { ldapSearch, type LdapSource } from '../fixtures/ldapSearch.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'

// Delegation on the embedded lab, from a wish to the directory and back, as people type it; ldapsearch is the witness.
const tools = requireGroup('directory')

describe.skipIf(!tools.available)(`changes of delegation from the command line${tools.available ? '' : ` (skipped: ${tools.reason})`}`, () => {
  let folder: string
  let server: ChildProcess | undefined
  let source: LdapSource
  let baseDn: string
  const run = (...args: string[]) => guestbridge(['--workspace', 'W', '--json', 'kcd', ...args], { cwd: folder })
  const text = (...args: string[]) => guestbridge(['--workspace', 'W', ...args], { cwd: folder })
  const planOf = (outcome: Outcome) => documentOf(outcome) as unknown as ShownDelegationPlan
  const exportedBy = (outcome: Outcome) => {
    const exported = documentOf(outcome) as unknown as DelegationExportOutcome
    if (exported.kind !== 'exported') throw new Error(JSON.stringify(exported))
    return exported
  }
  const changesOf = ({ lines }: ShownDelegationPlan) => lines.map(({ change: { accountName, attribute } }) => `${accountName} ${attribute}`)
  const valuesOf = async (accountName: string, attribute: string) => (await ldapSearch(source, baseDn, `(sAMAccountName=${accountName})`, [attribute]))[0]?.attributes[attribute] ?? []
  const trail = async () => (await readFile(join(folder, 'W', 'audit.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { action: string; planHash: string; actor: string; details: Record<string, unknown> })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    await text('init', '--lab')
    server = startGuestbridge(['--workspace', 'W', '--json', 'lab', 'serve'], { cwd: folder })
    const endpoints = await firstDocument(server)
    source = { url: endpoints.ldapsUrl, caFile: endpoints.caFile, account: endpoints.administrator, password: endpoints.administratorPassword }
    baseDn = endpoints.domain.baseDn
  })
  afterAll(async () => {
    if (server !== undefined) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  })

  it('a whole application is planned for every connector of its group, and waits for approval', async () => {
    const before = await valuesOf('CONNECTOR02$', 'msDS-AllowedToDelegateTo')
    const outcome = await run('plan', '--make-work', 'erp', '--way', 'classic', '--out', 'erp.jsonl')
    expect(outcome.exitCode).toBe(3)
    const plan = planOf(outcome)
    expect(changesOf(plan)).toEqual(['CONNECTOR03$ userAccountControl', 'CONNECTOR02$ msDS-AllowedToDelegateTo'])
    expect(plan.privilege.state).toBe('unknown')
    expect(plan.powerShell).toContain('-TrustedToAuthForDelegation $true')
    expect(plan.undoPowerShell).toContain('-TrustedToAuthForDelegation $false')
    expect(await valuesOf('CONNECTOR02$', 'msDS-AllowedToDelegateTo')).toEqual(before)
    const shown = await text('kcd', 'plan', '--make-work', 'ERP', '--way', 'classic')
    expect(shown.stdout).toContain('CONNECTOR03$ is to delegate with any authentication protocol')
    expect(shown.stdout).toContain('0x1000 → 0x1001000')
  })

  it('nothing is written under another hash, and nothing of a file that was edited', async () => {
    expect((await run('export', '--plan', 'erp.jsonl', '--approve', 'f'.repeat(64))).exitCode).toBe(3)
    const file = join(folder, 'erp.jsonl')
    const written = await readFile(file, 'utf8')
    const { hash } = planOf(await run('plan', '--make-work', 'ERP', '--way', 'classic', '--out', 'again.jsonl'))
    await writeFile(join(folder, 'edited.jsonl'), (await readFile(join(folder, 'again.jsonl'), 'utf8')).replace('HTTP/erp.contoso.lab"]', 'ldap/dc1.contoso.lab"]'))
    const refused = await run('export', '--plan', 'edited.jsonl', '--approve', hash)
    expect(refused.exitCode).toBe(1)
    expect(refused.stderr).toContain('altered after it was planned')
    expect(await valuesOf('CONNECTOR02$', 'msDS-AllowedToDelegateTo')).not.toContain('ldap/dc1.contoso.lab')
    expect(await readFile(file, 'utf8')).toBe(written)
  })

  it('export writes the approved plan, reads it back, and leaves its undo', async () => {
    const { hash } = JSON.parse((await text('kcd', 'plan', '--make-work', 'ERP', '--way', 'classic', '--format', 'json')).stdout) as ShownDelegationPlan
    const outcome = await run('export', '--approve', hash)
    expect(outcome.exitCode).toBe(0)
    const exported = exportedBy(outcome)
    expect(exported).toMatchObject({ run: { step: 'delegationExport', status: 'succeeded', counters: { exportUpdates: 2, exportConfirmed: 2 } }, undo: { kind: 'kept', changes: 2 }, controller: 'dc1.contoso.lab' })
    expect(await valuesOf('CONNECTOR03$', 'userAccountControl')).toEqual([String(0x1001000)])
    expect(await valuesOf('CONNECTOR02$', 'msDS-AllowedToDelegateTo')).toContain('HTTP/erp.contoso.lab')
    const again = await run('plan', '--make-work', 'ERP', '--way', 'classic')
    expect([again.exitCode, planOf(again).lines]).toEqual([0, []])
    expect((await text('history', '--step', 'delegationExport')).stdout).toContain('delegation')
  })

  it('undo takes it back under its own approval', async () => {
    const { runs } = documentOf(await guestbridge(['--workspace', 'W', '--json', 'history', '--step', 'delegationExport'], { cwd: folder })) as { runs: { id: number }[] }
    const outcome = await run('undo', String(runs[0]?.id ?? 0), '--out', 'undo.jsonl')
    expect(outcome.exitCode).toBe(3)
    const undo = planOf(outcome)
    expect(changesOf(undo)).toEqual(['CONNECTOR02$ msDS-AllowedToDelegateTo', 'CONNECTOR03$ userAccountControl'])
    expect(undo.privilege).toMatchObject({ state: 'expected' })
    expect((await run('export', '--plan', 'undo.jsonl', '--approve', undo.hash)).exitCode).toBe(0)
    expect(await valuesOf('CONNECTOR03$', 'userAccountControl')).toEqual([String(0x1000)])
    expect(await valuesOf('CONNECTOR02$', 'msDS-AllowedToDelegateTo')).not.toContain('HTTP/erp.contoso.lab')
  })

  it('what changed after the plan was made is refused for drift, with code 5', async () => {
    const { hash } = planOf(await run('plan', '--allow', 'CONNECTOR01=HTTP/crm.contoso.lab', '--any-protocol', 'CONNECTOR03'))
    const other = planOf(await run('plan', '--allow', 'CONNECTOR01=HTTP/portal.contoso.lab'))
    expect((await run('export', '--approve', other.hash)).exitCode).toBe(0)
    const outcome = await run('export', '--approve', hash)
    expect(outcome.exitCode).toBe(5)
    expect(exportedBy(outcome).results.map(({ outcome: became }) => became)).toEqual(['written', 'drift'])
  })

  it('resource-based trust needs no privilege and is one change for all connectors', async () => {
    const outcome = await run('plan', '--make-work', 'Intranet', '--way', 'resource-based')
    const plan = planOf(outcome)
    expect(changesOf(plan)).toEqual(['WEB01$ msDS-AllowedToActOnBehalfOfOtherIdentity'])
    expect(plan.privilege.state).toBe('notNeeded')
    expect(exportedBy(await run('export', '--approve', plan.hash)).results).toMatchObject([{ outcome: 'written' }])
    const script = await text('kcd', 'script', plan.hash)
    expect([script.exitCode, script.stdout]).toEqual([0, expect.stringContaining(`FromBase64String('${plan.lines[0]?.change.after[0] ?? ''}')`)])
    expect((await text('kcd', 'script', plan.hash, '--undo')).stdout).toContain('-Clear \'msDS-AllowedToActOnBehalfOfOtherIdentity\'')
  })

  it('the limit of the workspace blocks with code 3, and an approver lifts it with a note', async () => {
    const file = join(folder, 'W', 'workspace.json')
    const before = await readFile(file, 'utf8')
    const limited = before.replace(/("delegation": \{\s*"count": )20/, '$10')
    expect(limited).not.toBe(before)
    await writeFile(file, limited)
    const { hash, threshold } = planOf(await run('plan', '--aes', 'svc-legacy'))
    expect(threshold).toMatchObject({ planned: 1, limit: 0, isExceeded: true })
    const blocked = await run('export', '--approve', hash)
    expect([blocked.exitCode, documentOf(blocked)['kind']]).toEqual([3, 'blocked'])
    expect((await run('export', '--approve', hash, '--lift', 'delegation=keytab was made anew')).exitCode).toBe(0)
    expect(await valuesOf('svc-legacy', 'msDS-SupportedEncryptionTypes')).toEqual(['28'])
    expect((await trail()).findLast(({ action }) => action === 'delegationApproved')?.details['lifted']).toMatchObject({ note: 'keytab was made anew', limit: 0 })
    await writeFile(file, before)
  })

  it('wishes that make no sense are told before anything is read', async () => {
    for (const args of [[], ['--make-work', 'ERP'], ['--trust', 'svc-erp'], ['--connectors', 'CONNECTOR01'], ['--allow', 'CONNECTOR01']]) expect((await run('plan', ...args)).exitCode).toBe(2)
    expect((await run('plan', '--any-protocol', 'NOBODY')).stderr).toContain('NOBODY')
    const refused = await run('plan', '--make-work', 'Nonsense', '--way', 'classic')
    expect([refused.exitCode, planOf(refused).refused.length]).toEqual([4, 1])
  })

  it('the audit trail says who approved which hash and what was written', async () => {
    const entries = await trail()
    const approved = entries.filter(({ action }) => action === 'delegationApproved')
    expect(approved.length).toBeGreaterThanOrEqual(6)
    expect(entries.filter(({ action }) => action === 'delegationWritten').map(({ planHash }) => planHash)).toEqual(approved.map(({ planHash }) => planHash))
    expect(approved.every(({ actor, planHash, details }) => actor.includes('@') && /^[0-9a-f]{64}$/.test(planHash) && details['controller'] === 'dc1.contoso.lab')).toBe(true)
    expect((await text('audit', 'verify')).exitCode).toBe(0)
  })
})

type Endpoints = { ldapsUrl: string; caFile: string; administrator: string; administratorPassword: string; domain: { baseDn: string } }

async function firstDocument(child: ChildProcess): Promise<Endpoints> {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk)
    if (text.endsWith('}\n')) return JSON.parse(text) as Endpoints
  }
  throw new Error(`The lab ended before it said where it is: ${text}`)
}
