import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

// Stands in for the module `electron` in tests of the main entry: it keeps what it is told, and does nothing. Its ports
// are real ones, so that a page can be played at their other end.

type Decide = (...rest: never[]) => unknown
type Handlers = Record<string, Decide>

/** Node's port with the events of MessagePortMain. */
class PortStandIn extends EventEmitter {
  readonly #port: MessagePort
  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
  }
  start(): void { this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] })) }
  postMessage(message: unknown): void { this.#port.postMessage(message) }
  close(): void { this.#port.close() }
}

export class FrameStandIn {
  url: string
  readonly given: { readonly channel: string; readonly port: MessagePort }[] = []
  constructor(url: string) { this.url = url }
  postMessage(channel: string, _message: unknown, [port]: readonly MessagePort[]): void {
    if (port !== undefined) this.given.push({ channel, port })
  }
}

export class ContentsStandIn extends EventEmitter {
  readonly mainFrame = new FrameStandIn('app://guestbridge/#/overview')
  openHandler: ((details: { readonly url: string }) => unknown) | null = null
  reloads = 0
  setWindowOpenHandler(handler: (details: { readonly url: string }) => unknown): void { this.openHandler = handler }
  reload(): void { this.reloads += 1 }
}

export type WindowOptions = { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number; readonly minWidth: number; readonly minHeight: number; readonly icon: string; readonly webPreferences: Readonly<Record<string, unknown>> }

type Modules = { readonly app: EventEmitter; readonly ipcMain: EventEmitter } & Readonly<Record<string, unknown>>

export class WindowStandIn extends EventEmitter {
  readonly webContents = new ContentsStandIn()
  readonly options: WindowOptions
  addresses: string[] = []
  focused = 0
  constructor(options: WindowOptions) {
    super()
    this.options = options
  }
  loadURL(address: string): Promise<void> {
    this.addresses.push(address)
    return Promise.resolve()
  }
  isMinimized(): boolean { return false }
  isDestroyed(): boolean { return false }
  isMaximized(): boolean { return false }
  getNormalBounds(): object { return { x: 10, y: 20, width: 1200, height: 800 } }
  focus(): void { this.focused += 1 }
}

export function createElectron(folder: string, answers: { readonly lock: boolean; readonly messageBox: readonly number[]; readonly proxy?: (url: string) => Promise<string> }) {
  const told = {
    sandbox: false, schemes: new Array<{ scheme: string; privileges: object }>(), quits: 0, exits: new Array<number>(), boxes: new Array<{ message: string; detail: string; buttons: readonly string[] }>(),
    windows: new Array<WindowStandIn>(), session: {} as Handlers, protocols: {} as Record<string, (request: Request) => Promise<Response>>, blocked: new Array<string>(), menu: new Array<{ role?: string }>(), spellCheck: true,
    resolved: new Array<string>(),
  }
  const opened: string[] = []
  const pending = [...answers.messageBox]
  const ready = Promise.withResolvers<void>()
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false, enableSandbox: () => { told.sandbox = true }, setName: () => undefined, requestSingleInstanceLock: () => answers.lock, quit: () => { told.quits += 1 }, exit: (code: number) => void told.exits.push(code),
    whenReady: () => ready.promise, getPath: () => folder,
  })
  class BrowserWindow extends WindowStandIn {
    static getAllWindows(): readonly WindowStandIn[] { return told.windows }
    constructor(options: WindowOptions) {
      super(options)
      told.windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
  }
  const keep = (name: string) => (handler: Decide) => { told.session[name] = handler }
  const module: Modules = {
    app, BrowserWindow, ipcMain: new EventEmitter(), nativeTheme: { shouldUseDarkColors: false },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    Menu: { buildFromTemplate: (template: { role?: string }[]) => template, setApplicationMenu: (template: { role?: string }[]) => { told.menu = template } },
    dialog: { showMessageBox: (box: { message: string; detail: string; buttons: readonly string[] }) => {
      told.boxes.push(box)
      return Promise.resolve({ response: pending.shift() ?? box.buttons.indexOf('Quit') })
    }, showOpenDialog: () => Promise.resolve({ filePaths: [] }) },
    shell: { openExternal: (address: string) => {
      opened.push(address)
      return Promise.resolve()
    } },
    protocol: { registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: object }[]) => void told.schemes.push(...schemes), handle: (scheme: string, handler: (request: Request) => Promise<Response>) => { told.protocols[scheme] = handler } },
    session: { defaultSession: {
      setPermissionRequestHandler: keep('request'), setPermissionCheckHandler: keep('check'), setDevicePermissionHandler: keep('device'), setSpellCheckerEnabled: (enabled: boolean) => { told.spellCheck = enabled },
      webRequest: { onBeforeRequest: ({ urls }: { urls: string[] }, handler: Decide) => {
        told.blocked = urls
        told.session['webRequest'] = handler
      } },
      resolveProxy: (url: string) => {
        told.resolved.push(url)
        return answers.proxy?.(url) ?? Promise.resolve('DIRECT')
      },
      on: (_name: 'will-download', handler: Decide) => { told.session['download'] = handler },
    } },
    MessageChannelMain: class {
      readonly port1: PortStandIn
      readonly port2: MessagePort
      constructor() {
        const { port1, port2 } = new MessageChannel()
        this.port1 = new PortStandIn(port1)
        this.port2 = port2
      }
    },
  }
  return { module, told, opened, becomeReady: ready.resolve }
}

export type ElectronStandIn = ReturnType<typeof createElectron>
