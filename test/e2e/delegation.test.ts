import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setDefaultCACertificates, getCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DelegationReport, DelegationShown } from '../../src/shared/api/delegationCalls.ts'
import type { Finding } from '../../src/shared/domain/delegation.ts'
import { documentOf, guestbridge, startGuestbridge, type Outcome } from '../fixtures/commandLine.ts'

// Delegation of the lab as a person looks at it on the command line: every mistake that is planted there is found.
describe('guestbridge kcd on the lab', () => {
  let folder: string
  let lab: ChildProcess
  let checked: Outcome
  let report: DelegationReport
  const run = (...args: string[]): Promise<Outcome> => guestbridge(['--workspace', 'W', ...args], { cwd: folder })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-delegation-'))
    await run('init', '--lab')
    // Kept running, so that not every command has to start it.
    lab = startGuestbridge(['--workspace', 'W', '--json', 'lab', 'serve'], { cwd: folder })
    if (lab.stdout !== null) await once(lab.stdout, 'data')
    await run('run', 'cycle')
    checked = await run('--json', 'kcd', 'check')
    report = documentOf(checked) as unknown as DelegationReport
  }, 60_000)
  afterAll(async () => {
    lab.kill('SIGTERM')
    await once(lab, 'exit')
    await rm(folder, { recursive: true, force: true })
  })

  const planted: readonly (readonly [number, string, string | null, 'failed' | 'warning'])[] = [
    [2, 'connector', 'CONNECTOR05', 'failed'],
    [5, 'connector', 'CONNECTOR06', 'warning'],
    [6, 'connector', 'CONNECTOR04', 'failed'],
    [7, 'connector', 'CONNECTOR03', 'failed'],
    [9, 'connector', 'CONNECTOR02', 'warning'],
    [10, 'connector', 'CONNECTOR06', 'failed'],
    [24, 'connector', 'CONNECTOR06', 'failed'],
    [46, 'connector', 'svc-proxy', 'failed'],
    [4, 'application', 'ERP', 'failed'],
    [8, 'application', 'ERP', 'failed'],
    [13, 'application', 'Wiki', 'warning'],
    [15, 'application', 'Portal', 'failed'],
    [16, 'application', 'Orders', 'failed'],
    [17, 'application', 'Reports', 'failed'],
    [19, 'application', 'ERP', 'warning'],
    [20, 'application', 'CRM', 'failed'],
    [20, 'application', 'Travel', 'failed'],
    [20, 'application', 'Canteen', 'failed'],
    [21, 'application', 'Legacy', 'failed'],
    [22, 'application', 'Kiosk', 'failed'],
    [23, 'application', 'Library', 'warning'],
    [25, 'application', 'Portal', 'warning'],
    [26, 'application', 'Legacy', 'warning'],
    [29, 'application', 'Kiosk', 'failed'],
    [44, 'domain', null, 'failed'],
  ]
  it.each(planted)('finds check %i about %s %s', (check, kind, name, state) => {
    const found = report.findings.filter((finding) => finding.check === check && finding.state === state && isAbout(finding, kind, name))
    expect(found, JSON.stringify(report.findings.filter((finding) => finding.check === check), null, 1)).not.toEqual([])
    expect(found.every(({ remedy, read }) => remedy !== null && read.length > 0)).toBe(true)
  })

  it('ends with 4 where something fails', () => expect(checked.exitCode).toBe(4))

  it('finds what is wrong with accounts of guests: sensitive, open to passwords, protected, in too many groups', () => {
    const checks = new Set(report.findings.filter(({ about, state }) => about.guest !== null && (state === 'failed' || state === 'warning')).map(({ check }) => check))
    expect([...checks]).toEqual(expect.arrayContaining([34, 35, 37, 41]))
  })

  it('shows a pair that works, one that does not, and no group in which a connector that serves others counts', () => {
    const stateOf = (connector: string, application: string) => report.cells.find((cell) => cell.connector === connector && cell.application === application)?.state
    expect(['passed', 'warning']).toContain(stateOf('CONNECTOR01', 'Intranet'))
    expect(stateOf('CONNECTOR02', 'ERP')).toBe('failed')
    expect(stateOf('CONNECTOR05', 'Intranet')).toBeUndefined()
  })

  it('prints findings under what they are about, each with its remedy, and a summary', async () => {
    const { stdout, exitCode } = await run('kcd', 'check', '--application', 'erp')
    expect(exitCode).toBe(4)
    expect(stdout).toContain('Application ERP  HTTP/erp.contoso.lab')
    expect(stdout).toMatch(/fails {2}CONNECTOR02\$ may not delegate to HTTP\/erp\.contoso\.lab.*\(check 8\)\n {4}→ /)
    expect(stdout).not.toContain('CONNECTOR05')
    expect(stdout).toMatch(/pairs of connector and application work/)
  })

  it('says of one guest which identity each mapping delegates, and to whom it leads', async () => {
    const guest = report.facts.guests.find(({ account }) => account.kind === 'read' && account.value !== null)?.entraId ?? ''
    const { stdout } = await run('kcd', 'check', '--application', 'Intranet', '--guest', guest)
    expect(stdout).toMatch(/userPrincipalName .* the guest's account: CN=/)
    const asked = documentOf(await run('--json', 'kcd', 'check', '--application', 'Intranet', '--guest', guest)) as unknown as DelegationReport
    expect(asked.facts.guests.map(({ entraId }) => entraId)).toEqual([guest])
    expect(asked.readiness).toHaveLength(1)
  })

  it('kcd show prints the map of the last check without connecting to anything', async () => {
    const { stdout, exitCode } = await run('kcd', 'show')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/application .* CONNECTOR01 .* guests who can sign on/)
    // The checks of one application meanwhile did not take the place of the map.
    expect(stdout).toMatch(/^Vault /m)
    const { settings } = documentOf(await run('--json', 'kcd', 'show')) as unknown as DelegationShown
    expect(settings.connectors.map(({ account }) => account)).toContain('CONNECTOR01')
  })

  it('refuses applications and guests that nobody knows, naming those that are', async () => {
    const application = await run('kcd', 'check', '--application', 'Extranet')
    expect([application.exitCode, application.stderr]).toEqual([2, expect.stringContaining('Known are: Intranet')])
    expect((await run('kcd', 'check', '--guest', 'nobody@nowhere.example')).exitCode).toBe(2)
  })

  it('reads application proxy once an administrator has entered the code, and keeps it for later', async () => {
    const file = join(folder, 'W', 'workspace.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^ {4}"connectors": \[/m, '    "fromEntra": true,\n    "connectors": ['))
    const before = await run('kcd', 'check', '--application', 'ERP')
    expect(before.stdout).toContain('Nobody has signed in to read application proxy')
    const child = startGuestbridge(['--workspace', 'W', 'kcd', 'check', '--sign-in', '--application', 'ERP'], { cwd: folder })
    let [stdout, stderr] = ['', '']
    child.stdout?.setEncoding('utf8').on('data', (text: string) => { stdout += text })
    const entered = new Promise<void>((resolve, reject) => {
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        stderr += text
        const prompt = /open (\S+) and enter the code (\S+)/.exec(stderr)
        if (prompt?.[1] !== undefined && prompt[2] !== undefined) enterCode(folder, prompt[1], prompt[2]).then(resolve, reject)
      })
    })
    await Promise.all([entered, new Promise((resolve) => child.once('close', resolve))])
    expect(stdout, stderr).toMatch(/as read on .* by admin@.*: 6 connectors, 15 applications/)
    expect(stdout).toContain('connector01.contoso.lab')
    const later = await run('kcd', 'check', '--application', 'ERP')
    expect(later.stdout).toMatch(/as read on .* by admin@/)
    const kept = await readFile(join(folder, 'W', 'delegation', 'application-proxy.json'), 'utf8')
    expect(kept).not.toMatch(/eyJ[\w-]{20,}\./)
  }, 60_000)
})

function isAbout({ about }: Finding, kind: string, name: string | null): boolean {
  if (kind === 'domain') return about.connector === null && about.application === null && about.guest === null
  return kind === 'connector' ? about.connector === name : about.application === name
}

/** What a person does in a browser. */
async function enterCode(folder: string, address: string, code: string): Promise<void> {
  const own = await readFile(join(folder, 'W', 'lab', 'ca.pem'), 'utf8')
  setDefaultCACertificates([...getCACertificates('default'), own])
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ user_code: code, as: 'administrator' }) })
  if (!answer.ok) throw new Error(await answer.text())
}
