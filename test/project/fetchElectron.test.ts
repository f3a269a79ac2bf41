import { createHash, randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findElectron } from '../../scripts/preparation/chooseWindow.mjs'
import { runToEnd } from './runToEnd.ts'
import { storeZip } from './storedZip.ts'

// The process that `npm start` leaves beside a window, in a project of its own, against a mirror on this machine.
const projectFolder = join(import.meta.dirname, '..', '..')
const { platform, arch } = process
const file = `electron-v45.0.0-${platform}-${arch}.zip`
const program = platform === 'win32' ? 'electron.exe' : platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
const binary = randomBytes(2_000_000)
const archive = storeZip({ version: Buffer.from('45.0.0'), [program]: binary })

describe('beside a window in a browser, Electron is fetched', () => {
  let project: string
  let server: Server
  let respond: (request: IncomingMessage, response: ServerResponse) => void
  const asked: { readonly path: string | undefined; readonly range: string | undefined }[] = []

  beforeEach(async () => {
    asked.length = 0
    project = makeProject(createHash('sha256').update(archive).digest('hex'))
    server = createServer((request, response) => {
      asked.push({ path: request.url, range: request.headers.range })
      respond(request, response)
    })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => { server.close(resolve) })
    rmSync(project, { recursive: true })
  })
  const fetchElectron = () => runToEnd(process.execPath, [join(project, 'scripts', 'fetchElectron.mjs')], {
    cwd: project, environment: { PATH: process.env['PATH'] ?? '', ELECTRON_MIRROR: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror/` },
  })
  const parts = (): readonly string[] => readdirSync(join(project, '.cache', 'electron'))

  it('from where the last start was cut off, and is what the next start opens', async () => {
    respond = (_request, response) => {
      response.writeHead(200, { 'content-length': archive.length }).write(archive.subarray(0, 1_200_000), () => setTimeout(() => response.destroy(), 50))
    }
    const first = await fetchElectron()
    expect(first).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/^Electron: \d+ % of 2 MB\n/) })
    expect(first.stdout).toMatch(/Electron was not fetched: .*The next start goes on with it\.\n$/)
    const has = statSync(join(project, '.cache', 'electron', `${file}.part`)).size
    expect(has).toBeGreaterThan(0)
    expect(findElectron(project, existsSync)).toBeNull()

    respond = (_request, response) => void response.writeHead(206, { 'content-length': archive.length - has, 'content-range': `bytes ${has}-${archive.length - 1}/${archive.length}` }).end(archive.subarray(has))
    const second = await fetchElectron()
    expect(second).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('the next "npm start" opens in it') })
    expect(asked).toEqual([{ path: `/mirror/v45.0.0/${file}`, range: undefined }, { path: `/mirror/v45.0.0/${file}`, range: `bytes=${has}-` }])
    const found = findElectron(project, existsSync)
    expect(found).toBe(join(project, 'node_modules', 'electron', 'dist', program))
    expect(readFileSync(found ?? '').equals(binary)).toBe(true)
    expect(parts()).toEqual([])
  })

  it('and thrown away where it is not what the package names', async () => {
    respond = (_request, response) => void response.writeHead(200, { 'content-length': 9 }).end('something')
    expect(await fetchElectron()).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('thrown away') })
    expect([findElectron(project, existsSync), parts()]).toEqual([null, []])
  })

  it('or not, in one line, where the mirror does not have it', async () => {
    respond = (_request, response) => void response.writeHead(404).end()
    const { exitCode, stdout, stderr } = await fetchElectron()
    expect({ exitCode, stderr, lines: stdout.trimEnd().split('\n') }).toEqual({ exitCode: 0, stderr: '', lines: [expect.stringMatching(/^Electron was not fetched: .* answers 404\./)] })
  })
})

function makeProject(sha256: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'guestbridge-fetch-'))
  cpSync(join(projectFolder, 'scripts'), join(folder, 'scripts'), { recursive: true })
  mkdirSync(join(folder, 'node_modules', 'electron'), { recursive: true })
  symlinkSync(join(projectFolder, 'node_modules', '@electron-internal'), join(folder, 'node_modules', '@electron-internal'))
  writeFileSync(join(folder, 'node_modules', 'electron', 'package.json'), '{"version":"45.0.0"}')
  writeFileSync(join(folder, 'node_modules', 'electron', 'checksums.json'), JSON.stringify({ [file]: sha256 }))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  return folder
}
