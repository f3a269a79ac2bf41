import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requireGroup } from '../fixtures/systemPackages.ts'

const run = promisify(execFile)
const keychain = requireGroup('keychain')
const workspace = '0b7d3c5e-7f2a-4b7c-9b1e-1c7a2f3d4e5f'

// A session bus of its own with an unlocked Secret Service, so that nobody's keychain is touched.
describe.skipIf(!keychain.available)(`the keychain on a real Secret Service${keychain.available ? '' : ` (skipped: ${keychain.reason})`}`, () => {
  let home: string
  beforeEach(async () => { home = await mkdtemp(join(tmpdir(), 'guestbridge-keychain-')) })
  afterEach(() => rm(home, { recursive: true, force: true }))

  async function inSession(script: string): Promise<unknown> {
    const module = new URL('../../src/main/workspace/keychain.ts', import.meta.url).href
    const program = join(home, 'program.mjs')
    await writeFile(program, `import * as keychain from ${JSON.stringify(module)}; const answer = await (async () => { ${script} })(); process.stdout.write(JSON.stringify(answer)); process.exit(0)`)
    const unlock = `printf 'test' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "${process.execPath}" "${program}"`
    const { stdout } = await run('dbus-run-session', ['--', 'sh', '-c', unlock], { env: { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: join(home, 'data') }, timeout: 15_000 })
    return JSON.parse(stdout)
  }

  it('keeps a secret per workspace, gives it back, and forgets it', async () => {
    const answer = await inSession(`
      const kept = await keychain.keepSecret('${workspace}', 'directory', 'Pä$$ wörd');
      const found = await keychain.findSecret('${workspace}', 'directory');
      const other = await keychain.findSecret('other', 'directory');
      const removed = await keychain.removeSecret('${workspace}', 'directory');
      return { kept, found, other, removed, after: await keychain.findSecret('${workspace}', 'directory') };`)
    expect(answer).toEqual({
      kept: { ok: true, value: null }, found: { ok: true, value: 'Pä$$ wörd' }, other: { ok: true, value: null }, removed: { ok: true, value: true }, after: { ok: true, value: null },
    })
  })

  it('fills what the environment lacks, and a variable that is set wins', async () => {
    const answer = await inSession(`
      await keychain.keepSecret('${workspace}', 'entra', 'kept'); await keychain.keepSecret('${workspace}', 'directory', 'kept');
      return keychain.fillFromKeychain({ GUESTBRIDGE_ENTRA_SECRET: 'set' }, '${workspace}', ['entra', 'directory']);`)
    expect(answer).toEqual({ GUESTBRIDGE_ENTRA_SECRET: 'set', GUESTBRIDGE_AD_PASSWORD: 'kept' })
  })
})

describe.skipIf(process.platform !== 'linux')('without a Secret Service', () => {
  it('the environment stays as it is, and asking says what to do', async () => {
    const home = await mkdtemp(join(tmpdir(), 'guestbridge-keychain-'))
    try {
      const program = join(home, 'program.mjs')
      const module = new URL('../../src/main/workspace/keychain.ts', import.meta.url).href
      await writeFile(program, `import * as keychain from ${JSON.stringify(module)}; const found = await keychain.findSecret('w', 'entra'); const filled = await keychain.fillFromKeychain({ GUESTBRIDGE_AD_PASSWORD: 'set' }, 'w', ['entra', 'directory']); process.stdout.write(JSON.stringify({ found, filled })); process.exit(0)`)
      // No address of a session bus and no folder in which one could be found.
      const { stdout } = await run(process.execPath, [program], { env: { PATH: '/nonexistent', HOME: home, XDG_RUNTIME_DIR: home }, timeout: 15_000 })
      expect(JSON.parse(stdout)).toMatchObject({ found: { ok: false, problem: { kind: 'keychainUnavailable' } }, filled: { GUESTBRIDGE_AD_PASSWORD: 'set' } })
    } finally {
      await rm(home, { recursive: true, force: true })
    }
  })
})
