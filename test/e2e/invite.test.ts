import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChildProcess } from 'node:child_process'
import { documentOf, guestbridge, requireExit, startGuestbridge, type Outcome } from '../fixtures/commandLine.ts'
import { enterCode, type SignedInAs } from '../fixtures/enterCode.ts'

type GuestRows = { guests: { id: string; mail: string | null; displayName: string | null; state: string; userPrincipalName: string | null }[] }

// One guest from an address to an account, and lists of them, on the lab: commands are processes of their own.
describe('inviting guests on the lab', () => {
  let folder: string
  let lab: ChildProcess
  const run = (...args: string[]) => guestbridge(['--workspace', 'W', '--json', ...args], { cwd: folder })
  const text = (...args: string[]) => guestbridge(['--workspace', 'W', ...args], { cwd: folder })
  const guests = async () => (documentOf(await run('guests')) as GuestRows).guests
  const guestWith = async (mail: string) => {
    const found = (await guests()).find((guest) => guest.mail === mail)
    if (found === undefined) throw new Error(`No import has brought ${mail}`)
    return found
  }
  /** Runs the command, and enters the code that it shows as a person does in a browser. */
  const resetAs = async (as: SignedInAs, id: string, mail: string): Promise<Outcome> => {
    const child = startGuestbridge(['--workspace', 'W', 'guest', 'reset-redemption', id, mail, '--note', 'changed company'], { cwd: folder })
    let [stdout, stderr] = ['', '']
    child.stdout?.setEncoding('utf8').on('data', (said: string) => { stdout += said })
    const entered = new Promise<void>((resolve, reject) => {
      child.once('close', () => reject(new Error(`It ended without a code:\n${stderr}`)))
      child.stderr?.setEncoding('utf8').on('data', (said: string) => {
        stderr += said
        const prompt = /open (\S+) and enter the code (\S+)/.exec(stderr)
        if (prompt?.[1] !== undefined && prompt[2] !== undefined) enterCode(prompt[1], prompt[2], as).then(resolve, reject)
      })
    })
    await Promise.all([entered, once(child, 'close')])
    return { exitCode: child.exitCode, stdout, stderr }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    requireExit(await run('init', '--lab'), 0)
    const file = join(folder, 'W', 'workspace.json')
    const configuration = JSON.parse(await readFile(file, 'utf8')) as { lifecycle: object }
    await writeFile(file, JSON.stringify({ ...configuration, lifecycle: { ...configuration.lifecycle, createForPendingInvitations: true } }, null, 2))
    lab = startGuestbridge(['--workspace', 'W', '--json', 'lab', 'serve'], { cwd: folder })
    await once(lab.stdout ?? lab, 'data')
    setDefaultCACertificates([...getCACertificates('default'), await readFile(join(folder, 'W', 'lab', 'ca.pem'), 'utf8')])
    requireExit(await run('run', 'cycle'), 3)
  })
  afterAll(async () => {
    lab.kill('SIGTERM')
    await once(lab, 'exit')
    await rm(folder, { recursive: true, force: true })
  })

  it('nobody is invited without a yes', async () => {
    const outcome = await text('invite', 'new.person@fabrikam.com')
    expect(outcome.exitCode).toBe(3)
    expect(outcome.stderr).toContain('Nobody was invited')
  })

  it('one guest is invited, waited for, previewed, provisioned and checked in one go', async () => {
    const outcome = await text('invite', 'new.person@fabrikam.com', '--name', 'New Person', '--message', 'Welcome', '--language', 'de-DE', '--yes', '--provision')
    expect(outcome.exitCode, outcome.stderr).toBe(0)
    for (const part of ['Invited: ', 'found in Entra: New Person', 'export adds 1, export confirmed 1', 'Sign-on to Intranet']) expect(outcome.stdout).toContain(part)
    expect((await guests()).find(({ mail }) => mail === 'new.person@fabrikam.com')).toMatchObject({ displayName: 'New Person', state: 'hasAccount' })
  })

  it('who is there already is found, and not invited again', async () => {
    const outcome = await text('invite', 'New.Person@fabrikam.com', '--yes')
    expect(outcome.exitCode).toBe(0)
    expect(outcome.stdout).toContain('nobody is invited again')
  })

  it('what cannot be invited is refused before anything is asked', async () => {
    const outcome = await text('invite', 'no-address', '--yes')
    expect(outcome.exitCode).toBe(2)
    expect(outcome.stderr).toContain('mail "no-address" is no mail address')
  })

  it('a list with mistakes is refused as a whole, each with its line and column', async () => {
    await writeFile(join(folder, 'list.csv'), 'mail,name\ngood@fabrikam.com,Good\nbad,Bad\n')
    const outcome = await text('invite', '--csv', 'list.csv', '--yes')
    expect(outcome.exitCode).toBe(2)
    expect(outcome.stdout).toContain('list.csv:3 mail "bad": is no mail address that can be invited')
    expect(outcome.stdout).toContain('\n1 mistake; nobody was invited.')
    expect((documentOf(await run('invite', '--csv', 'list.csv', '--yes')) as { kind: string }).kind).toBe('mistakes')
  })

  it('a list is invited in batches, known people are left out, and the results are a file without formulas', async () => {
    const people = Array.from({ length: 45 }, (_, index) => `person${index}@wingtiptoys.com,${index === 3 ? '"=HYPERLINK(""x"")"' : `Person ${index}`}`)
    await writeFile(join(folder, 'list.csv'), ['mail,name', 'new.person@fabrikam.com,Known', ...people].join('\n'))
    const outcome = await run('invite', '--csv', 'list.csv', '--yes', '--out', 'results.csv')
    expect(outcome.exitCode, outcome.stderr).toBe(0)
    const { list, results } = documentOf(outcome) as { list: { counts: Record<string, number> }; results: { result: string }[] }
    expect(list.counts).toMatchObject({ new: 45, isGuest: 1 })
    expect(results.filter(({ result }) => result === 'invited')).toHaveLength(45)
    const csv = await readFile(join(folder, 'results.csv'), 'utf8')
    expect(csv.trim().split('\r\n')).toHaveLength(47)
    const repeated = await run('invite', '--csv', 'list.csv', '--yes', '--out', 'no-folder/results.csv')
    expect([repeated.exitCode, repeated.stderr]).toEqual([2, expect.stringContaining('results were not written')])
    const again = documentOf(repeated) as { list: { counts: Record<string, number> } }
    expect(again.list.counts).toMatchObject({ new: 0, isGuest: 46 })
  })

  it('an answer that is lost leads to a look, not to a second invitation', async () => {
    expect((await text('lab', 'fault', '/v1.0/invitations', '--cut-off', '--times', '1')).exitCode).toBe(0)
    const outcome = await text('invite', 'lost.answer@fabrikam.com', '--yes')
    expect(outcome.exitCode, outcome.stderr).toBe(0)
    expect(outcome.stdout).toContain('Invited: ')
    await run('run', 'delta cycle')
    expect((await guests()).filter(({ mail }) => mail === 'lost.answer@fabrikam.com')).toHaveLength(1)
  })

  it('a list that was killed in the middle is gone on with, and nobody is invited twice', async () => {
    const people = Array.from({ length: 40 }, (_, index) => `killed${index}@litware.com`)
    await writeFile(join(folder, 'killed.csv'), ['mail', ...people].join('\n'))
    await text('lab', 'fault', '/v1.0/$batch', '--delay', '1', '--times', '50')
    const child = startGuestbridge(['--workspace', 'W', 'invite', '--csv', 'killed.csv', '--yes'], { cwd: folder })
    await waitForText(join(folder, 'W', 'invitations.jsonl'), '"kind":"sending"', 46 + 1 + 20)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await text('lab', 'fault', '/v1.0/$batch', '--clear')
    const outcome = await run('invite', '--csv', 'killed.csv', '--yes')
    const { list, results } = documentOf(outcome) as { list: { counts: Record<string, number> }; results: { mail: string; result: string }[] }
    expect(list.counts['new']).toBeLessThan(40)
    expect(results.every(({ result }) => result === 'invited' || result === 'wasGuest' || result === 'unknown')).toBe(true)
    await run('run', 'delta cycle')
    const invited = (await guests()).filter(({ mail }) => mail?.endsWith('@litware.com') === true && mail.startsWith('killed'))
    expect(new Set(invited.map(({ mail }) => mail)).size).toBe(invited.length)
  })

  it('a guest is blocked and unblocked with a note, and the plan follows', async () => {
    const guest = (await guests()).find(({ mail }) => mail === 'new.person@fabrikam.com')
    expect((await text('guest', 'block', guest?.id ?? '', '--note', 'left the partner')).exitCode).toBe(0)
    await run('run', 'delta cycle')
    const plan = documentOf(await run('plan')) as { changes: { kind: string; subject: { entraId: string } }[] }
    expect(plan.changes.find(({ subject }) => subject.entraId === guest?.id)).toMatchObject({ kind: 'disable' })
    expect((await text('guest', 'unblock', guest?.id ?? '', '--note', 'is back')).exitCode).toBe(0)
  })

  it('a person without role, and one who declines, reset no redemption; the remedy names the role', async () => {
    const guest = await guestWith('new.person@fabrikam.com')
    const refused = await resetAs('employee', guest.id, 'new.address@fabrikam.com')
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('Helpdesk Administrator or User Administrator')])
    expect((await resetAs('declined', guest.id, 'new.address@fabrikam.com')).stderr).toContain('The sign-in was declined')
    await run('run', 'delta cycle')
    expect(await guestWith('new.person@fabrikam.com')).toMatchObject({ id: guest.id })
  })

  it('a reset of redemption takes the sign-in of a person with a role: id and name stay, the address follows, the trail knows who', async () => {
    const guest = await guestWith('new.person@fabrikam.com')
    const outcome = await resetAs('administrator', guest.id, 'new.address@fabrikam.com')
    expect(outcome.exitCode, outcome.stderr).toBe(0)
    expect(outcome.stdout).toMatch(/redeems anew with new\.address@fabrikam\.com \(PendingAcceptance\)[^]*reset by admin@/)
    await run('run', 'delta cycle')
    expect(await guestWith('new.address@fabrikam.com')).toMatchObject({ id: guest.id, userPrincipalName: guest.userPrincipalName })
    const trail = await readFile(join(folder, 'W', 'audit.jsonl'), 'utf8')
    for (const action of ['guestInvited', 'listInvited', 'guestBlocked', 'guestUnblocked', 'redemptionReset', 'redemptionResetEnded']) expect(trail).toContain(`"action":"${action}"`)
    expect(trail).toMatch(/"account":"admin@[^"]+","id":"[0-9a-f-]{36}","note":"changed company"/)
    // Ids only, and no token: the trail is kept longer than a person.
    expect(trail).not.toContain('new.address@fabrikam.com')
    expect(trail).not.toMatch(/eyJ[\w-]{20,}\./)
  })

  it('where no answer to a reset came, that is said and recorded, and nothing is sent twice by itself', async () => {
    const { id } = await guestWith('new.address@fabrikam.com')
    expect((await text('lab', 'fault', '/v1.0/invitations', '--cut-off', '--times', '1')).exitCode).toBe(0)
    const outcome = await resetAs('administrator', id, 'new.address@fabrikam.com')
    expect([outcome.exitCode, outcome.stderr]).toEqual([1, expect.stringContaining(`Nobody knows whether the redemption of ${id} was reset`)])
    const entries = (await readFile(join(folder, 'W', 'audit.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { readonly action: string; readonly details: object })
    expect(entries.slice(-2)).toMatchObject([{ action: 'redemptionReset', details: { id } }, { action: 'redemptionResetEnded', details: { id, outcome: 'no answer came' } }])
    expect(entries.filter(({ action, details }) => action === 'redemptionResetEnded' && 'outcome' in details).map(({ details }) => (details as { readonly outcome: string }).outcome)).toEqual(['refused', 'PendingAcceptance', 'no answer came'])
  })

  it('who became a member is neither blocked nor bound to another address', async () => {
    const { id } = await guestWith('new.address@fabrikam.com')
    expect((await text('lab', 'change', 'makeMember', `user=${id}`)).exitCode).toBe(0)
    for (const command of [['block', id], ['reset-redemption', id, 'attacker@fabrikam.com']]) {
      const outcome = await text('guest', ...command, '--note', 'by mistake')
      expect(outcome.exitCode).toBe(1)
      expect(outcome.stderr).toContain('is a member of the tenant, not a guest')
    }
  })
})

async function waitForText(file: string, text: string, times: number): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    const content = await readFile(file, 'utf8').catch(() => '')
    if (content.split(text).length - 1 >= times) return
    await sleep(50)
  }
  throw new Error(`${file} never had ${text} ${times} times`)
}
