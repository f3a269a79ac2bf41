import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readProcessMark } from '../../scripts/preparation/processMark.mjs'
import { findOtherProcesses, whileNobodyElsePrepares } from '../../scripts/preparation/runningProcesses.mjs'

const module = join(import.meta.dirname, '..', '..', 'scripts', 'preparation', 'runningProcesses.mjs')
const since = '2026-02-01T09:00:00.000Z'

let folder = ''
let notes = ''
let lock = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestbridge-running-'))
  notes = join(folder, '.cache', 'running')
  lock = join(folder, '.cache', 'preparing.json')
  mkdirSync(notes, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('who else runs from the folder', () => {
  it('is a process that noted itself, until it ends', async () => {
    const child = startRegistered()
    await once(child.stdout, 'data')
    expect(findOtherProcesses(folder)).toMatchObject([{ pid: child.pid, command: 'npm start' }])
    child.stdin.end()
    await once(child, 'exit')
    expect(findOtherProcesses(folder)).toEqual([])
    expect(existsSync(join(notes, `${child.pid}.json`))).toBe(false)
  })

  it('is nobody when the process was killed, and its note is removed', async () => {
    const child = startRegistered()
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(existsSync(join(notes, `${child.pid}.json`))).toBe(true)
    expect(findOtherProcesses(folder)).toEqual([])
    expect(existsSync(join(notes, `${child.pid}.json`))).toBe(false)
  })

  it.runIf(process.platform === 'linux')('is nobody when a later process got the same number', () => {
    writeNote(join(notes, 'reused.json'), process.ppid, 'an earlier start')
    expect(findOtherProcesses(folder)).toEqual([])
  })

  it('does not include the process that asks', () => {
    writeNote(join(notes, 'own.json'), process.pid, readProcessMark(process.pid) ?? '')
    expect(findOtherProcesses(folder)).toEqual([])
    expect(existsSync(join(notes, 'own.json'))).toBe(true)
  })

  it.each([['is cut off', '{"pid": 1'], ['has the wrong shape', '{"pid": "1"}'], ['is no object', 'null']])('is nobody when a note %s', (_how, text) => {
    writeFileSync(join(notes, 'broken.json'), text)
    expect(findOtherProcesses(folder)).toEqual([])
  })
})

describe('installing and building', () => {
  it('is done by one process at a time', async () => {
    const steps = new Array<string>()
    const first = whileNobodyElsePrepares(folder, 'npm test', async () => {
      steps.push('first begins')
      await delay(300)
      steps.push('first ends')
    })
    const second = whileNobodyElsePrepares(folder, 'npm start', () => Promise.resolve(steps.push('second')))
    await Promise.all([first, second])
    expect(steps).toEqual(['first begins', 'first ends', 'second'])
  })

  it('does not wait for a process that was killed while it installed', async () => {
    const dead = spawnSync(process.execPath, ['-e', ''])
    writeNote(lock, dead.pid, '1')
    expect(await whileNobodyElsePrepares(folder, 'npm start', () => Promise.resolve('done'))).toBe('done')
  })

  it('lets the next one in when it fails', async () => {
    await expect(whileNobodyElsePrepares(folder, 'npm start', () => Promise.reject(new Error('npm ci failed')))).rejects.toThrow('npm ci failed')
    expect(existsSync(lock)).toBe(false)
  })

  it('says who does it', async () => {
    await whileNobodyElsePrepares(folder, 'npm start', () => {
      expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid, command: 'npm start' })
      return Promise.resolve()
    })
  })
})

/** A process that notes itself, says so, and ends when its standard input does. */
function startRegistered() {
  const script = `import { registerThisProcess } from ${JSON.stringify(module)}
    registerThisProcess(${JSON.stringify(folder)}, 'npm start')
    console.log('ready')
    process.stdin.resume()`
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
}

function writeNote(path: string, pid: number, mark: string): void {
  writeFileSync(path, JSON.stringify({ pid, mark, command: 'npm start', since }))
}
