import { app } from 'electron'
import { resolve } from 'node:path'
import { claimTheOnlyInstance, readWish } from './hosts/electron/instance.ts'
import { electronServices } from './hosts/electron/electronServices.ts'
import { openServiceOrAsk } from './hosts/electron/openServiceOrAsk.ts'
import { openMainWindow } from './hosts/electron/mainWindow.ts'
import { hardenApplication } from './hosts/electron/hardenApplication.ts'

// Electron's entry: creates the service and the window, nothing else.
const sources = import.meta.url.endsWith('.ts')
const renderer = resolve(import.meta.dirname, sources ? '../../out/renderer' : '../renderer')
const preload = resolve(import.meta.dirname, sources ? '../../out/preload/index.cjs' : '../preload/index.cjs')
const icon = resolve(import.meta.dirname, '../../resources/icons/guestbridge.png')

if (claimTheOnlyInstance()) {
  // Before Electron is ready, and at once: later is too late for the sandbox and for the scheme.
  const finishHardening = hardenApplication(renderer)
  // No await at the top: Electron becomes ready only after this module has run.
  void app.whenReady().then(async () => {
    finishHardening()
    const service = await openServiceOrAsk({
      ...readWish(),
      serviceWorker: new URL(sources ? './hosts/worker/serviceWorker.ts' : './serviceWorker.js', import.meta.url),
      labWorker: new URL(sources ? './lab/labWorker.ts' : './labWorker.js', import.meta.url),
      hostServices: electronServices,
      onError: (message) => void process.stderr.write(`${message}\n`),
    })
    if (service !== null) openMainWindow({ service, preload, icon })
  })
}
