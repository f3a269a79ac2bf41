import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { environmentWithoutSecrets } from '../../workspace/environmentWithoutSecrets.ts'

type Environment = Readonly<Record<string, string | undefined>>

export type Opener = { readonly program: string; readonly arguments: readonly string[] }

/**
 * What opens an address in the person's own browser: the system's own way, with the address as one argument of a program
 * and never in a line of a shell. Null: nothing can (no screen, another system), or the address is none of the web's.
 */
export function findOpener(address: string, platform: NodeJS.Platform, environment: Environment): Opener | null {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return null
  switch (platform) {
    case 'win32': return { program: join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32', 'rundll32.exe'), arguments: ['url.dll,FileProtocolHandler', url.href] }
    case 'darwin': return { program: '/usr/bin/open', arguments: [url.href] }
    case 'linux': return hasScreen(environment) ? { program: 'xdg-open', arguments: [url.href] } : null
    default: return null
  }
}

/** Without one xdg-open would start a browser in the terminal, over what is printed there. */
function hasScreen(environment: Environment): boolean {
  return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (environment[name] ?? '') !== '')
}

/** Starts it and goes on; `onFailure` is told in words where it did not start or gave up. */
export function startOpener({ program, arguments: given }: Opener, environment: Environment, onFailure: (reason: string) => void): void {
  const child = spawn(program, [...given], { stdio: 'ignore', detached: true, windowsHide: true, shell: false, env: { ...environmentWithoutSecrets(environment) } })
  child.once('error', (error) => onFailure(error.message))
  child.once('exit', (code) => { if (code !== null && code !== 0) onFailure(`${program} ended with code ${code}`) })
  // The browser stays when the command has ended.
  child.unref()
}
