import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openWindowService, type WindowService } from '../../../src/main/hosts/window/openWindowService.ts'
import type { Job } from '../../../src/shared/api/jobs.ts'
import { openTestWindow, type TestWindow } from './windowPair.ts'

const scripted = new URL('./scriptedWorker.ts', import.meta.url)

describe('the workers behind the windows', () => {
  let service: WindowService
  const said: string[] = []

  beforeEach(async () => {
    said.length = 0
    const opened = await openWindowService({ folder: '/nowhere', environment: {}, labWorker: 'file:///none', entry: scripted, onError: (message) => void said.push(message) })
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
    service = opened.value
  })
  afterEach(() => service.close())

  it('answer a query at once while a job keeps the other thread for seconds', async () => {
    const window = openTestWindow(service)
    await begin(window, 'block', 2000)
    await delay(50)
    const started = performance.now()
    for (let count = 0; count < 20; count += 1) expect(await window.call('workspace.describe', {})).toEqual({ ok: true, value: 'described' })
    expect(performance.now() - started, 'milliseconds of 20 queries, beside a job of 2,000').toBeLessThan(1000)
    expect((await jobsOf(window)).map(({ call, status }) => [call, status])).toEqual([['block', 'done']])
  })

  it('go on with a job when its window leaves; the next one joins it with its progress and its answer', async () => {
    const first = openTestWindow(service)
    const job = await begin(first, 'wait', null)
    void first.call('jobs.watch', { job: job.id }).catch(() => undefined)
    await first.call('jobs.list', {})
    first.leave()
    const second = openTestWindow(service)
    expect(await jobsOf(second)).toMatchObject([{ id: job.id, status: 'running', progress: { done: 1, total: 2 } }])
    const events: unknown[] = []
    const watched = second.call('jobs.watch', { job: job.id }, { onEvent: (event) => void events.push(event) })
    await second.call('jobs.cancel', { job: job.id })
    expect(await watched).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
    expect(events).toMatchObject([{ phase: 'wait', done: 1 }])
    expect(await jobsOf(second)).toMatchObject([{ status: 'failed' }])
  })

  it('open another workspace where nothing runs; other windows are told', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guestbridge-other-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const [asking, other] = [openTestWindow(service), openTestWindow(service)]
    expect(await asking.call('workspace.open', { folder })).toMatchObject({ ok: false, problem: { kind: 'notFoundInWorkspace' } })
    expect(await asking.call('workspace.open', { folder: 'contoso' })).toMatchObject({ ok: false, problem: { kind: 'usage' } })
    await writeFile(join(folder, 'workspace.json'), '{}')
    const job = await begin(asking, 'wait', null)
    expect(await asking.call('workspace.open', { folder })).toMatchObject({ ok: false, problem: { kind: 'locked' } })
    await asking.call('jobs.cancel', { job: job.id })
    await expect.poll(async () => (await jobsOf(asking)).map(({ status }) => status)).toEqual(['failed'])
    expect(await asking.call('workspace.open', { folder })).toEqual({ ok: true, value: { folder } })
    await expect(other.call('jobs.list', {})).rejects.toMatchObject({ code: 'disconnected' })
    const next = openTestWindow(service)
    expect(await jobsOf(next)).toEqual([])
    expect(said).toEqual([])
  })

  it('that nobody watches any more do not cancel the job', async () => {
    const window = openTestWindow(service)
    const job = await begin(window, 'wait', null)
    const leave = new AbortController()
    const watching = window.call('jobs.watch', { job: job.id }, { signal: leave.signal })
    leave.abort()
    await expect(watching).rejects.toThrow('cancelled')
    expect(await jobsOf(window)).toMatchObject([{ status: 'running' }])
    await window.call('jobs.cancel', { job: job.id })
  })

  it('say which job is not known', async () => {
    const window = openTestWindow(service)
    expect(await window.call('jobs.watch', { job: 99 })).toMatchObject({ ok: false, problem: { message: expect.stringContaining('99') } })
    expect(await window.call('jobs.cancel', { job: 99 })).toMatchObject({ ok: false })
    expect(await window.call('jobs.begin', { nonsense: true })).toMatchObject({ ok: false, problem: { kind: 'usage' } })
  })

  it('tell every window when one of them dies, and start again for the window that comes back', async () => {
    const windows = [openTestWindow(service), openTestWindow(service)]
    await begin(windows[0], 'wait', null)
    const dying = windows[0]?.call('audit.verify', {})
    await expect(dying).rejects.toThrow(/not there any more|error of Guestbridge itself/)
    await Promise.all(windows.map((window) => window.closed))
    expect(said.join('\n')).toContain('The service has ended')
    await expect(windows[1]?.call('workspace.describe', {})).rejects.toThrow('not there any more')

    const again = openTestWindow(service)
    expect(await again.call('workspace.describe', {})).toEqual({ ok: true, value: 'described' })
    expect(await jobsOf(again)).toEqual([])
  })

  it('begin a job that no window asked for, which a window finds', async () => {
    await service.begin('wait', null)
    const window = openTestWindow(service)
    expect(await jobsOf(window)).toMatchObject([{ call: 'wait', status: 'running' }])
  })

  it('end what runs when they are closed', async () => {
    const window = openTestWindow(service)
    await begin(window, 'wait', null)
    await service.close()
    await window.closed
    expect(said).toEqual([])
  })
})

async function begin(window: TestWindow | undefined, call: string, input: unknown): Promise<Job> {
  const begun = (await window?.call('jobs.begin', { call, input })) as { readonly ok: boolean; readonly value: Job }
  expect(begun.ok).toBe(true)
  return begun.value
}

async function jobsOf(window: TestWindow): Promise<readonly Job[]> {
  return (await window.call('jobs.list', {})) as readonly Job[]
}
