import { existsSync } from 'node:fs'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** A Chromium-family browser that can open a window without tabs; null where none is installed in its usual place. */
export function findBrowser(environment: Environment, platform: NodeJS.Platform, exists: (path: string) => boolean = existsSync): string | null {
  return candidates(environment, platform).find(exists) ?? null
}

function candidates(environment: Environment, platform: NodeJS.Platform): readonly string[] {
  const chosen = environment['GUESTBRIDGE_BROWSER']
  const usual = platform === 'win32'
    ? ['ProgramFiles(x86)', 'ProgramFiles', 'LocalAppData'].flatMap((name) => {
        const base = environment[name]
        return base === undefined ? [] : [join(base, 'Microsoft', 'Edge', 'Application', 'msedge.exe'), join(base, 'Google', 'Chrome', 'Application', 'chrome.exe')]
      })
    : platform === 'darwin'
      ? ['Microsoft Edge', 'Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
      : ['microsoft-edge', 'google-chrome', 'chromium', 'chromium-browser'].map((name) => `/usr/bin/${name}`)
  return chosen === undefined || chosen === '' ? usual : [chosen]
}
