import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, guestbridge, requireExit } from '../fixtures/commandLine.ts'

type Outcome = { cycle: string; planned: number; planHash: string | null; end: { kind: string; reasons?: string[]; approvedBy?: string; run?: { status: string } }; notSent: unknown[] }
type Told = { kind: string; title: string; text: string; planHash: string | null }

// Cycles as a schedule starts them, each a process of its own, on the embedded lab; the webhook is a real server.
describe('unattended cycles on the lab', () => {
  let folder: string
  let webhook: Server
  const told: Told[] = []
  const run = (...args: string[]) => guestbridge(['--workspace', 'W', '--json', ...args], { cwd: folder, environment: { GUESTBRIDGE_WEBHOOK_SECRET: 'key' } })
  const cycle = async () => {
    const outcome = await run('run', 'cycle', '--unattended')
    return { exitCode: outcome.exitCode, ...(documentOf(outcome) as Outcome) }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    webhook = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        told.push(JSON.parse(Buffer.concat(parts).toString('utf8')) as Told)
        response.writeHead(204).end()
      })
    })
    webhook.listen(0, '127.0.0.1')
    await once(webhook, 'listening')
    requireExit(await run('init', '--lab'), 0)
    const file = join(folder, 'W', 'workspace.json')
    const configuration = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    const url = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`
    await writeFile(file, JSON.stringify({ ...configuration, notifications: { systemLog: false, webhook: { url } } }, null, 2))
  })
  afterAll(async () => {
    webhook.closeAllConnections()
    webhook.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('without a standing approval the plan waits, and somebody is told', async () => {
    const first = await cycle()
    expect(first).toMatchObject({ exitCode: 3, cycle: 'cycle', end: { kind: 'waits', reasons: ['There is no standing approval.'] }, notSent: [] })
    expect(told).toEqual([expect.objectContaining({ kind: 'planWaits', planHash: first.planHash, title: `A plan of ${first.planned} changes waits for a person` })])
  })

  it('the next cycle reads what changed only, and does not tell the same again', async () => {
    expect(await cycle()).toMatchObject({ exitCode: 3, cycle: 'delta cycle' })
    expect(told).toHaveLength(1)
  })

  it('a standing approval that allows too little lets nothing through, and says what is missing', async () => {
    expect((await run('standing-approval', 'give', '--allow', 'create=10', '--until', nextYear(), '--note', 'a beginning')).exitCode).toBe(0)
    const { exitCode, end } = await cycle()
    expect(exitCode).toBe(3)
    expect(end.reasons?.join('\n')).toMatch(/"create" for \d+; the standing approval allows 10/)
    expect(end.reasons?.join('\n')).toMatch(/"adopt" for \d+; the standing approval allows 0/)
  })

  it('the status says that somebody is needed, and why', async () => {
    const status = await run('status')
    expect(status.exitCode).toBe(4)
    expect(documentOf(status)).toMatchObject({ isHealthy: false, standingApproval: { until: `${nextYear()}T23:59:59.000Z` }, writer: null })
  })

  it('a standing approval that covers the plan lets it through, and the trail names it with the hash', async () => {
    expect((await run('standing-approval', 'give', '--allow', 'create=500', '--allow', 'adopt=100', '--allow', 'update=100', '--until', nextYear(), '--note', 'the first import')).exitCode).toBe(0)
    const { exitCode, planHash, end } = await cycle()
    expect(exitCode).toBe(0)
    expect(end).toMatchObject({ kind: 'exported', run: { status: 'succeeded' } })
    const trail = (await readFile(join(folder, 'W', 'audit.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { action: string; planHash: string | null; details: { standingApproval?: { line: number } } })
    const approved = trail.find(({ action }) => action === 'planApproved')
    expect(approved).toMatchObject({ planHash, details: { standingApproval: { line: 2 } } })
    expect(told.at(-1)).toMatchObject({ kind: 'exported', planHash })
  })

  it('more than the threshold allows waits in spite of the standing approval', async () => {
    const file = join(folder, 'W', 'workspace.json')
    const configuration = JSON.parse(await readFile(file, 'utf8')) as { thresholds: Record<string, unknown> }
    await writeFile(file, JSON.stringify({ ...configuration, thresholds: { ...configuration.thresholds, disableAndDelete: { count: 0 } } }, null, 2))
    expect((await run('standing-approval', 'give', '--allow', 'disable=10', '--until', nextYear(), '--note', 'leavers too')).exitCode).toBe(0)
    const { exitCode, end } = await cycle()
    expect(exitCode).toBe(3)
    expect(end.reasons).toEqual([expect.stringContaining('The threshold "disableAndDelete" is 0')])
  })

  it('other settings than those that the person knew end the standing approval', async () => {
    const file = join(folder, 'W', 'workspace.json')
    const configuration = JSON.parse(await readFile(file, 'utf8')) as { lifecycle: { createForPendingInvitations: boolean } }
    await writeFile(file, JSON.stringify({ ...configuration, lifecycle: { ...configuration.lifecycle, createForPendingInvitations: !configuration.lifecycle.createForPendingInvitations } }, null, 2))
    const { exitCode, end } = await cycle()
    expect(exitCode).toBe(3)
    expect(end.reasons?.join('\n')).toContain('Rules or settings have changed')
  })

  it('a withdrawn one counts no more', async () => {
    expect((await run('standing-approval', 'withdraw', '--note', 'enough')).exitCode).toBe(0)
    expect((await cycle()).end).toMatchObject({ kind: 'waits', reasons: [expect.stringContaining('threshold'), 'There is no standing approval.'] })
    expect((await run('standing-approval', 'withdraw', '--note', 'again')).exitCode).toBe(2)
  })
})

function nextYear(): string {
  return new Date(Date.now() + 300 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}
