import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { makeProxyUrl, parseProxyUrl, type ProxyUrl } from './proxyUrl.ts'
import { noSystemProxy, onlySocks, unusableSetting, type SystemProxy } from './systemProxy.ts'

export const windowsSettings = 'the proxy settings of Windows'
export const winHttpSettings = 'the proxy settings of WinHTTP (netsh winhttp)'

/** Values of one key, by their names in small letters. */
export type RegistryValues = ReadonlyMap<string, { readonly type: string; readonly data: string }>

/** What `reg query KEY` prints: four spaces between name, type and data. Headings and subkeys have no place in it. */
export function parseRegistryValues(output: string): RegistryValues {
  const rows = output.split(/\r?\n/).map((line) => /^ {4}(.+?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/.exec(line))
  return new Map(rows.flatMap((row) => (row?.[1] === undefined || row[2] === undefined ? [] : [[row[1].toLowerCase(), { type: row[2], data: (row[3] ?? '').trim() }] as const])))
}

export function isSetTo(values: RegistryValues, name: string, wanted: number): boolean {
  const { type, data } = values.get(name.toLowerCase()) ?? {}
  return type === 'REG_DWORD' && Number(data) === wanted
}

/** The values of "Internet Settings" (WinINet; https://learn.microsoft.com/windows/win32/wininet/enabling-internet-functionality). A script yields to a proxy that is named beside it. */
export function readWindowsProxy(values: RegistryValues): Result<SystemProxy, Problem> {
  const text = (name: string): string => values.get(name)?.data ?? ''
  if (isSetTo(values, 'ProxyEnable', 1) && text('proxyserver') !== '') return readProxyServer(text('proxyserver'), text('proxyoverride'), windowsSettings)
  return succeed(text('autoconfigurl') === '' ? noSystemProxy : { kind: 'script', address: text('autoconfigurl') })
}

/**
 * The binary value WinHttpSettings, in hexadecimal digits: where it is, and its bytes for "no proxy", are Microsoft's words
 * (https://learn.microsoft.com/troubleshoot/windows-client/group-policy/use-group-policy-apply-winhttp-proxy-settings).
 * Four numbers of 32 bits, little-endian: version, counter, flags (2: a proxy is named), length of its text; then that of the exceptions.
 */
export function readWinHttpProxy(values: RegistryValues): Result<SystemProxy, Problem> {
  const value = values.get('winhttpsettings')
  if (value === undefined) return succeed(noSystemProxy)
  const bytes = Buffer.from(value.data, 'hex')
  const refused = fail(unusableSetting(winHttpSettings, 'the value WinHttpSettings of the registry has a form that is not understood'))
  if (value.type !== 'REG_BINARY' || bytes.length * 2 !== value.data.length || bytes.length < 16) return refused
  if ((bytes.readUInt32LE(8) & 2) === 0) return succeed(noSystemProxy)
  const server = readText(bytes, 12)
  const exceptions = server === null ? null : readText(bytes, server.end)
  return server === null || exceptions === null ? refused : readProxyServer(server.text, exceptions.text, winHttpSettings)
}

function readText(bytes: Buffer, at: number): { readonly text: string; readonly end: number } | null {
  if (at + 4 > bytes.length) return null
  const end = at + 4 + bytes.readUInt32LE(at)
  return end > bytes.length ? null : { text: bytes.toString('latin1', at + 4, end), end }
}

/** `proxy:8080` for everything, or `http=proxy:80;https=proxy:443` (INTERNET_PROXY_INFO, lpszProxy). HTTPS takes no proxy of another protocol. */
function readProxyServer(server: string, override: string, where: string): Result<SystemProxy, Problem> {
  const named = new Map(server.split(/[;\s]+/).filter((entry) => entry !== '').map((entry) => {
    const [, protocol = 'all', address = entry] = /^(\w+)=(.*)$/.exec(entry) ?? []
    return [protocol.toLowerCase(), address] as const
  }))
  const [https, http] = [named.get('https') ?? named.get('all'), named.get('http') ?? named.get('all')]
  if (https === undefined) return named.has('socks') ? fail(onlySocks(where)) : succeed(noSystemProxy)
  const proxy = toProxyUrl(https)
  if (proxy === null) return fail(unusableSetting(where, 'it is no address as proxy.contoso.com:8080'))
  return succeed({ kind: 'named', https: proxy, http: http === undefined ? null : toProxyUrl(http), exceptions: override.split(/[;\s]+/).filter((entry) => entry !== ''), problems: [] })
}

function toProxyUrl(address: string): ProxyUrl | null {
  if (address.includes('://')) return parseProxyUrl(address)
  const [, host = '', port = '0'] = /^(\[.+\]|[^:]+)(?::(\d{1,5}))?$/.exec(address) ?? []
  return makeProxyUrl(host, Number(port), null)
}
