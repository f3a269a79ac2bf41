import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openService, type Service } from '../../src/main/service.ts'
import { appendAudit, auditFileName, verifyAudit } from '../../src/main/workspace/audit.ts'
import { initialiseWorkspace } from '../../src/main/workspace/initialiseWorkspace.ts'
import type { Result } from '../../src/shared/domain/result.ts'
import { sample } from '../workspace/sample.ts'

let folder: string
const services: Service[] = []
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-standing-')) })
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()))
  await rm(folder, { recursive: true, force: true })
})

const calm = { signal: new AbortController().signal, onProgress: () => undefined }
const soon = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString()

function valueOf<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

async function openWorkspace(name: string): Promise<{ readonly service: Service; readonly trail: string }> {
  const place = join(folder, name)
  valueOf(await initialiseWorkspace(place, { kind: 'production', name, entra: sample.entra, activeDirectory: sample.activeDirectory }))
  const service = valueOf(await openService({ folder: place, environment: {}, labWorker: new URL('file:///none') }))
  services.push(service)
  return { service, trail: join(place, auditFileName) }
}

const give = (service: Service, note = 'every hour') => service.call('standing.give', { limits: { create: 5 }, until: soon, note }, calm)
const show = (service: Service) => service.call('standing.show', {}, calm)
const notGivenHere = { ok: false, problem: { kind: 'approvalMismatch', message: expect.stringContaining('was not given in this workspace') as unknown } }

describe('the standing approval in force', () => {
  it('is the one that was given last, whatever notes say', async () => {
    const { service, trail } = await openWorkspace('a')
    valueOf(await give(service, 'standingApprovalWithdrawn'))
    await appendAudit(join(folder, 'a'), { at: soon, actor: 'ana@host', action: 'holdReleased', planHash: null, details: { note: 'standingApprovalWithdrawn' } })
    expect(await show(service)).toMatchObject({ ok: true, value: { approval: { line: 1, limits: { create: 5 } } } })
    expect(await readFile(trail, 'utf8')).toContain('"note":"standingApprovalWithdrawn"')
  })

  it('does not come back when its withdrawal is cut off the trail', async () => {
    const { service, trail } = await openWorkspace('a')
    valueOf(await give(service))
    const given = await readFile(trail, 'utf8')
    valueOf(await service.call('standing.withdraw', { note: 'enough' }, calm))
    await writeFile(trail, given)
    expect(await verifyAudit(join(folder, 'a'))).toMatchObject({ ok: true })
    expect(await show(service)).toMatchObject(notGivenHere)
  })

  it('cannot be written into the trail, even with the right chain', async () => {
    const { service } = await openWorkspace('a')
    await appendAudit(join(folder, 'a'), { at: soon, actor: 'ana@host', action: 'standingApprovalGiven', planHash: null, details: { until: soon, rulesHash: 'r', limits: { delete: 500 }, note: 'forged' } })
    expect(await verifyAudit(join(folder, 'a'))).toMatchObject({ ok: true })
    expect(await show(service)).toMatchObject(notGivenHere)
  })

  it('is none in a trail of which a line was changed, and the line is named', async () => {
    const { service, trail } = await openWorkspace('a')
    valueOf(await give(service))
    valueOf(await give(service, 'again'))
    await writeFile(trail, (await readFile(trail, 'utf8')).replace('"create":5', '"create":500'))
    expect(await show(service)).toMatchObject({ ok: false, problem: { kind: 'approvalMismatch', message: expect.stringContaining('the audit trail was changed in line 2') as unknown } })
  })

  it('goes on after a crash has torn the last line, and after the next entry has set that aside', async () => {
    const { service, trail } = await openWorkspace('a')
    valueOf(await give(service))
    await appendFile(trail, '{"action":"standingApprovalWithdrawn","actor":"ana@ho')
    expect(await show(service)).toMatchObject({ ok: true, value: { approval: { line: 1, limits: { create: 5 } } } })
    expect(valueOf(await service.call('audit.verify', {}, calm))).toEqual({ kind: 'intact', entries: 1, unfinishedBytes: 53 })
    await appendAudit(join(folder, 'a'), { at: soon, actor: 'ana@host', action: 'holdReleased', planHash: null, details: {} })
    expect(valueOf(await service.call('audit.verify', {}, calm))).toEqual({ kind: 'intact', entries: 3 })
    expect(await show(service)).toMatchObject({ ok: true, value: { approval: { line: 1 } } })
  })

  it('is none before a torn line either where a line was changed', async () => {
    const { service, trail } = await openWorkspace('a')
    valueOf(await give(service))
    valueOf(await give(service, 'again'))
    await writeFile(trail, `${(await readFile(trail, 'utf8')).replace('"create":5', '"create":500')}{"action":"ex`)
    expect(await show(service)).toMatchObject({ ok: false, problem: { kind: 'approvalMismatch', message: expect.stringContaining('the audit trail was changed in line 2') as unknown } })
  })

  it('is not that of another workspace, whose trail was brought here', async () => {
    const [mine, other] = [await openWorkspace('a'), await openWorkspace('b')]
    valueOf(await give(other.service))
    await appendFile(mine.trail, await readFile(other.trail))
    expect(await show(mine.service)).toMatchObject(notGivenHere)
    valueOf(await give(mine.service))
    expect(await show(mine.service)).toMatchObject({ ok: true, value: { approval: { line: 2 } } })
  })

  it('is none any more once it was withdrawn', async () => {
    const { service } = await openWorkspace('a')
    valueOf(await give(service))
    valueOf(await service.call('standing.withdraw', { note: 'enough' }, calm))
    expect(await show(service)).toMatchObject({ ok: true, value: { approval: null } })
  })
})
