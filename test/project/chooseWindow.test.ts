import { mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseWindow, findElectron } from '../../scripts/preparation/chooseWindow.mjs'

const desktop = { platform: 'linux' as const, environment: { DISPLAY: ':0' }, user: 1000, electron: '/electron', options: [] }

describe('npm start opens', () => {
  it('Electron where its binary is, with its sandbox', () => {
    expect(chooseWindow(desktop)).toEqual({ kind: 'electron', program: '/electron', options: [] })
  })

  it('Electron without its sandbox only as root on Linux, where it would not start', () => {
    expect(chooseWindow({ ...desktop, user: 0 })).toMatchObject({ options: ['--no-sandbox'] })
    expect(chooseWindow({ ...desktop, platform: 'darwin', user: 0 })).toMatchObject({ options: [] })
  })

  it('a browser where the binary is not there, says so, and fetches it', () => {
    expect(chooseWindow({ ...desktop, electron: null })).toEqual({ kind: 'browser', sentence: expect.stringContaining('binary of Electron is not here'), fetchesElectron: 'yes' })
  })

  it('the browser that is named, although Electron is there, and fetches nothing', () => {
    const choice = chooseWindow({ ...desktop, environment: { GUESTBRIDGE_BROWSER: '/opt/browser' } })
    expect(choice).toMatchObject({ kind: 'browser', sentence: expect.stringContaining('/opt/browser'), fetchesElectron: 'no' })
  })

  it('nothing with --print, whose address somebody opens', () => {
    expect(chooseWindow({ ...desktop, environment: {}, options: ['--print'] })).toMatchObject({ kind: 'browser', fetchesElectron: 'no' })
  })

  it.each([{}, { DISPLAY: '' }])('the plan in the terminal where Linux has no display (%j)', (environment) => {
    expect(chooseWindow({ ...desktop, environment })).toMatchObject({ kind: 'terminal', sentence: expect.stringContaining('--print') })
  })

  it.each(['win32', 'darwin'] as const)('a window on %s, which has no variable for its display', (platform) => {
    expect(chooseWindow({ ...desktop, platform, environment: {} }).kind).toBe('electron')
  })

  it('a window under Wayland', () => {
    expect(chooseWindow({ ...desktop, environment: { WAYLAND_DISPLAY: 'wayland-0' } }).kind).toBe('electron')
  })
})

describe('the binary of Electron', () => {
  it('is there when its note names a program that exists', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guestbridge-electron-'))
    const electron = join(folder, 'node_modules', 'electron')
    try {
      mkdirSync(join(electron, 'dist'), { recursive: true })
      expect(findElectron(folder, existsSync)).toBeNull()
      writeFileSync(join(electron, 'path.txt'), 'electron')
      expect(findElectron(folder, existsSync)).toBeNull()
      writeFileSync(join(electron, 'dist', 'electron'), '')
      expect(findElectron(folder, existsSync)).toBe(join(electron, 'dist', 'electron'))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
