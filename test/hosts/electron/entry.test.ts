import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { portChannel } from '../../../src/main/hosts/worker/portChannel.ts'
import type { EntraShown } from '../../../src/shared/api/connectCalls.ts'
import type { Progress } from '../../../src/shared/domain/run.ts'
import { connect, type Caller } from '../../../src/shared/rpc/connect.ts'
import { createElectron, FrameStandIn, type ElectronStandIn } from './electronStandIn.ts'

// The main entry as Electron runs it, on a real service and a real lab; only the module `electron` is a stand-in.
const current = vi.hoisted(() => ({ electron: {} as Record<string, unknown> }))
vi.mock('electron', () => new Proxy({}, { get: (_target, name) => (name === 'then' ? undefined : current.electron[String(name)]), has: (_target, name) => name in current.electron }))

let folder: string
let electron: ElectronStandIn
const commandLine = process.argv

describe('before Electron is ready, the entry', () => {
  beforeEach(makeFolder)
  afterEach(end)

  it('turns the sandbox on for every page and gives the application a scheme with an origin', async () => {
    await start()
    expect(electron.told.sandbox).toBe(true)
    expect(electron.told.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
    expect(electron.told.windows).toEqual([])
  })

  it('ends where another Guestbridge runs, and opens nothing', async () => {
    await start({ lock: false, messageBox: [] })
    electron.becomeReady()
    await Promise.resolve()
    expect(electron.told).toMatchObject({ quits: 1, windows: [], schemes: [] })
  })
})

// One window and one service for all of these: none of them changes what another one looks at.
describe('the window', () => {
  beforeAll(async () => {
    await makeFolder()
    await writeFile(join(folder, 'window.json'), '{"bounds":{"x":100,"y":50,"width":1100,"height":750},"isMaximized":false}')
    await start()
    await open()
  })
  afterAll(end)

  it('is confined: sandbox, own world, no Node, no webview, web security', () => {
    expect(window().options.webPreferences).toMatchObject({
      sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true, allowRunningInsecureContent: false, webviewTag: false,
      experimentalFeatures: false, navigateOnDragDrop: false, spellcheck: false, preload: expect.stringMatching(/preload[/\\]index\.cjs$/),
    })
    for (const name of ['enableBlinkFeatures', 'additionalArguments', 'partition', 'session']) expect(window().options.webPreferences).not.toHaveProperty(name)
    expect(window().addresses).toEqual(['app://guestbridge/'])
    expect(window().options).toMatchObject({ minWidth: 1024, minHeight: 700 })
    expect(existsSync(window().options.icon)).toBe(true)
    expect(electron.told.spellCheck).toBe(false)
    expect(electron.told.menu.map(({ role }) => role)).toContain('editMenu')
  })

  it('goes nowhere: no new window, no webview, no other address, no redirect', () => {
    const contents = window().webContents
    for (const url of ['https://evil.example/', 'app://guestbridge/', 'file:///etc/passwd', 'javascript:0']) expect(contents.openHandler?.({ url }), url).toEqual({ action: 'deny' })
    expect(electron.opened).toEqual([])
    const isPrevented = (name: string, details: object): boolean => {
      const event = { ...details, prevented: false, preventDefault: () => { event.prevented = true } }
      contents.emit(name, event)
      return event.prevented
    }
    expect(isPrevented('will-attach-webview', {})).toBe(true)
    expect(isPrevented('will-redirect', { url: 'app://guestbridge/' })).toBe(true)
    for (const url of ['https://evil.example/', 'file:///etc/passwd', 'app://evil/', 'app://guestbridge@evil/', 'app://guestbridge/assets/main.js', 'data:text/html,x', 'javascript:0', 'about:blank']) {
      expect(isPrevented('will-navigate', { url }), url).toBe(true)
      expect(isPrevented('will-frame-navigate', { url, isMainFrame: true }), url).toBe(true)
    }
    expect(isPrevented('will-frame-navigate', { url: 'app://guestbridge/', isMainFrame: false })).toBe(true)
    expect(isPrevented('will-navigate', { url: 'app://guestbridge/#/changes' }), 'that it loads itself again').toBe(false)
  })

  it('hands the browser of the person the address of a sign-in that the service waits for, and nothing else', async () => {
    const page = requestPort(window().webContents.mainFrame)
    const shown = (await page.call('connect.show', {})) as { readonly value: { readonly entra: EntraShown } }
    const { credential: _credential, ...application } = shown.value.entra
    const named = Promise.withResolvers<string>()
    const cancel = new AbortController()
    const signingIn = page.call('connect.signIn', { draft: randomUUID(), how: 'browser', ...application }, { signal: cancel.signal, onEvent: (event) => named.resolve((event as Progress).signIn?.address ?? '') })
    const address = await named.promise
    const click = (url: string): unknown => window().webContents.openHandler?.({ url })
    for (const other of ['https://evil.example/', new URL('/', address).href, `${address}&x=1`, address.replace('https:', 'http:')]) expect(click(other), other).toEqual({ action: 'deny' })
    expect(electron.opened).toEqual([])
    expect(click(address), 'no window of ours').toEqual({ action: 'deny' })
    expect(electron.opened).toEqual([address])
    cancel.abort()
    expect(await signingIn).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
    click(address)
    expect(electron.opened, 'nobody waits for it any more').toHaveLength(1)
  })

  it('is granted nothing but writing to the clipboard', () => {
    const ask = (permission: string, details: object): boolean => {
      let granted = true
      electron.told.session['request']?.(...([null, permission, (answer: boolean) => { granted = answer }, details] as never[]))
      return granted
    }
    const ours = { isMainFrame: true, requestingUrl: 'app://guestbridge/' }
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'usb', 'unknown']) {
      expect(ask(permission, ours), permission).toBe(false)
      expect(electron.told.session['check']?.(...([null, permission, 'app://guestbridge'] as never[])), permission).toBe(false)
    }
    expect(ask('clipboard-sanitized-write', ours)).toBe(true)
    expect(ask('clipboard-sanitized-write', { ...ours, isMainFrame: false })).toBe(false)
    expect(ask('clipboard-sanitized-write', { ...ours, requestingUrl: 'https://evil.example/' })).toBe(false)
    expect(electron.told.session['check']?.(...([null, 'clipboard-sanitized-write', 'https://evil.example'] as never[]))).toBe(false)
    expect(electron.told.session['device']?.()).toBe(false)
  })

  it('reaches no network and no file', () => {
    expect(electron.told.blocked).toEqual(['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'])
    let decision: unknown
    electron.told.session['webRequest']?.(...([{}, (answer: unknown) => { decision = answer }] as never[]))
    expect(decision).toEqual({ cancel: true })
  })

  it('saves only what it made itself, where the person says', () => {
    const download = (address: string) => {
      const item = { shown: null as unknown, prevented: false, getURL: () => address, getFilename: () => 'guests.csv', setSaveDialogOptions: (options: unknown) => { item.shown = options } }
      electron.told.session['download']?.(...([{ preventDefault: () => { item.prevented = true } }, item] as never[]))
      return { prevented: item.prevented, shown: item.shown }
    }
    expect(download('blob:app://guestbridge/1')).toMatchObject({ prevented: false, shown: { defaultPath: 'guests.csv' } })
    expect(download('https://evil.example/x.exe')).toEqual({ prevented: true, shown: null })
    expect(download('data:text/plain,x')).toEqual({ prevented: true, shown: null })
  })

  it('gets nothing of the disk but the built renderer', async () => {
    const get = (address: string, method = 'GET') => electron.told.protocols['app']?.(new Request(address, { method }))
    for (const address of ['app://evil/', 'app://guestbridge/..%2f..%2fpackage.json', 'app://guestbridge/%', 'app://guestbridge/nothing']) expect((await get(address))?.status, address).toBe(404)
    expect((await get('app://guestbridge/', 'POST'))?.status).toBe(405)
  })

  it('talks to the service over a port of its own for each page load', async () => {
    const first = requestPort(window().webContents.mainFrame)
    expect(await first.call('workspace.describe', {})).toMatchObject({ ok: true, value: { purpose: 'lab' } })
    const second = requestPort(window().webContents.mainFrame)
    expect(await second.call('jobs.list', {})).toMatchObject([{ call: 'runs.start' }])
  })

  it('alone gets a port: no other sender, no frame inside of it, no other address', () => {
    const contents = window().webContents
    const strangers = [
      { sender: {}, senderFrame: contents.mainFrame }, { sender: contents, senderFrame: new FrameStandIn('app://guestbridge/') }, { sender: contents, senderFrame: null },
    ]
    const before = contents.mainFrame.given.length
    for (const event of strangers) electron.module.ipcMain.emit('guestbridge:portWanted', event)
    const ours = contents.mainFrame.url
    contents.mainFrame.url = 'https://evil.example/'
    electron.module.ipcMain.emit('guestbridge:portWanted', { sender: contents, senderFrame: contents.mainFrame })
    contents.mainFrame.url = ours
    expect(strangers.flatMap(({ senderFrame }) => (senderFrame === contents.mainFrame ? [] : senderFrame?.given ?? []))).toEqual([])
    expect(contents.mainFrame.given).toHaveLength(before)
  })

  it('comes to the front when Guestbridge is started again', () => {
    electron.module.app.emit('second-instance')
    expect(window().focused).toBe(1)
  })

  it('is loaded again after a crash, if the person wants it', async () => {
    window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await vi.waitFor(() => expect(window().webContents.reloads).toBe(1))
    expect(electron.told.boxes[0]).toMatchObject({ message: expect.stringContaining('crashed'), buttons: ['Load it again', 'Quit'] })
  })

  it('stands where it stood last, and its place is kept when it closes', async () => {
    expect(window().options).toMatchObject({ x: 100, y: 50, width: 1100, height: 750 })
    window().emit('close')
    expect(JSON.parse(await readFile(join(folder, 'window.json'), 'utf8'))).toEqual({ bounds: { x: 10, y: 20, width: 1200, height: 800 }, isMaximized: false })
  })
})

