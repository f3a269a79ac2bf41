import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, guestbridge, type Outcome } from '../fixtures/commandLine.ts'
import { startDomainController, type DomainController } from '../fixtures/domainController.ts'
import { ldapSearch, type LdapSource, type LdifEntry } from '../fixtures/ldapSearch.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'
import type { PlanDocument, PlannedChange } from './expectAsPlanned.ts'

// What happens to accounts after they were made: guests leave and return, names change, somebody wants it all back.
const directoryTools = requireGroup('directory')

describe.skipIf(!directoryTools.available)(`the life of accounts in a real domain controller${directoryTools.available ? '' : ` (skipped: ${directoryTools.reason})`}`, () => {
  let folder: string
  let controller: DomainController
  let tenant: TestTenant
  let source: LdapSource
  let environment: Readonly<Record<string, string>>
  /** Entra ids of guests who have an account and nothing unusual about them. */
  let guests: readonly string[]
  const run = (...args: string[]) => guestbridge(['--workspace', 'W', '--json', ...args], { cwd: folder, environment })
  const plan = async () => documentOf(await run('plan')) as unknown as PlanDocument
  const cycle = async (): Promise<PlanDocument> => {
    const outcome = await run('run', 'cycle')
    expect(outcome.exitCode, outcome.stderr).not.toBe(1)
    return plan()
  }
  const exportAll = async (...more: string[]): Promise<Outcome> => {
    const { hash } = await plan()
    await run('plan', '--out', 'plan.jsonl')
    return run('export', '--plan', 'plan.jsonl', '--approve', hash, ...more)
  }
  const accountOf = async (id: string): Promise<LdifEntry> => {
    const [entry] = await ldapSearch(source, controller.guestOu, `(cn=${id})`)
    if (entry === undefined) throw new Error(`There is no account for ${id}`)
    return entry
  }
  const guestAt = (index: number): string => guests[index] ?? ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-life-'))
    controller = await startDomainController()
    tenant = await startTestTenant(folder)
    source = { url: `ldaps://${controller.ip}`, caFile: controller.caFile, account: controller.administrator.account, password: controller.administrator.password }
    const { account, password } = controller.delta
    environment = { GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret, GUESTBRIDGE_AD_PASSWORD: password }
    const made = await run('init', '--name', 'Contoso', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile,
      '--tenant', tenant.tenantId, '--client', tenant.clientId, '--server', `ldaps://${controller.ip}`, '--ad-ca', controller.caFile, '--account', account, '--guest-ou', controller.guestOu)
    if (made.exitCode !== 0) throw new Error(made.stderr)
  }, 120_000)
  afterAll(async () => {
    await tenant?.close()
    await controller?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('three who want one account name get three, planned together before the first write', async () => {
    const first = await cycle()
    const [one, other] = colliding(first.changes)
    await controller.ldapmodify(`dn: CN=Namesake,CN=Users,${controller.baseDn}\nobjectClass: user\nsAMAccountName: ${accountNameOf(one)}\n`)
    const second = await cycle()
    const names = second.changes.filter(({ dn }) => dn === one.dn || dn === other.dn).map(accountNameOf)
    expect(new Set([...names, accountNameOf(one)].map((name) => name.toLowerCase())).size).toBe(3)
    const outcome = await exportAll()
    expect(documentOf(outcome)).toMatchObject({ problems: [], run: { status: 'succeeded' }, undo: { kind: 'kept', impossible: 0 } })
    const ambiguous = new Set([one.dn, other.dn])
    guests = second.changes.filter(({ dn }) => !ambiguous.has(dn)).map(({ subject }) => subject.entraId ?? '')
    expect((await ldapSearch(source, controller.guestOu, '(objectClass=user)', ['cn'])).length).toBe(second.counts['create'])
  })

  it('leavers are disabled with their reason, who became a member is only reported', async () => {
    tenant.happen({ kind: 'deleteUser', user: guestAt(0) })
    tenant.happen({ kind: 'blockUser', user: guestAt(1) })
    tenant.happen({ kind: 'makeMember', user: guestAt(2) })
    const planned = await cycle()
    expect(planned.changes.map(({ kind, subject, reason }) => `${kind} ${subject.entraId} ${reason.why}`).sort()).toEqual([`disable ${guestAt(0)} softDeleted`, `disable ${guestAt(1)} blocked`].sort())
    expect((await exportAll()).exitCode).toBe(0)
    for (const id of [guestAt(0), guestAt(1)]) expect(isDisabled(await accountOf(id))).toBe(true)
    expect(isDisabled(await accountOf(guestAt(2)))).toBe(false)
    expect((await cycle()).counts['total']).toBe(0)
  })

  it('returners get the same account with the same SID back; what another administrator disabled stays disabled', async () => {
    const before = await accountOf(guestAt(0))
    await controller.ldapmodify(replace((await accountOf(guestAt(3))).dn, 'userAccountControl', '262658'))
    tenant.happen({ kind: 'restoreUser', user: guestAt(0) })
    tenant.happen({ kind: 'unblockUser', user: guestAt(1) })
    const planned = await cycle()
    expect(planned.changes.map(({ kind, subject }) => `${kind} ${subject.entraId}`).sort()).toEqual([`enable ${guestAt(0)}`, `enable ${guestAt(1)}`].sort())
    expect((await exportAll()).exitCode).toBe(0)
    const after = await accountOf(guestAt(0))
    expect(isDisabled(after)).toBe(false)
    expect(after.attributes['objectSid']).toEqual(before.attributes['objectSid'])
    expect(isDisabled(await accountOf(guestAt(3)))).toBe(true)
  })

  it('a changed userPrincipalName is written on the same account, with the same SID', async () => {
    const before = await accountOf(guestAt(4))
    tenant.happen({ kind: 'renameUser', user: guestAt(4), userPrincipalName: 'renamed_partner.example#EXT#@contoso.onmicrosoft.com' })
    const planned = await cycle()
    expect(planned.changes.map(({ kind, attributes, sid }) => `${kind} ${attributes.map(({ name }) => name).join()} ${sid}`)).toEqual(['update userPrincipalName kept'])
    expect((await exportAll()).exitCode).toBe(0)
    const after = await accountOf(guestAt(4))
    expect(after.attributes['userPrincipalName']).toEqual(['renamed_partner.example#EXT#@contoso.onmicrosoft.com'])
    expect(after.attributes['objectSid']).toEqual(before.attributes['objectSid'])
  })

  it('more leavers than the threshold allows are written only when the approver lifts it, which the audit trail keeps', async () => {
    const leavers = Array.from({ length: 22 }, (_, index) => guestAt(20 + index))
    for (const user of leavers) tenant.happen({ kind: 'deleteUser', user })
    const planned = await cycle()
    expect(planned.blocked).toMatchObject([{ kind: 'disableAndDelete' }])
    const blocked = await exportAll()
    expect(documentOf(blocked)).toMatchObject({ kind: 'blocked' })
    expect(blocked.exitCode).toBe(3)
    expect((await exportAll('--lift', 'disableAndDelete')).exitCode).toBe(2)
    expect((await exportAll('--lift', 'create', '--note', 'another kind')).exitCode).toBe(3)
    expect(isDisabled(await accountOf(guestAt(20)))).toBe(false)

    const lifted = await exportAll('--lift', 'disableAndDelete', '--note', 'contract of Fabrikam ended')
    expect(lifted.exitCode, lifted.stderr).toBe(0)
    for (const id of leavers) expect(isDisabled(await accountOf(id))).toBe(true)
    const trail = (await readFile(join(folder, 'W', 'audit.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { action: string; details: { lifted?: unknown } })
    expect(trail.findLast(({ action }) => action === 'planApproved')?.details.lifted).toMatchObject([{ kind: 'disableAndDelete', note: 'contract of Fabrikam ended' }])
    expect(documentOf(await run('audit', 'verify'))).toMatchObject({ kind: 'intact', entries: trail.length })
  })

  it('an undo is planned, approved and exported like any other plan, and what it wrote stays on hold', async () => {
    const undone = await undoLastExport()
    expect(undone.impossible).toEqual([])
    expect(undone.counts).toMatchObject({ enable: 22, total: 22 })
    const outcome = await run('export', '--plan', 'undo.jsonl', '--approve', undone.hash)
    expect(documentOf(outcome)).toMatchObject({ problems: [], run: { status: 'succeeded' } })
    expect(isDisabled(await accountOf(guestAt(20)))).toBe(false)
    const { holds } = documentOf(await run('hold', 'list')) as { holds: { cause: string }[] }
    expect(holds.map(({ cause }) => cause)).toEqual(Array.from({ length: 22 }, () => 'undone'))
    expect((await cycle()).counts['total']).toBe(0)

    expect((await run('hold', 'release', guestAt(20))).exitCode).toBe(0)
    expect((await cycle()).changes.map(({ kind, subject }) => `${kind} ${subject.entraId}`)).toEqual([`disable ${guestAt(20)}`])
  })

  it('who is excluded leaves the plan at once, and is not planned again until released', async () => {
    expect((await run('plan', '--exclude', guestAt(20))).exitCode).toBe(2)
    expect((await run('plan', '--exclude', guestAt(20), '--note', 'asked the owner')).exitCode).toBe(0)
    expect((await plan()).counts['total']).toBe(0)
    const again = await cycle()
    expect(again.counts['total']).toBe(0)
    expect(again.holds).toContainEqual(expect.objectContaining({ cause: 'excluded', note: 'asked the owner' }))
  })

  it('an account made by mistake is disabled by its undo, or deleted where that is asked for', async () => {
    const id = tenant.happen({ kind: 'inviteGuest', mail: 'new@partner.example', displayName: 'New Partner' }) ?? ''
    tenant.happen({ kind: 'acceptInvitation', user: id })
    expect((await cycle()).counts).toMatchObject({ create: 1, total: 1 })
    expect((await exportAll()).exitCode).toBe(0)
        const deleting = documentOf(await run('undo', String(await lastExport()), '--also-delete-created')) as unknown as PlanDocument
    expect(deleting.changes.map(({ kind, sid }) => `${kind} ${sid}`)).toEqual(['delete lost'])
    const undone = await undoLastExport()
    expect(undone.changes.map(({ kind, sid }) => `${kind} ${sid}`)).toEqual(['disable kept'])
    // It counts together with the 22 of this day.
    expect((await run('export', '--plan', 'undo.jsonl', '--approve', undone.hash)).exitCode).toBe(3)
    expect((await run('export', '--plan', 'undo.jsonl', '--approve', undone.hash, '--lift', 'disableAndDelete', '--note', 'invited by mistake')).exitCode).toBe(0)
    expect(isDisabled(await accountOf(id))).toBe(true)
    expect((await cycle()).counts['total']).toBe(0)
  })

  it('what was written is taken back value by value, and refused where somebody changed it since', async () => {
    tenant.happen({ kind: 'changeUser', user: guestAt(5), values: { surname: 'Later' } })
    tenant.happen({ kind: 'changeUser', user: guestAt(6), values: { surname: 'Later too' } })
    const before = (await accountOf(guestAt(5))).attributes['sn']
    expect((await cycle()).counts).toMatchObject({ update: 2, total: 2 })
    expect((await exportAll()).exitCode).toBe(0)
    expect((await accountOf(guestAt(5))).attributes['sn']).toEqual(['Later'])
    const undone = await undoLastExport()
    await controller.ldapmodify(replace((await accountOf(guestAt(6))).dn, 'sn', 'By hand'))
    expect((await run('export', '--plan', 'undo.jsonl', '--approve', undone.hash)).exitCode).toBe(5)
    expect((await accountOf(guestAt(5))).attributes['sn']).toEqual(before)
    expect((await accountOf(guestAt(6))).attributes['sn']).toEqual(['By hand'])
  })

  it('an account that was deleted in the directory is restored with its SID for the same guest', async () => {
    const before = await accountOf(guestAt(7))
    await controller.ldapmodify(`dn: ${before.dn}\nchangetype: delete\n`)
    const planned = await cycle()
    expect(planned.changes.filter(({ subject }) => subject.entraId === guestAt(7)).map(({ kind, sid }) => `${kind} ${sid}`)).toEqual(['restore kept'])
    const outcome = await exportAll()
    expect(documentOf(outcome)).toMatchObject({ problems: [] })
    const after = await accountOf(guestAt(7))
    expect(after.attributes['objectSid']).toEqual(before.attributes['objectSid'])
    expect(after.attributes['userPrincipalName']).toEqual(before.attributes['userPrincipalName'])
    expect(after.attributes['userAccountControl']).toEqual(['262656'])
  })

  it('shows who stands behind a counter, finds persons by their values, and tests an expression on one', async () => {
    const found = documentOf(await run('search', 'displayName^=New', '--text', 'partner')) as { objects: { id: string }[] }
    expect(found.objects).toHaveLength(1)
    const tested = documentOf(await run('rules', 'test', 'Left(uid, 8)', '--on', guestAt(5))) as { results: { result: unknown }[] }
    expect(tested.results).toMatchObject([{ result: { kind: 'values', values: [guestAt(5).slice(0, 8)] } }])
    const history = documentOf(await run('history', '--step', 'fullSync')) as { runs: { id: number; step: string }[] }
    expect(history.runs.every(({ step }) => step === 'fullSync')).toBe(true)
    const first = history.runs.at(-1)?.id ?? 0
    const behind = documentOf(await run('history', String(first), '--objects', '--counter', 'provisioningAdds')) as { objects: { counter: string }[] }
    expect(behind.objects.length).toBeGreaterThan(guests.length)
    expect(new Set(behind.objects.map(({ counter }) => counter))).toEqual(new Set(['provisioningAdds']))
  })

  async function lastExport(): Promise<number> {
    const { runs } = documentOf(await run('history', '--step', 'export', '--limit', '1')) as { runs: { id: number }[] }
    return runs[0]?.id ?? 0
  }

  async function undoLastExport(): Promise<PlanDocument & { readonly impossible: readonly unknown[] }> {
    return documentOf(await run('undo', String(await lastExport()), '--out', 'undo.jsonl')) as unknown as PlanDocument & { impossible: unknown[] }
  }
})

function colliding(changes: readonly PlannedChange[]): readonly [PlannedChange, PlannedChange] {
  const byPrefix = new Map<string, PlannedChange>()
  for (const change of changes) {
    const prefix = (change.subject.entraId ?? '').slice(0, 20)
    const other = byPrefix.get(prefix)
    if (other !== undefined) return [other, change]
    byPrefix.set(prefix, change)
  }
  throw new Error('The seed has guests whose ids agree in the first 20 characters')
}

function accountNameOf({ attributes }: PlannedChange): string {
  return String(attributes.find(({ name }) => name === 'sAMAccountName')?.after[0])
}

function isDisabled({ attributes }: LdifEntry): boolean {
  return (Number(attributes['userAccountControl']?.[0]) & 2) === 2
}

function replace(dn: string, attribute: string, value: string): string {
  return `dn:: ${Buffer.from(dn).toString('base64')}\nchangetype: modify\nreplace: ${attribute}\n${attribute}: ${value}\n`
}
