import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Notice } from './notice.ts'

const run = promisify(execFile)

const isBad: Readonly<Record<Notice['kind'], boolean>> = { planWaits: true, runFailed: true, exportedWithProblems: true, secretExpires: true, exported: false }

/** Event ids of the Application log, 1 to 1000 as eventcreate.exe takes them; monitors filter by them. */
const eventIds: Readonly<Record<Notice['kind'], number>> = { exported: 100, planWaits: 200, secretExpires: 210, exportedWithProblems: 300, runFailed: 400 }

/** The program that writes into the log of the operating system, with its arguments: no shell is between. */
export function logCommand(platform: NodeJS.Platform, notice: Notice): { readonly program: string; readonly args: readonly string[] } {
  const line = `${notice.title} (${notice.workspace.name}): ${notice.text.replaceAll(/\s*\n\s*/g, ' ')}`
  if (platform === 'win32') {
    return { program: 'eventcreate.exe', args: ['/L', 'APPLICATION', '/SO', 'Guestbridge', '/T', isBad[notice.kind] ? 'WARNING' : 'INFORMATION', '/ID', String(eventIds[notice.kind]), '/D', line] }
  }
  return { program: 'logger', args: ['-t', 'guestbridge', '-p', isBad[notice.kind] ? 'user.warning' : 'user.info', '--', line] }
}

export type SystemLog = {
  readonly platform: NodeJS.Platform
  /** Of the program that writes: without secrets. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Null: written. Otherwise why not. */
export async function logNotice({ platform, environment }: SystemLog, notice: Notice): Promise<string | null> {
  const { program, args } = logCommand(platform, notice)
  try {
    await run(program, [...args], { timeout: 20_000, env: environment })
    return null
  } catch (error) {
    return `${program}: ${error instanceof Error ? error.message : String(error)}`
  }
}
