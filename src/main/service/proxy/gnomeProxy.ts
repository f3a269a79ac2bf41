import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { makeProxyUrl, type ProxyAccount } from './proxyUrl.ts'
import { noSystemProxy, onlySocks, unusableSetting, type SystemProxy } from './systemProxy.ts'
import { parseVariant, type Variant } from './parseVariant.ts'

export const gnomeSettings = 'the proxy settings of GNOME'

type Settings = ReadonlyMap<string, Variant>

/**
 * What `gsettings list-recursively org.gnome.system.proxy` prints. The meaning is that of the schema's own words
 * (gsettings-desktop-schemas, org.gnome.system.proxy): a proxy needs host and port; the one of HTTP serves HTTPS too where
 * HTTPS has none; SOCKS serves what has none of its own; only the one of HTTP can have an account.
 */
export function parseGnomeProxy(output: string): Result<SystemProxy, Problem> {
  const settings = readSettings(output)
  const mode = settings.get('mode')
  switch (mode) {
    case 'none': return succeed(noSystemProxy)
    case 'auto': {
      const address = settings.get('autoconfig-url')
      return succeed({ kind: 'script', address: typeof address === 'string' && address !== '' ? address : null })
    }
    case 'manual': return readManual(settings)
    default: return fail(unusableSetting(gnomeSettings, mode === undefined ? 'it does not say its mode' : `its mode is ${JSON.stringify(mode)}, which is not known`))
  }
}

function readManual(settings: Settings): Result<SystemProxy, Problem> {
  const [http, https, socks] = (['http', 'https', 'socks'] as const).map((protocol) => addressOf(settings, protocol))
  const chosen = https ?? http
  if (!chosen) return socks ? fail(onlySocks(gnomeSettings)) : succeed(noSystemProxy)
  const httpProxy = http ? makeProxyUrl(http.host, http.port, accountOf(settings)) : null
  const httpsProxy = https ? makeProxyUrl(https.host, https.port, null) : httpProxy
  if (httpsProxy === null) return fail(unusableSetting(gnomeSettings, `"${chosen.host}" is no name of a host`))
  const exceptions = settings.get('ignore-hosts')
  return succeed({ kind: 'named', https: httpsProxy, http: httpProxy, exceptions: Array.isArray(exceptions) ? exceptions : [], problems: [] })
}

function addressOf(settings: Settings, protocol: 'http' | 'https' | 'socks'): { readonly host: string; readonly port: number } | null {
  const [host, port] = [settings.get(`${protocol} host`), settings.get(`${protocol} port`)]
  return typeof host === 'string' && host !== '' && typeof port === 'number' && port > 0 ? { host, port } : null
}

function accountOf(settings: Settings): ProxyAccount | null {
  const [user, password] = [settings.get('http authentication-user'), settings.get('http authentication-password')]
  return settings.get('http use-authentication') === true && typeof user === 'string' && typeof password === 'string' ? { user, password } : null
}

/** By `mode`, `http host` …: the key, behind the name of the child schema. */
function readSettings(output: string): Settings {
  const settings = new Map<string, Variant>()
  for (const line of output.split('\n')) {
    const [, child, key, text] = /^org\.gnome\.system\.proxy(?:\.(\w+))? ([\w-]+) (.+)$/.exec(line.trimEnd()) ?? []
    const value = text === undefined ? null : parseVariant(text)
    if (key !== undefined && value !== null) settings.set(child === undefined ? key : `${child} ${key}`, value)
  }
  return settings
}
