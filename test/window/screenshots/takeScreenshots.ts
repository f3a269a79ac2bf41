import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright'
import { appearances, settle } from '../../fixtures/accessibility.ts'
import { openLabWindow, type LabWindow } from '../../fixtures/window.ts'
import { screenshots, type Screenshot } from './screenshots.ts'

// Takes every picture of the list, light and dark, for people to look at: nothing compares them.
const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'screenshots')
const quantizer = '/usr/bin/pngquant'
/** Larger ones would make every clone slow. */
const largest = 200_000

const named = process.argv.slice(2)
const chosen = screenshots.filter(({ name }) => named.length === 0 || named.some((start) => name.startsWith(start)))
if (chosen.length === 0) throw new Error(`There is no such picture: ${screenshots.map(({ name }) => name).join(', ')}`)
await mkdir(folder, { recursive: true })
const window = await openLabWindow({ lab: 'planned' })
try {
  for (const screenshot of chosen) await take(window, screenshot)
} finally {
  await window.close()
}
for (const complaint of window.complaints) console.error(`The window complained: ${complaint}`)
process.exitCode = window.complaints.length === 0 ? 0 : 1

async function take({ page }: LabWindow, { name, open }: Screenshot): Promise<void> {
  await open(page)
  await waitUntilLoaded(page)
  for (const appearance of ['light', 'dark'] as const) {
    await page.emulateMedia(appearances[appearance])
    await settle(page)
    const path = join(folder, `${name}-${appearance}.png`)
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    if (existsSync(quantizer)) spawnSync(quantizer, ['--force', '--skip-if-larger', '--speed', '1', '--strip', '--ext', '.png', '256', path], { stdio: 'inherit' })
    const { size } = await stat(path)
    console.log(`${name}-${appearance}.png ${Math.round(size / 1000)} kB`)
    if (size > largest) throw new Error(`${path} is larger than ${largest / 1000} kB: apt-get install pngquant makes pictures smaller.`)
  }
}

/** The content security policy lets playwright's own waiting for expressions not run. */
async function waitUntilLoaded(page: Page): Promise<void> {
  const until = performance.now() + 10_000
  while ((await page.getByLabel('Loading…').count()) > 0) {
    if (performance.now() > until) throw new Error('The screen does not stop loading')
    await delay(50)
  }
}
