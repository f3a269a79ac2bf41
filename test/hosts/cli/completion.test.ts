import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guestbridge } from '../../fixtures/commandLine.ts'

const execute = promisify(execFile)

describe('completion in bash', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-completion-'))
    const { stdout } = await guestbridge(['completion', 'bash'], { cwd: folder })
    await writeFile(join(folder, 'completion.bash'), stdout)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** What bash would offer after these words; the last one is being typed. */
  const complete = async (...words: readonly string[]): Promise<readonly string[]> => {
    const quoted = ['guestbridge', ...words].map((word) => `'${word}'`).join(' ')
    const script = `source completion.bash; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _guestbridge; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout } = await execute('bash', ['--norc', '-c', script], { cwd: folder })
    return stdout.split('\n').filter((line) => line !== '')
  }

  it.each([
    [['pr'], ['preview', 'provision']],
    [['hold', ''], ['list', 'release', '--help']],
    [['decisions', 'fo'], ['forget']],
    [['export', '--l'], ['--lift']],
    [['--json', 'plan', '--ex'], ['--exclude']],
    [['completion', 'z'], ['zsh']],
  ] as const)('after "%s" offers %s', async (words, offered) => {
    expect(await complete(...words)).toEqual(offered)
  })

  it('offers files where no word fits', async () => {
    expect(await complete('export', '--plan', 'comp')).toEqual(['completion.bash'])
  })
})

describe('a script for completion', () => {
  it.each(['bash', 'zsh'])('is one that %s can read', async (shell) => {
    const { stdout, exitCode } = await guestbridge(['completion', shell], { cwd: tmpdir() })
    expect(exitCode).toBe(0)
    const checking = execFile('bash', ['-n'])
    checking.stdin?.end(stdout)
    expect(await new Promise((resolve) => checking.on('exit', resolve))).toBe(0)
  })

  it('for PowerShell knows the subcommands', async () => {
    const { stdout } = await guestbridge(['completion', 'powershell'], { cwd: tmpdir() })
    expect(stdout).toContain("'hold' = @('list', 'release', '--help')")
  })

  it('for another shell is refused with what there is', async () => {
    const { stderr, exitCode } = await guestbridge(['completion', 'fish'], { cwd: tmpdir() })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('bash, zsh, powershell')
  })
})
