import { readFile } from 'node:fs/promises'
import { join, win32 } from 'node:path'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { Environment } from '../../workspace/secrets.ts'
import { gnomeSettings, parseGnomeProxy } from './gnomeProxy.ts'
import { kdeSettings, parseKdeProxy } from './kdeProxy.ts'
import { macSettings, parseMacProxy } from './macProxy.ts'
import { runSystemTool, type SystemTool } from './runSystemTool.ts'
import { noSystemProxy, unusableSetting, type SystemProxy } from './systemProxy.ts'
import { isSetTo, parseRegistryValues, readWindowsProxy, readWinHttpProxy, windowsSettings, winHttpSettings, type RegistryValues } from './windowsProxy.ts'

export type SystemAnswer = { readonly where: string; readonly proxy: Result<SystemProxy, Problem> }

/** What the operating system says, asked of its own tools. Where it has no such settings there is no proxy. */
export async function readSystemProxy(platform: NodeJS.Platform, environment: Environment): Promise<SystemAnswer> {
  switch (platform) {
    case 'win32': return readWindows(environment)
    case 'darwin': return { where: macSettings, proxy: await ask({ program: '/usr/sbin/scutil', args: ['--proxy'] }, environment, macSettings, parseMacProxy) }
    default: return (await readKde(environment)) ?? { where: gnomeSettings, proxy: await ask({ program: 'gsettings', args: ['list-recursively', 'org.gnome.system.proxy'] }, environment, gnomeSettings, parseGnomeProxy) }
  }
}

/** A tool that is missing, or that knows of no such setting, says that there is no proxy. */
async function ask(tool: SystemTool, environment: Environment, where: string, parse: (output: string) => Result<SystemProxy, Problem>): Promise<Result<SystemProxy, Problem>> {
  const answer = await runSystemTool(tool, environment)
  if (answer.kind === 'answered') return parse(answer.output)
  return answer.kind === 'timedOut' ? fail(noAnswer(tool, where)) : succeed(noSystemProxy)
}

/** Null: another desktop, or one whose settings were never changed. KDE has a file and no tool for it. */
async function readKde(environment: Environment): Promise<SystemAnswer | null> {
  if (!(environment['XDG_CURRENT_DESKTOP'] ?? '').split(':').includes('KDE')) return null
  const folder = environment['XDG_CONFIG_HOME'] || join(environment['HOME'] ?? '/', '.config')
  try {
    return { where: kdeSettings, proxy: parseKdeProxy(await readFile(join(folder, 'kioslaverc'), 'utf8')) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    return { where: kdeSettings, proxy: fail(unusableSetting(kdeSettings, `kioslaverc cannot be read (${error instanceof Error ? error.message : String(error)})`)) }
  }
}

const internetSettings = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings'

/**
 * Those of the user; those of the computer where the policy says so (ProxySettingsPerUser 0,
 * https://learn.microsoft.com/archive/blogs/ieinternals/understanding-web-proxy-configuration). What services have is
 * WinHTTP's, and it serves an account without settings of its own: that of a scheduled task.
 */
async function readWindows(environment: Environment): Promise<SystemAnswer> {
  const reg = win32.join(environment['SystemRoot'] ?? environment['SYSTEMROOT'] ?? 'C:\\Windows', 'System32', 'reg.exe')
  const query = async (key: string): Promise<Result<RegistryValues, Problem>> => {
    const tool: SystemTool = { program: reg, args: ['query', key] }
    const answer = await runSystemTool(tool, environment)
    if (answer.kind === 'timedOut') return fail(noAnswer(tool, windowsSettings))
    return succeed(answer.kind === 'answered' ? parseRegistryValues(answer.output) : new Map())
  }
  const [policy, ofUser, ofComputer, connections] = await Promise.all([
    query(`HKLM\\SOFTWARE\\Policies\\${internetSettings.slice('Software\\'.length)}`), query(`HKCU\\${internetSettings}`), query(`HKLM\\${internetSettings}`), query(`HKLM\\${internetSettings}\\Connections`),
  ])
  return chooseWindows({ policy, ofUser, ofComputer, connections })
}

export type WindowsKeys = { readonly [Key in 'policy' | 'ofUser' | 'ofComputer' | 'connections']: Result<RegistryValues, Problem> }

export function chooseWindows({ policy, ofUser, ofComputer, connections }: WindowsKeys): SystemAnswer {
  const settings = policy.ok && isSetTo(policy.value, 'ProxySettingsPerUser', 0) ? ofComputer : ofUser
  const ofInternet = settings.ok ? readWindowsProxy(settings.value) : settings
  if (!ofInternet.ok || ofInternet.value.kind !== 'none' || !connections.ok) return { where: windowsSettings, proxy: ofInternet }
  return { where: winHttpSettings, proxy: readWinHttpProxy(connections.value) }
}

function noAnswer({ program }: SystemTool, where: string): Problem {
  return unusableSetting(where, `${program} did not answer within five seconds`)
}
