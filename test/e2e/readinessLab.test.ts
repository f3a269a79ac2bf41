import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReadinessFinding } from '../../src/shared/domain/readiness.ts'
import { documentOf, guestbridge } from '../fixtures/commandLine.ts'

// The lab has faults of its own, as a directory has that grew over years: doctor names them.
describe('doctor on the lab', () => {
  let folder: string
  const run = (...args: string[]) => guestbridge(['--workspace', 'W', '--json', ...args], { cwd: folder })
  const examine = async (...args: string[]) => {
    const outcome = await run('doctor', ...args)
    const { findings } = documentOf(outcome) as unknown as { findings: readonly ReadinessFinding[] }
    return { exitCode: outcome.exitCode, byId: new Map(findings.map((finding) => [finding.id, finding])), findings }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    const made = await run('init', '--lab')
    if (made.exitCode !== 0) throw new Error(made.stderr)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('finds nothing failing before the first import, and says what cannot be known yet', async () => {
    const { exitCode, byId, findings } = await examine()
    expect(findings.filter(({ state }) => state === 'failed')).toEqual([])
    expect(exitCode).toBe(0)
    expect(byId.get('entra-connect-scope')).toMatchObject({ state: 'notChecked' })
    expect(byId.get('workspace-newest-run')).toMatchObject({ state: 'warning' })
    for (const id of ['directory-certificate', 'directory-bind', 'directory-rights', 'directory-excess-rights', 'directory-deletions', 'global-catalog', 'tenant-roles', 'tenant-guests']) expect(byId.get(id), id).toMatchObject({ state: 'passed' })
    for (const { state, remedy, message, id } of findings) {
      expect(message, id).not.toBe('')
      if (state === 'warning' || state === 'failed') expect(remedy, id).not.toBeNull()
    }
  })

  it('finds, after a cycle, the guests that Entra Connect synchronises, the account of Cloud Sync, and what is foreign', async () => {
    expect((await run('run', 'cycle')).exitCode).toBe(3)
    const { exitCode, byId } = await examine()
    expect(exitCode).toBe(4)
    expect(byId.get('entra-connect-scope')).toMatchObject({ state: 'failed', scripts: [{ title: expect.stringContaining('without losing guests') as string }] })
    expect(byId.get('directory-cloud-sync')).toMatchObject({ state: 'warning' })
    expect(byId.get('directory-foreign-accounts')).toMatchObject({ state: 'warning' })
    expect(byId.get('directory-upn-suffix')).toMatchObject({ state: 'warning', message: expect.stringMatching(/not registered as UPN suffix, and the forest has a trust/) as string })
    expect(byId.get('workspace-newest-run')).toMatchObject({ state: 'passed' })
  })

  it('keeps what it found, and makes only the asked check anew', async () => {
    const { findings } = await examine('--only', 'directory-clock')
    expect(findings.map(({ id }) => id)).toEqual(['directory-clock'])
  })

  it('tries the rights on an account only when it is asked to', async () => {
    const { byId } = await examine('--probe', '--only', 'directory-probe')
    expect(byId.get('directory-probe')).toMatchObject({ state: 'passed', read: expect.arrayContaining(['wrote userPrincipalName', 'set its password', 'deleted it again']) as string[] })
  })
})
