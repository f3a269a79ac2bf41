import { app, BrowserWindow } from 'electron'
import { parseArgs } from 'node:util'
import type { WorkspaceWish } from '../window/prepareWorkspace.ts'

/** False where another Guestbridge of this user runs already: that one comes to the front, and this one ends. */
export function claimTheOnlyInstance(): boolean {
  // Before the lock: it lies in the folder that is named after the application.
  app.setName('Guestbridge')
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return false
  }
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  return true
}

/** What the command line and the environment say about the workspace. */
export function readWish(): Omit<WorkspaceWish, 'labWorker'> {
  return { named: chosenWorkspace(process.argv), currentFolder: process.env['INIT_CWD'] ?? process.cwd(), environment: process.env, platform: process.platform }
}

/** `--workspace FOLDER` among the switches that Chromium and Electron take for themselves. */
function chosenWorkspace(commandLine: readonly string[]): string | undefined {
  const { workspace } = parseArgs({ args: commandLine.slice(1), strict: false, allowPositionals: true, options: { workspace: { type: 'string' } } }).values
  return typeof workspace === 'string' ? workspace : undefined
}
