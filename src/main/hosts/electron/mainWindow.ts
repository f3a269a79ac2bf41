import { app, BrowserWindow, dialog, Menu, nativeTheme, type WebPreferences } from 'electron'
import type { WindowService } from '../window/openWindowService.ts'
import { applicationAddress } from './appScheme.ts'
import { menuTemplate } from './menu.ts'
import { openSignInPages } from './openSignInPages.ts'
import { givePorts } from './windowPorts.ts'
import { boundsOf, keepWindowState, readWindowState, smallestWindow } from './windowState.ts'

export type MainWindowOptions = { readonly service: WindowService; /** Path of the built preload. */ readonly preload: string; /** Path of a PNG, for the bars of Linux; Windows and macOS take the program's. */ readonly icon: string }

/** The window on a running service; both end together. */
export function openMainWindow({ service, preload, icon }: MainWindowOptions): BrowserWindow {
  const state = readWindowState()
  const window = new BrowserWindow({
    ...boundsOf(state), minWidth: smallestWindow.width, minHeight: smallestWindow.height, title: 'Guestbridge', icon, show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#292929' : '#fafafa', webPreferences: confinedPreferences(preload, app.isPackaged ? 'packaged' : 'workingCopy'),
  })
  if (state?.isMaximized === true) window.maximize()
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged ? 'packaged' : 'workingCopy')))
  keepWindowState(window, say)
  givePorts(window.webContents, service.serve)
  openSignInPages(window.webContents, service.isSignInAddress, say)
  offerWayOn(window)
  endWithWindow(service)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(applicationAddress)
  return window
}

export function confinedPreferences(preload: string, installation: 'packaged' | 'workingCopy'): WebPreferences {
  return {
    preload, sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true,
    allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, safeDialogs: true, spellcheck: false,
    devTools: installation === 'workingCopy',
  }
}

/** The service goes on without its page, so a page that crashed is loaded again and joins what runs. */
function offerWayOn(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    void ask(window, 'The window of Guestbridge has crashed.', `Reason: ${details.reason}. What runs in the service goes on; the window joins it again.`, ['Load it again', 'Quit'])
  })
  window.on('unresponsive', () => {
    void ask(window, 'The window of Guestbridge does not answer.', 'What runs in the service goes on meanwhile.', ['Load it again', 'Quit', 'Wait'])
  })
}

async function ask(window: BrowserWindow, message: string, detail: string, buttons: readonly string[]): Promise<void> {
  const { response } = await dialog.showMessageBox({ type: 'error', message, detail, buttons: [...buttons], defaultId: 0, cancelId: buttons.length - 1, noLink: true })
  if (response === 0 && !window.isDestroyed()) window.webContents.reload()
  if (response === 1) app.quit()
}

/** Work is cancelled and files are closed before the process ends. */
function endWithWindow(service: WindowService): void {
  let status: 'open' | 'closing' = 'open'
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (status === 'closing') return
    status = 'closing'
    void service.close().catch((error: unknown) => say(`The service did not end well: ${String(error)}`)).finally(() => app.exit(0))
  })
}

function say(message: string): void {
  process.stderr.write(`${message}\n`)
}
