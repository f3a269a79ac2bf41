import { execFile } from 'node:child_process'
import { access, mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { launchdInstallation } from './launchAgent.ts'
import type { Installation, Schedule, ScheduleStep } from './schedule.ts'
import { systemdInstallation } from './systemdUnits.ts'
import { windowsInstallation } from './windowsTask.ts'

const run = promisify(execFile)

/** Of the system's programs: without secrets. */
type Environment = Readonly<Record<string, string | undefined>>

/** What the schedule consists of on this computer; nothing is written yet. */
export function planSchedule(schedule: Schedule, platform: NodeJS.Platform, environment: Environment): Result<Installation, Problem> {
  const { username, uid } = userInfo()
  if (platform === 'win32') return succeed(windowsInstallation(schedule, schedule.folder, schedule.account ?? username))
  if (platform === 'darwin') {
    return schedule.account === null ? succeed(launchdInstallation(schedule, homedir(), uid)) : fail(otherAccount('launchd runs an agent as the user who is signed in'))
  }
  if (platform !== 'linux') return fail({ kind: 'usage', message: `No schedule can be installed on ${platform}.`, remedy: 'Let the scheduler of this system run: guestbridge run cycle --unattended' })
  if (uid === 0) return succeed(systemdInstallation(schedule, { manager: 'system', folder: '/etc/systemd/system' }))
  if (schedule.account !== null && schedule.account !== username) return fail(otherAccount('only root can make a service of another account'))
  const configuration = environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
  return succeed(systemdInstallation({ ...schedule, account: null }, { manager: 'user', folder: join(configuration, 'systemd', 'user') }))
}

export type Installed = { readonly files: readonly string[]; /** Steps that the system refused, with what it said; the files are there. */ readonly refused: readonly RefusedStep[] }
export type RefusedStep = { readonly step: string; readonly why: string }

/** Writes the files and makes the system take them up. What the system refuses is said with the command, to be run by hand. */
export async function installSchedule({ files, enable }: Installation, environment: Environment): Promise<Result<Installed, Problem>> {
  try {
    for (const { path, text } of files) {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text, { mode: 0o644 })
    }
  } catch (error) {
    return fail({ kind: 'usage', message: `The schedule was not written: ${messageOf(error)}.`, remedy: 'Run it as an account that may write there, or look at the files with "guestbridge schedule show --files".' })
  }
  return succeed({ files: files.map(({ path }) => path), refused: await perform(enable, environment) })
}

export async function removeSchedule({ files, disable }: Installation, environment: Environment): Promise<Installed> {
  const refused = await perform(disable, environment)
  const removed: string[] = []
  for (const { path } of files) {
    if (await exists(path)) removed.push(path)
    await rm(path, { force: true })
  }
  return { files: removed, refused }
}

export type ShownSchedule = { readonly isInstalled: boolean; readonly system: Installation['system']; readonly files: readonly string[]; /** In the words of the system. */ readonly next: string | null }

export async function showSchedule({ system, files, show }: Installation, environment: Environment): Promise<ShownSchedule> {
  const present = await Promise.all(files.map(({ path }) => exists(path)))
  const isInstalled = present.every(Boolean)
  return { isInstalled, system, files: files.map(({ path }) => path), next: isInstalled ? await answerOf(show, environment) : null }
}

async function perform(steps: readonly ScheduleStep[], environment: Environment): Promise<readonly RefusedStep[]> {
  const refused: RefusedStep[] = []
  for (const { program, args } of steps) {
    try {
      await run(program, [...args], { timeout: 60_000, env: environment })
    } catch (error) {
      refused.push({ step: [program, ...args].join(' '), why: messageOf(error) })
    }
  }
  return refused
}

async function answerOf({ program, args }: ScheduleStep, environment: Environment): Promise<string | null> {
  try {
    return (await run(program, [...args], { timeout: 20_000, env: environment })).stdout.trim()
  } catch {
    // The system's scheduler does not answer (a container, another init): that it is installed is known from the files.
    return null
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}

function otherAccount(why: string): Problem {
  return { kind: 'usage', message: `The schedule cannot be installed for another account here: ${why}.`, remedy: 'Sign in as that account (or as root on Linux) and install it there.' }
}

function messageOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : ''
  return said === '' ? (error instanceof Error ? error.message : String(error)) : said
}
