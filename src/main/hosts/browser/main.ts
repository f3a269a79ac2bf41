import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { inputs } from '../../../shared/api/contract.ts'
import { jobInputs } from '../../../shared/api/jobs.ts'
import { serve } from '../../../shared/rpc/serve.ts'
import { findUserWorkspaceFolder } from '../../workspace/folders.ts'
import { openWorkers } from '../worker/openWorkers.ts'
import { startBrowserHost } from './browserHost.ts'
import { findBrowser } from './findBrowser.ts'

// Entry of the loopback host: the same window as Electron's, in an installed browser. `--print` opens no window and prints
// the one-time address instead.
const { values } = parseArgs({ options: { workspace: { type: 'string' }, print: { type: 'boolean' }, port: { type: 'string' } } })
const sources = import.meta.url.endsWith('.ts')
const folder = workspaceFolder()
const workers = await openWorkers({
  folder, environment: process.env,
  entry: new URL(sources ? '../worker/serviceWorker.ts' : './serviceWorker.js', import.meta.url),
  labWorker: new URL(sources ? '../../lab/labWorker.ts' : './labWorker.js', import.meta.url).href,
  onError: (message) => console.error(message),
})
if (!workers.ok) {
  for (const problem of workers.problem) console.error(`${problem.message}\n  → ${problem.remedy}`)
  process.exit(2)
}
const host = await startBrowserHost({
  renderer: resolve(import.meta.dirname, sources ? '../../../../out/renderer' : '../renderer'),
  port: Number(values.port ?? 0), now: () => Date.now(),
  onChannel: (channel) => {
    const session = workers.value.open()
    channel.onClose(() => session.close())
    serve(channel, session.handler, { names: new Set([...Object.keys(inputs), ...Object.keys(jobInputs)]), onError: (name, error) => console.error(name, error) })
  },
})
const browser = values.print === true ? null : findBrowser(process.env, process.platform)
if (browser === null) console.log(`Open this address once, within two minutes: ${host.address}`)
else await openWindow(browser)
const end = async (): Promise<void> => {
  await host.close()
  await workers.value.close()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end())
void workers.value.died.then((error) => {
  console.error(error)
  process.exit(1)
})

function workspaceFolder(): string {
  if (values.workspace !== undefined) return resolve(process.env['INIT_CWD'] ?? process.cwd(), values.workspace)
  const usual = findUserWorkspaceFolder(process.env, process.platform)
  if (usual.ok) return usual.value
  console.error(`${usual.problem.message}\n  → ${usual.problem.remedy}`)
  return process.exit(2)
}

/** A command line can be read by other users of this machine, a file of ours cannot: the token stands in the file. */
async function openWindow(program: string): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'guestbridge-window-'))
  const page = join(profile, 'open.html')
  await writeFile(page, `<!doctype html><meta name="referrer" content="no-referrer"><script>location.replace(${JSON.stringify(host.address)})</script>`, { mode: 0o600 })
  const args = [`--app=file://${page}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check', '--disable-sync', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const window = spawn(program, args, { stdio: 'ignore' })
  console.log(`Guestbridge opens in ${program}; the service listens on 127.0.0.1:${host.port} and ends with the window.`)
  window.once('exit', () => void rm(profile, { recursive: true, force: true }).then(() => end()))
}
