import { resolve } from 'node:path'
import { openWorkspaceService } from '../window/openWorkspaceService.ts'
import { startBrowserHost } from './browserHost.ts'
import { findBrowser } from './findBrowser.ts'
import { openBrowserWindow, type BrowserWindow } from './openBrowserWindow.ts'
import { readOptions } from './readOptions.ts'

// Entry of the loopback host: the same window as Electron's, in an installed browser. `--print` opens no window and prints
// the one-time address instead.
const options = readOptions(process.argv.slice(2))
if (!options.ok) {
  say(`${options.problem.message}\n  → ${options.problem.remedy}`)
  process.exit(2)
}
const { workspace, opens, port } = options.value
const sources = import.meta.url.endsWith('.ts')
const service = await openWorkspaceService({
  named: workspace, currentFolder: process.env['INIT_CWD'] ?? process.cwd(), environment: process.env, platform: process.platform,
  serviceWorker: new URL(sources ? '../worker/serviceWorker.ts' : './serviceWorker.js', import.meta.url),
  labWorker: new URL(sources ? '../../lab/labWorker.ts' : './labWorker.js', import.meta.url),
  onError: say,
})
if (!service.ok) {
  for (const problem of service.problem) say(`${problem.message}\n  → ${problem.remedy}`)
  process.exit(2)
}
const host = await startBrowserHost({
  renderer: resolve(import.meta.dirname, sources ? '../../../../out/renderer' : '../renderer'),
  port, now: () => Date.now(), patience: 10_000, onChannel: service.value.serve,
})
let isEnding = false
const browser = opens === 'nothing' ? null : findBrowser(process.env, process.platform)
const window = browser === null ? null : openBrowserWindow(browser, host.address)
if (window === null) print(`${opens === 'nothing' ? '' : 'No Chromium-family browser was found (GUESTBRIDGE_BROWSER names one). '}Open this address once, within two minutes: ${host.address}`)
else await followWindow(window)

// Whoever asks twice does not want to wait for the clean end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => (isEnding ? process.exit(130) : void end()))

async function followWindow(opening: Promise<BrowserWindow>): Promise<void> {
  const opened = await opening
  print(`Guestbridge opens in ${browser}; it ends with the window, or with Ctrl+C.`)
  process.once('exit', opened.kill)
  void opened.ended.then(({ failure }) => {
    if (isEnding) return
    if (failure === null) return end()
    say(failure.message)
    print(`Open this address once, within two minutes: ${host.address}`)
  })
}

async function end(): Promise<void> {
  isEnding = true
  if (window !== null) {
    const opened = await window
    opened.kill()
    await opened.ended
  }
  await host.close()
  if (service.ok) await service.value.close()
  process.exit(0)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function say(message: string): void {
  process.stderr.write(`${message}\n`)
}
