import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright'
import { findChromium, openWindow, type LabWindow, type PreparedLab } from '../../test/fixtures/window.ts'

export type TimedStart = { readonly window: LabWindow; readonly milliseconds: number }

/** Until the Overview has its counts, and the navigation the number of changes. */
export async function timeStart(lab: PreparedLab): Promise<TimedStart> {
  const began = performance.now()
  const window = await openWindow(lab, {})
  await window.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  await window.page.getByRole('link', { name: /^Changes/ }).first().getByText(/100,/).waitFor()
  return { window, milliseconds: performance.now() - began }
}

/** Ends the window but not its workspace, which the next start opens. */
export async function endStart({ window }: TimedStart): Promise<void> {
  await window.page.context().browser()?.close()
  await window.killHost()
}

/** The same by a server and a page with nothing in them: Node and Chromium take so long by themselves. */
export async function timeBareStart(): Promise<number> {
  const began = performance.now()
  const server = spawn(process.execPath, [join(import.meta.dirname, '..', 'processes', 'bareServer.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [address] = (await once(createInterface({ input: server.stdout }), 'line')) as [string]
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--lang=en-US'] })
  try {
    const page = await browser.newPage()
    await page.goto(address)
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    return performance.now() - began
  } finally {
    await browser.close()
    const ended = once(server, 'close')
    server.kill()
    await ended
  }
}