describe('the proxy of the system', () => {
  beforeEach(async () => {
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy']) vi.stubEnv(name, undefined)
    await makeFolder()
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await end()
  })

  async function checkProxy(): Promise<unknown> {
    const answer = await requestPort(window().webContents.mainFrame).call('readiness.check', { only: ['tenant-proxy'] })
    return (answer as { readonly value: { readonly findings: readonly unknown[] } }).value.findings[0]
  }

  it('is what the browser answers, which knows scripts: Graph has a proxy, the lab on this computer has none', async () => {
    await start({ lock: true, messageBox: [0], proxy: (url) => Promise.resolve(new URL(url).hostname === 'localhost' ? 'DIRECT' : 'PROXY 127.0.0.1:9; DIRECT') })
    await open()
    expect(electron.told.resolved).toEqual(expect.arrayContaining(['https://graph.microsoft.com', 'https://login.microsoftonline.com']))
    expect(await checkProxy()).toMatchObject({ state: 'passed', message: 'Graph is asked directly, as an exception of the proxy http://127.0.0.1:9 (the settings of the system, as the window reads them).' })
  })

  it('is asked of the system itself where the browser fails, and nothing stops', async () => {
    await start({ lock: true, messageBox: [0], proxy: () => Promise.reject(new Error('no session')) })
    await open()
    expect(electron.told.resolved).not.toEqual([])
    expect(await checkProxy()).toMatchObject({ message: expect.stringContaining('Graph is asked directly') as unknown })
  })

  it('is not asked where the environment names one', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:9')
    await start()
    await open()
    expect(electron.told.resolved).toEqual([])
    expect(await checkProxy()).toMatchObject({ message: expect.stringContaining('(HTTPS_PROXY)') as unknown })
  })
})

