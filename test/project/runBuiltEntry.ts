import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { portChannel } from '../../src/main/hosts/worker/portChannel.ts'
import { connect } from '../../src/shared/rpc/connect.ts'
import { createElectron } from '../hosts/electron/electronStandIn.ts'

// A process of its own, in which the built entry finds a stand-in where Electron has its module: that can only be said to
// the loader. Prints what the window has got as JSON.
const [build = '', folder = ''] = process.argv.slice(2)
const standIn = 'stand-in:electron'
const electron = createElectron(folder, { lock: true, messageBox: [] })
const shared = Symbol.for(standIn)
Object.assign(globalThis, { [shared]: electron.module })
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context)),
  load: (url, context, next) => {
    if (url !== standIn) return next(url, context)
    return { format: 'module', shortCircuit: true, source: `export const { ${Object.keys(electron.module).join(', ')} } = globalThis[Symbol.for('${standIn}')]` }
  },
})

process.argv = ['electron', 'index.js', '--workspace', join(folder, 'W')]
await import(pathToFileURL(join(build, 'main', 'index.js')).href)
electron.becomeReady()
while (electron.told.windows.length === 0 && electron.told.quits === 0) await wait(20)
console.log(JSON.stringify({ boxes: electron.told.boxes, ...(await lookAtWindow()) }))
electron.module.app.emit('will-quit', { preventDefault: () => undefined })

/** As the preload and the page do. */
async function lookAtWindow(): Promise<object> {
  const [window] = electron.told.windows
  if (window === undefined) return { window: null }
  const frame = window.webContents.mainFrame
  electron.module.ipcMain.emit('guestbridge:portWanted', { sender: window.webContents, senderFrame: frame })
  const port = frame.given.at(-1)?.port
  const page = await electron.told.protocols['app']?.(new Request('app://guestbridge/'))
  return {
    page: { status: page?.status, text: await page?.text() },
    hasPreload: existsSync(String(window.options.webPreferences['preload'])),
    icon: basename(window.options.icon),
    workspace: port === undefined ? null : await connect(portChannel(port)).call('workspace.describe', {}),
  }
}
