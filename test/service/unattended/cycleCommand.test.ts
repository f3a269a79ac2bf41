import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findCycleCommand } from '../../../src/main/service/unattended/cycleCommand.ts'

const cycle = ['--workspace', '/w', 'run', 'cycle', '--unattended']
const node = { electron: undefined, execPath: '/usr/bin/node', platform: 'linux' } as const
const application = { electron: '45.4.1', execPath: '/opt/Guestbridge/guestbridge', platform: 'linux' } as const

describe('a schedule starts', () => {
  let resources: string
  let worker: URL
  beforeEach(() => {
    resources = mkdtempSync(join(tmpdir(), 'guestbridge-resources-'))
    worker = pathToFileURL(join(resources, 'app.asar', 'out', 'main', 'labWorker.js'))
  })
  afterEach(() => rmSync(resources, { recursive: true }))
  const install = (...names: readonly string[]): void => {
    mkdirSync(join(resources, 'commandLine', 'out', 'main'), { recursive: true })
    for (const name of names) writeFileSync(join(resources, 'commandLine', name), '')
  }

  it('the command line of the build with the Node that runs the service', () => {
    expect(findCycleCommand(new URL('file:///p/out/main/labWorker.js'), '/w', node)).toEqual(['/usr/bin/node', '/p/out/main/cli.js', ...cycle])
  })

  it('the command line of the sources where those run', () => {
    expect(findCycleCommand(new URL('file:///p/src/main/lab/labWorker.ts'), '/w', node)).toEqual(['/usr/bin/node', '/p/src/main/hosts/cli/main.ts', ...cycle])
  })

  it('the command line of the package, with the Node beside it: the binary of the desktop is none', () => {
    install('node', join('out', 'main', 'cli.js'))
    const folder = join(resources, 'commandLine')
    expect(findCycleCommand(worker, '/w', application)).toEqual([join(folder, 'node'), join(folder, 'out', 'main', 'cli.js'), ...cycle])
  })

  it('node.exe on Windows', () => {
    install('node.exe', join('out', 'main', 'cli.js'))
    expect(findCycleCommand(worker, '/w', { ...application, platform: 'win32' })?.[0]).toBe(join(resources, 'commandLine', 'node.exe'))
  })

  it('nothing from a window that has no command line beside it, or half of one', () => {
    expect(findCycleCommand(worker, '/w', application)).toBeNull()
    install('node')
    expect(findCycleCommand(worker, '/w', application)).toBeNull()
  })
})
