import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guestbridge, requireExit, type Outcome } from '../fixtures/commandLine.ts'

// What a command prints to be typed next is typed as it stands: it has to name this workspace, and to go through.
describe('the next step that a command prints', () => {
  const workspace = 'Partners of Contoso'
  let folder = ''
  let exported: Outcome
  const run = (...args: readonly string[]): Promise<Outcome> => guestbridge(['--workspace', workspace, ...args], { cwd: folder })
  const runPrinted = (command: string): Promise<Outcome> => guestbridge(wordsOf(command), { cwd: folder })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-steps-'))
    const made = requireExit(await run('init', '--lab'), 0)
    requireExit(await runPrinted(printed(made.stdout, /Next: (.*)/)), 3)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('after a cycle of changes is the plan as after a full one: exit code 3 as long as it waits', async () => {
    const again = await run('run', 'delta cycle')
    expect(again.exitCode).toBe(3)
    expect(again.stdout).toMatch(/^plan [0-9a-f]{64}$/m)
  })

  it('after one import says nothing about the plan, which is older', async () => {
    const imported = await run('run', 'entra full import')
    expect(imported.exitCode).toBe(0)
    expect(imported.stdout).not.toMatch(/^plan /m)
    requireExit(await run('run', 'cycle'), 3)
  })

  it('after a preview provisions that one guest, and after writing the plan exports it', async () => {
    const preview = await run('preview', 'emily.carter@tailspintoys.com')
    expect((await runPrinted(printed(preview.stdout, /provision it with: (.*)/))).exitCode).toBe(0)
    requireExit(await run('run', 'cycle'), 3)
    const written = await run('plan', '--out', 'my plan.jsonl')
    exported = await runPrinted(printed(written.stdout, /export it with: (.*)/))
    expect(exported.exitCode).toBe(0)
  })

  it('after an invitation that waits for the guest is the same again, which gives the account when the guest has accepted', async () => {
    const waiting = await run('invite', 'pat.o\'brien@fabrikam.com', '--provision', '--yes')
    expect([waiting.exitCode, waiting.stdout]).toEqual([3, expect.stringContaining('not accepted the invitation yet')])
    const command = printed(waiting.stdout, /go on with: (.*)/)
    expect((await runPrinted(command)).exitCode, 'nothing has happened since').toBe(3)
    requireExit(await run('lab', 'change', 'acceptInvitation', `user=${printed(waiting.stdout, /Invited: (\S+)/)}`), 0)
    const provisioned = await runPrinted(command)
    expect([provisioned.exitCode, provisioned.stdout]).toEqual([0, expect.stringContaining('export confirmed 1')])
  })

  it('after an undo that a threshold blocks lifts it, with a note', async () => {
    const undone = await runPrinted(printed(exported.stdout, /of its changes \((.*)\)\./))
    const command = printed(undone.stdout, /export it with: (.*)/)
    expect(command).toContain('--lift disableAndDelete --note TEXT')
    expect((await runPrinted(command)).exitCode).toBe(0)
  })
})

function printed(text: string, pattern: RegExp): string {
  const command = pattern.exec(text)?.[1]
  if (command === undefined) throw new Error(`Nothing like ${String(pattern)} was printed:\n${text}`)
  return command
}

/** As a shell splits it; the name of the program left out. */
function wordsOf(command: string): readonly string[] {
  return Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '').slice(1)
}
