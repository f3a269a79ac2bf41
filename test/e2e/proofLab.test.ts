import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proofsFileName } from '../../src/main/kcd/proof/keptProofs.ts'
import { documentOf, guestbridge } from '../fixtures/commandLine.ts'

// The lab has no Kerberos: whatever can be said of a proof there is said without one.
describe('kcd prove on the lab', () => {
  let folder: string
  let guest: { readonly id: string; readonly userPrincipalName: string }
  const run = (...args: readonly string[]) => guestbridge(['--workspace', 'W', '--json', ...args], { cwd: folder })
  const prove = (...args: readonly string[]) => run('kcd', 'prove', '--application', 'Intranet', '--guest', guest.id, ...args)
  const kept = async () => JSON.parse(await readFile(join(folder, 'W', proofsFileName), 'utf8')) as { readonly proofs: readonly unknown[] }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    for (const args of [['init', '--lab'], ['run', 'cycle']]) {
      const outcome = await run(...args)
      if (outcome.stdout === '') throw new Error(`${args.join(' ')}: ${outcome.stderr}`)
    }
    const { changes } = documentOf(await run('plan')) as { changes: readonly { readonly kind: string; readonly subject: { readonly entraId: string; readonly userPrincipalName: string } }[] }
    const subject = changes.find(({ kind }) => kind === 'create')?.subject
    if (subject === undefined) throw new Error('Nobody is created in the lab')
    guest = { id: subject.entraId, userPrincipalName: subject.userPrincipalName }
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is "not proven", never simulated, and exits 1', async () => {
    const outcome = await prove()
    expect(outcome.exitCode).toBe(1)
    expect(documentOf(outcome)).toMatchObject({ application: 'Intranet', guest: guest.id, controller: null, result: { kind: 'notProven', why: expect.stringContaining('no Kerberos') as string } })
    expect(await kept()).toMatchObject({ proofs: [{ application: 'Intranet', guest: guest.id, result: { kind: 'notProven' } }] })
  })

  it('names the applications that there are, when asked for another', async () => {
    const outcome = await run('kcd', 'prove', '--application', 'Intranets', '--guest', guest.id)
    expect(outcome.exitCode).toBe(2)
    expect(outcome.stderr).toContain('Known are: Intranet')
  })

  it('refuses a mapping that has nothing for a guest', async () => {
    const outcome = await run('kcd', 'prove', '--application', 'Kiosk', '--guest', guest.id)
    expect(outcome.exitCode).not.toBe(0)
    expect(outcome.stderr).toContain('has nothing to delegate')
  })

  it.each([[['--url', 'ftp://intranet.contoso.lab/']], [['--url', 'https://intranet.contoso.lab/', '--address', 'intranet']]])('refuses what is no web address or no IP address: %j', async (options) => {
    expect((await prove(...options)).exitCode).toBe(2)
  })

  it('does not mix the ways of proving', async () => {
    const outcome = await prove('--script', '--paste', 'answer.txt')
    expect(outcome.exitCode).toBe(2)
    expect(outcome.stderr).toContain('cannot be used with')
  })

  it('reads an answer of the script only if it belongs to the same guest', async () => {
    const answer = { version: 1, application: 'Intranet', guest: 'another', identity: 'bob@fabrikam.com', spn: 'HTTP/intranet.contoso.lab', url: null, computer: 'CONNECTOR01', account: 'SYSTEM', at: '2026-03-12T08:00:00Z', outcome: { kind: 'notSystem' } }
    await writeFile(join(folder, 'answer.txt'), `GUESTBRIDGE-PROOF ${Buffer.from(JSON.stringify(answer)).toString('base64')} GUESTBRIDGE-END`)
    const outcome = await prove('--paste', 'answer.txt')
    expect(outcome.exitCode).toBe(2)
    expect(outcome.stderr).toContain('It answers for bob@fabrikam.com')
    expect((await prove('--paste', 'nothing.txt')).stderr).toContain('nothing.txt cannot be read')
  })

  it('forgets a guest who is purged', async () => {
    expect((await run('purge', guest.id)).exitCode).toBe(0)
    expect(await kept()).toEqual({ version: 1, proofs: [] })
  })
})
