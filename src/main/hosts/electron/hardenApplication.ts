import { app, session, type Session, type WebContents } from 'electron'
import { isApplicationPage, isOurs, registerAppScheme, serveAppScheme } from './appScheme.ts'

/** What the page may do without being asked: "Copy details" writes to the clipboard. Everything else is denied. */
const permitted = 'clipboard-sanitized-write'
/** Nothing that the window shows comes from a network or from a file. */
const outside = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*']

/**
 * Shuts every door of Electron that Guestbridge does not use. To be called before Electron is ready; what it returns is
 * to be called as soon as it is.
 */
export function hardenApplication(renderer: string): () => void {
  app.enableSandbox()
  registerAppScheme()
  app.on('web-contents-created', (_event, contents) => confine(contents))
  return () => {
    serveAppScheme(renderer)
    closeSession(session.defaultSession)
  }
}

/** No contents go anywhere, open anything or hold another page. That the page loads itself again is all there is. */
function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-navigate', (details) => { if (!isApplicationPage(details.url)) details.preventDefault() })
  contents.on('will-frame-navigate', (details) => { if (!details.isMainFrame || !isApplicationPage(details.url)) details.preventDefault() })
  contents.on('will-redirect', (details) => details.preventDefault())
}

function closeSession(ours: Session): void {
  ours.setPermissionRequestHandler((_contents, permission, decide, details) => decide(permission === permitted && details.isMainFrame && isOurs(details.requestingUrl)))
  ours.setPermissionCheckHandler((_contents, permission, origin) => permission === permitted && isOurs(`${origin.replace(/\/$/, '')}/`))
  ours.setDevicePermissionHandler(() => false)
  // The checker's dictionaries would be fetched from a server.
  ours.setSpellCheckerEnabled(false)
  ours.webRequest.onBeforeRequest({ urls: outside }, (_details, decide) => decide({ cancel: true }))
  ours.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:app://guestbridge/')) return event.preventDefault()
    // The system's dialog: a page names a file, a person decides where it goes.
    item.setSaveDialogOptions({ title: 'Save as', defaultPath: item.getFilename(), properties: ['createDirectory', 'showOverwriteConfirmation'] })
  })
}
