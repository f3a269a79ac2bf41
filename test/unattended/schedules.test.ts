import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scheduleIntervals } from '../../src/shared/api/unattendedCalls.ts'
import { installSchedule, removeSchedule, showSchedule } from '../../src/main/unattended/schedule/installSchedule.ts'
import { launchdInstallation } from '../../src/main/unattended/schedule/launchAgent.ts'
import type { Schedule } from '../../src/main/unattended/schedule/schedule.ts'
import { systemdInstallation } from '../../src/main/unattended/schedule/systemdUnits.ts'
import { quoteForWindows, windowsInstallation } from '../../src/main/unattended/schedule/windowsTask.ts'

const run = promisify(execFile)
const schedule: Schedule = {
  workspace: '022fcc2c-e263-486c-9d5c-5af3e0b08f0b', workspaceName: 'Contoso "100 %" $HOME', folder: '/srv/guest bridge/100%', everyMinutes: 30, limitMinutes: 120,
  command: [process.execPath, '/opt/guestbridge/cli.js', '--workspace', '/srv/guest bridge/100% "$HOME" \\x', 'run', 'cycle', '--unattended'], account: 'root',
}

const analyse = '/usr/bin/systemd-analyze'
describe.skipIf(!existsSync(analyse))(`systemd units${existsSync(analyse) ? '' : ' (skipped: systemd-analyze is not here)'}`, () => {
  let folder: string
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-units-')) })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(scheduleIntervals)('of every %i minutes are accepted by systemd without a word', async (everyMinutes) => {
    const { files } = systemdInstallation({ ...schedule, everyMinutes }, { manager: 'system', folder })
    for (const { path, text } of files) await writeFile(path, text)
    const { stdout, stderr } = await run(analyse, ['verify', '--man=no', ...files.map(({ path }) => path)])
    expect(`${stdout}${stderr}`).toBe('')
  })

  it.each(scheduleIntervals)('of every %i minutes begin so often', async (everyMinutes) => {
    const { files } = systemdInstallation({ ...schedule, everyMinutes }, { manager: 'system', folder })
    const calendar = /^OnCalendar=(.*)$/m.exec(files[1]?.text ?? '')?.[1] ?? ''
    const { stdout } = await run(analyse, ['calendar', '--iterations=3', calendar], { env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' } })
    const times = Array.from(stdout.matchAll(/(?:Next elapse|Iter\. #\d+): \w+ (\S+ \S+) UTC/g), ([, time]) => Date.parse(`${String(time).replace(' ', 'T')}Z`))
    expect(times).toHaveLength(3)
    expect(times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 60_000)).toEqual([everyMinutes, everyMinutes])
  })
})

describe('installing', () => {
  let folder: string
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-schedule-')) })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('writes the files, says which step the system refused, shows and removes them', async () => {
    const installation = {
      ...systemdInstallation(schedule, { manager: 'system', folder }),
      enable: [{ program: 'false', args: ['enable'] }], disable: [{ program: 'true', args: [] }], show: { program: 'printenv', args: [] },
    }
    const environment = { PATH: process.env['PATH'] ?? '', NEXT: 'soon' }
    const installed = await installSchedule(installation, environment)
    expect(installed).toMatchObject({ ok: true, value: { files: installation.files.map(({ path }) => path), refused: [{ step: 'false enable' }] } })
    expect(await showSchedule(installation, environment)).toMatchObject({ isInstalled: true, next: expect.stringMatching(/^(PATH=.*\nNEXT=soon|NEXT=soon\nPATH=.*)$/) })
    expect((await removeSchedule(installation, environment)).files).toHaveLength(2)
    expect(await showSchedule(installation, environment)).toMatchObject({ isInstalled: false, next: null })
  })
})

describe('a scheduled task of Windows', () => {
  it('holds account, command and folder as text, whatever is in them', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => {
      const { files } = windowsInstallation({ ...schedule, workspaceName: name, command: ['C:\\node.exe', name] }, 'C:\\w', `CONTOSO\\${name}`)
      expect(textOf(files[0]?.text ?? '')).not.toMatch(/[<>]/)
    }))
  })

  it('makes up for a missed run, never runs twice at once, and is ended', () => {
    const { files } = windowsInstallation(schedule, 'C:\\w', 'CONTOSO\\svc-guestbridge')
    expect(basename(files[0]?.path ?? '', '.xml')).toContain('guestbridge-022fcc2c')
    for (const part of ['<StartWhenAvailable>true<', '<MultipleInstancesPolicy>IgnoreNew<', '<ExecutionTimeLimit>PT122M<', '<Interval>PT30M<', '<LogonType>Password<']) expect(files[0]?.text).toContain(part)
  })

  it('quotes words as Windows takes a command line apart', () => {
    expect(['plain', 'two words', 'a"b', 'C:\\x y\\', ''].map(quoteForWindows)).toEqual(['plain', '"two words"', '"a\\"b"', '"C:\\x y\\\\"', '""'])
  })
})

describe('a launchd agent', () => {
  it('holds each word of the command as a text of its own', () => {
    const { files } = launchdInstallation({ ...schedule, command: ['/bin/node', 'a & <b>'] }, '/Users/ana', 501)
    expect(files[0]?.text).toContain('<string>/bin/node</string>\n    <string>a &amp; &lt;b&gt;</string>')
    expect(files[0]?.text).toContain('<integer>1800</integer>')
  })
})

/** What is between the tags; a text that could break out of its element would leave a bracket here. */
function textOf(xml: string): string {
  return xml.replaceAll(/<\/?[?A-Za-z][^<>]*>/g, '')
}
