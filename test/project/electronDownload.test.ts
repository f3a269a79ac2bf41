import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeElectron, downloadElectron } from '../../scripts/preparation/electronDownload.mjs'

const archive = Buffer.from('an archive of some length')
const sha256 = createHash('sha256').update(archive).digest('hex')
const projectFolder = join(import.meta.dirname, '..', '..')

describe('the download of Electron', () => {
  let [cache, address] = ['', '']
  let server: Server
  let respond: (request: IncomingMessage, response: ServerResponse) => void
  const progress: number[] = []
  const download = () => downloadElectron({ address, file: 'electron.zip', sha256, cache, patience: 300, onProgress: (done) => void progress.push(done) })

  beforeEach(async () => {
    cache = mkdtempSync(join(tmpdir(), 'guestbridge-download-'))
    progress.length = 0
    respond = sendAll
    server = createServer((request, response) => respond(request, response))
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/electron.zip`
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => { server.close(resolve) })
    rmSync(cache, { recursive: true })
  })

  it('gives the whole archive and says how far it is', async () => {
    expect(readFileSync(await download())).toEqual(archive)
    expect(progress.at(-1)).toBe(archive.length)
  })

  it('goes on where the last one ended', async () => {
    const ranges: (string | undefined)[] = []
    writeFileSync(join(cache, 'electron.zip.part'), archive.subarray(0, 10))
    respond = (request, response) => {
      ranges.push(request.headers.range)
      response.writeHead(206, { 'content-length': archive.length - 10 }).end(archive.subarray(10))
    }
    expect(readFileSync(await download())).toEqual(archive)
    expect(ranges).toEqual(['bytes=10-'])
  })

  it('begins anew where the server knows no ranges', async () => {
    writeFileSync(join(cache, 'electron.zip.part'), 'something else entirely')
    expect(readFileSync(await download())).toEqual(archive)
  })

  it('throws away what is not the archive that the package names', async () => {
    respond = (_request, response) => void response.end('not the archive')
    await expect(download()).rejects.toThrow('thrown away')
    expect(existsSync(join(cache, 'electron.zip.part'))).toBe(false)
    expect(existsSync(join(cache, 'electron.zip'))).toBe(false)
  })

  it('takes what the last start has fetched to the end, and throws away what fits to nothing', async () => {
    respond = (_request, response) => void response.writeHead(416).end()
    writeFileSync(join(cache, 'electron.zip.part'), archive)
    expect(readFileSync(await download())).toEqual(archive)
    rmSync(join(cache, 'electron.zip'))
    writeFileSync(join(cache, 'electron.zip.part'), `${archive.toString()} and more`)
    await expect(download()).rejects.toThrow('the next start begins anew')
    expect(existsSync(join(cache, 'electron.zip.part'))).toBe(false)
  })

  it('keeps what came before the connection broke', async () => {
    respond = (_request, response) => {
      response.writeHead(200, { 'content-length': archive.length }).write(archive.subarray(0, 5), () => setTimeout(() => response.destroy(), 50))
    }
    await expect(download()).rejects.toThrow('terminated')
    expect(readFileSync(join(cache, 'electron.zip.part'))).toEqual(archive.subarray(0, 5))
    respond = (_request, response) => void response.writeHead(206).end(archive.subarray(5))
    expect(readFileSync(await download())).toEqual(archive)
  })

  it('gives up on a server that does not answer', async () => {
    respond = () => undefined
    await expect(download()).rejects.toThrow('did not answer within 0.3 seconds')
  })

  it('waits without limit for a server that has answered', async () => {
    respond = (_request, response) => {
      response.writeHead(200, { 'content-length': archive.length }).write(archive.subarray(0, 5))
      setTimeout(() => response.end(archive.subarray(5)), 700)
    }
    expect(readFileSync(await download())).toEqual(archive)
  })

  it('says what the server answered where there is none', async () => {
    respond = (_request, response) => void response.writeHead(404).end()
    await expect(download()).rejects.toThrow('answers 404')
  })
})

describe('the archive of Electron', () => {
  it('is that of the installed package, with its checksum, from the mirror of the environment', () => {
    const described = describeElectron(projectFolder, { platform: 'linux', arch: 'x64', environment: { ELECTRON_MIRROR: 'https://mirror.example/electron' } })
    expect(described.address).toMatch(/^https:\/\/mirror\.example\/electron\/v[\d.]+\/electron-v[\d.]+-linux-x64\.zip$/)
    expect(described.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    ['npm names its mirror first', { npm_config_electron_mirror: 'https://npm.example', ELECTRON_MIRROR: 'https://other.example' }, /^https:\/\/npm\.example\/v45/],
    ['an empty variable names none', { ELECTRON_MIRROR: '' }, /^https:\/\/github\.com\/electron\/electron\/releases\/download\/v45/],
    ['a mirror has folders of its own', { ELECTRON_MIRROR: 'https://mirror.example/', ELECTRON_CUSTOM_DIR: '{{ version }}' }, /^https:\/\/mirror\.example\/45[\d.]+\/electron-v45/],
  ])('is where the installer of Electron looks for it: %s', (_rule, environment, address) => {
    expect(describeElectron(projectFolder, { platform: 'linux', arch: 'x64', environment }).address).toMatch(address)
  })

  it('is not looked for at what is no address', () => {
    expect(() => describeElectron(projectFolder, { platform: 'linux', arch: 'x64', environment: { ELECTRON_MIRROR: 'mirror' } })).toThrow('ELECTRON_MIRROR')
  })

  it('is refused for a machine that has none', () => {
    expect(() => describeElectron(projectFolder, { platform: 'aix', arch: 'ppc64', environment: {} })).toThrow('no Electron')
  })
})

function sendAll(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-length': archive.length }).end(archive)
}
