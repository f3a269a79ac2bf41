import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { boundsOf, keepWindowState, readWindowState } from '../../../src/main/hosts/electron/windowState.ts'

const system = vi.hoisted(() => ({ folder: '' }))
vi.mock('electron', () => ({
  app: { getPath: () => system.folder },
  screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 30, width: 1920, height: 1050 } }, { workArea: { x: 1920, y: 0, width: 1280, height: 1024 } }] },
}))

const usual = { width: 1440, height: 900 }

describe('a window that stood', () => {
  beforeEach(async () => { system.folder = await mkdtemp(join(tmpdir(), 'guestbridge-state-')) })
  afterEach(() => rm(system.folder, { recursive: true, force: true }))
  const keep = (text: string): Promise<void> => writeFile(join(system.folder, 'window.json'), text)
  const stateOf = (x: number, y: number): string => JSON.stringify({ bounds: { x, y, width: 1100, height: 750 }, isMaximized: false })

  it.each([
    ['on a screen', 100, 50],
    ['on the second screen', 2000, 10],
    ['partly beyond the edge, where a person can still take hold of it', 1840 - 1100, 30],
  ])('%s stands there again', async (_where, x, y) => {
    await keep(stateOf(x, y))
    expect(boundsOf(readWindowState())).toEqual({ x, y, width: 1100, height: 750 })
  })

  it.each([
    ['on a screen that is gone', 4000, 50],
    ['with too little of it on a screen', -1050, 50],
    ['with its title above the screen', 100, -20],
  ])('%s has the usual size', async (_where, x, y) => {
    await keep(stateOf(x, y))
    expect(boundsOf(readWindowState())).toEqual(usual)
  })

  it.each(['{"bounds":', '{"bounds":{"x":"1","y":1,"width":1,"height":1},"isMaximized":false}', '[]', ''])('in a note that is none (%j) has the usual size', async (text) => {
    await keep(text)
    expect(boundsOf(readWindowState())).toEqual(usual)
  })

  it('nowhere yet has the usual size', () => {
    expect(boundsOf(readWindowState())).toEqual(usual)
  })
})

describe('the place of a window', () => {
  const closing = Object.assign(new EventEmitter(), { getNormalBounds: () => ({ x: 10, y: 20, width: 1200, height: 800 }), isMaximized: () => true })

  it('is kept when it closes, with what it would be if it were not maximized', async () => {
    system.folder = await mkdtemp(join(tmpdir(), 'guestbridge-state-'))
    try {
      keepWindowState(closing as never, (message) => { throw new Error(message) })
      closing.emit('close')
      expect(JSON.parse(await readFile(join(system.folder, 'window.json'), 'utf8'))).toEqual({ bounds: { x: 10, y: 20, width: 1200, height: 800 }, isMaximized: true })
    } finally {
      closing.removeAllListeners()
      await rm(system.folder, { recursive: true })
    }
  })

  it('that cannot be kept is said, and the window closes', () => {
    const said: string[] = []
    system.folder = join(tmpdir(), 'guestbridge-no-such-folder')
    keepWindowState(closing as never, (message) => void said.push(message))
    closing.emit('close')
    expect(said).toEqual([expect.stringContaining('was not kept')])
  })
})
