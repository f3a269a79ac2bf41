import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { environmentWithoutSecrets } from '../../workspace/environmentWithoutSecrets.ts'

export type BrowserWindow = {
  /** Settles with the window's end; `failure` where the browser did not open one. */
  readonly ended: Promise<{ readonly failure: Error | null }>
  readonly kill: () => void
}

/** A browser that ends with an error sooner than this never showed a window (no display, a broken installation). */
const shortestWindow = 5_000

/**
 * A window of its own, without tabs and with a profile that is thrown away. A command line can be read by other users of
 * this machine, a file of ours cannot: the address with its token stands in the file.
 */
export async function openBrowserWindow(program: string, address: string): Promise<BrowserWindow> {
  const profile = await mkdtemp(join(tmpdir(), 'guestbridge-window-'))
  const page = join(profile, 'open.html')
  await writeFile(page, `<!doctype html><meta name="referrer" content="no-referrer"><script>location.replace(${JSON.stringify(address)})</script>`, { mode: 0o600 })
  const opened = performance.now()
  const window = spawn(program, browserArguments(page, profile, process.getuid?.()), { stdio: 'ignore', env: environmentWithoutSecrets(process.env) })
  const ended = new Promise<Error | null>((resolve) => {
    window.once('error', (error) => resolve(new Error(`${program} cannot be started: ${error.message}`)))
    window.once('exit', (code) => {
      const isFailure = code !== 0 && performance.now() - opened < shortestWindow
      resolve(isFailure ? new Error(`${program} ended with code ${code ?? 'none'} before it showed a window.`) : null)
    })
  })
  return {
    ended: ended.then(async (failure) => {
      // Chromium's helpers outlive it for a moment, and make the folder again.
      await delay(300)
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
      return { failure }
    }),
    kill: () => void window.kill(),
  }
}

export function browserArguments(page: string, profile: string, user: number | undefined): readonly string[] {
  // Chromium refuses to run its sandbox as root.
  return [`--app=file://${page}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check', '--disable-sync', ...(user === 0 ? ['--no-sandbox'] : [])]
}
