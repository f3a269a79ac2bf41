import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { parseProxyUrl, type ProxyUrl } from './proxyUrl.ts'
import { noSystemProxy, onlySocks, unusableSetting, type SystemProxy } from './systemProxy.ts'

export const kdeSettings = 'the proxy settings of KDE'

/**
 * The file kioslaverc, group "Proxy Settings", as KIO reads it (kprotocolmanager: ProxyType 0 none, 1 manual, 2 a script,
 * 3 a script of the network, 4 the variables of the environment, which have been looked at before). HTTPS takes only a proxy of its own.
 */
export function parseKdeProxy(text: string): Result<SystemProxy, Problem> {
  const settings = readGroup(text)
  const type = settings.get('ProxyType') ?? '0'
  switch (type) {
    case '0': case '4': return succeed(noSystemProxy)
    case '1': return readManual(settings)
    case '2': return succeed({ kind: 'script', address: settings.get('Proxy Config Script') ?? null })
    case '3': return succeed({ kind: 'script', address: null })
    default: return fail(unusableSetting(kdeSettings, `its type is "${type}", which is not known`))
  }
}

function readManual(settings: ReadonlyMap<string, string>): Result<SystemProxy, Problem> {
  const [https = '', http = '', socks = ''] = ['httpsProxy', 'httpProxy', 'socksProxy'].map((key) => settings.get(key) ?? '')
  if (https === '') return socks === '' ? succeed(noSystemProxy) : fail(onlySocks(kdeSettings))
  if (settings.get('ReversedException') === 'true') return fail(unusableSetting(kdeSettings, 'it is meant for the listed hosts only, which cannot be followed here'))
  const proxy = toProxyUrl(https)
  if (proxy === null) return fail(unusableSetting(kdeSettings, 'it is no address as http://proxy.contoso.com 8080'))
  return succeed({ kind: 'named', https: proxy, http: toProxyUrl(http), exceptions: (settings.get('NoProxyFor') ?? '').split(/[,\s]+/).filter((entry) => entry !== ''), problems: [] })
}

/** KDE writes `http://proxy.contoso.com 8080`, and takes `proxy.contoso.com:8080` too. */
function toProxyUrl(written: string): ProxyUrl | null {
  const address = written.trim().replace(/\s+(?=\d+$)/, ':')
  return parseProxyUrl(address.includes('://') ? address : `http://${address}`)
}

/** `[$e]` behind a key says that variables may be in it; those of addresses are rare, and are no address then. */
function readGroup(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  let group = ''
  for (const line of text.split(/\r?\n/)) {
    const [, heading] = /^\[(.+)\]\s*$/.exec(line) ?? []
    const [, key, value = ''] = /^([^=[]+?)\s*(?:\[\$\w+\])?\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (heading !== undefined) group = heading
    else if (group === 'Proxy Settings' && key !== undefined) values.set(key, value)
  }
  return values
}