describe('a workspace that cannot be opened', () => {
  beforeEach(makeFolder)
  afterEach(end)

  it('is explained, tried again when the person says so, and given up when not', async () => {
    await writeFile(join(folder, 'workspace.json'), '{ "nonsense": true }')
    await start({ lock: true, messageBox: [0, 2] }, folder)
    electron.becomeReady()
    await vi.waitFor(() => expect(electron.told.quits).toBe(1), { timeout: 15_000 })
    expect(electron.told.boxes.map(({ buttons }) => buttons)).toEqual([['Try again', 'Open another workspace…', 'Quit'], ['Try again', 'Open another workspace…', 'Quit']])
    expect(electron.told.boxes[0]?.detail).toContain('workspace.json:1')
    expect(electron.told.windows).toEqual([])
  })
})

async function makeFolder(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'guestbridge-electron-'))
}

/** As Electron ends: the service closes before the process does. Where it did not even start, or does not end, its folder goes all the same. */
async function end(): Promise<void> {
  process.argv = commandLine
  try {
    if (electron.told.windows.length > 0) {
      electron.module.app.emit('will-quit', { preventDefault: () => undefined })
      await vi.waitUntil(() => electron.told.exits.length === 1, { timeout: 15_000 })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function start(answers: Parameters<typeof createElectron>[1] = { lock: true, messageBox: [0] }, workspace = join(folder, 'W')): Promise<void> {
  vi.resetModules()
  electron = createElectron(folder, answers)
  current.electron = electron.module
  process.argv = ['electron', 'index.js', '--workspace', workspace]
  await import('../../../src/main/index.ts')
}

async function open(): Promise<void> {
  electron.becomeReady()
  await vi.waitFor(() => expect(electron.told.windows).toHaveLength(1), { timeout: 15_000 })
}

function window(): ElectronStandIn['told']['windows'][number] {
  const [first] = electron.told.windows
  if (first === undefined) throw new Error('There is no window')
  return first
}

/** As the preload does, and the page after it. */
function requestPort(frame: FrameStandIn): Caller {
  electron.module.ipcMain.emit('guestbridge:portWanted', { sender: window().webContents, senderFrame: frame })
  const given = frame.given.at(-1)
  expect(given?.channel).toBe('guestbridge:port')
  if (given === undefined) throw new Error('No port was given')
  return connect(portChannel(given.port))
}
