import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { makeProxyUrl } from './proxyUrl.ts'
import { noSystemProxy, onlySocks, unusableSetting, type SystemProxy } from './systemProxy.ts'

export const macSettings = 'the network settings of macOS'

type Dictionary = { readonly values: ReadonlyMap<string, string>; readonly exceptions: readonly string[] }

/**
 * What `scutil --proxy` prints: the dictionary of SCDynamicStoreCopyProxies, its keys those of SCSchemaDefinitions.h
 * (HTTPSEnable, HTTPSProxy, HTTPSPort, ExceptionsList, ProxyAutoConfigURLString …). HTTPS takes only a proxy of its own.
 * A password is in the keychain and not in there.
 */
export function parseMacProxy(output: string): Result<SystemProxy, Problem> {
  const dictionary = readDictionary(output)
  if (dictionary === null) return fail(unusableSetting(macSettings, 'scutil answered in a form that is not understood'))
  const { values, exceptions } = dictionary
  const isOn = (key: string): boolean => values.get(key) === '1'
  if (isOn('HTTPSEnable')) {
    const https = proxyOf(values, 'HTTPS')
    if (https === null) return fail(unusableSetting(macSettings, `"${values.get('HTTPSProxy') ?? ''}" with port "${values.get('HTTPSPort') ?? ''}" is no address of a proxy`))
    return succeed({ kind: 'named', https, http: isOn('HTTPEnable') ? proxyOf(values, 'HTTP') : null, exceptions, problems: [] })
  }
  if (isOn('ProxyAutoConfigEnable')) return succeed({ kind: 'script', address: values.get('ProxyAutoConfigURLString') ?? null })
  if (isOn('ProxyAutoDiscoveryEnable')) return succeed({ kind: 'script', address: null })
  return isOn('SOCKSEnable') ? fail(onlySocks(macSettings)) : succeed(noSystemProxy)
}

function proxyOf(values: ReadonlyMap<string, string>, protocol: 'HTTP' | 'HTTPS') {
  const port = values.get(`${protocol}Port`) ?? '0'
  return /^\d{1,5}$/.test(port) ? makeProxyUrl(values.get(`${protocol}Proxy`) ?? '', Number(port), null) : null
}

/** Only what is said for the whole computer: dictionaries inside of the first one are of single interfaces. */
function readDictionary(output: string): Dictionary | null {
  const [first = '', ...lines] = output.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  if (first !== '<dictionary> {') return null
  const values = new Map<string, string>()
  const exceptions: string[] = []
  const inside: string[] = []
  for (const line of lines) {
    const [, key = '', value = ''] = /^(\S+) : (.*)$/.exec(line) ?? []
    if (line === '}') inside.pop()
    else if (/^<(array|dictionary)> \{$/.test(value)) inside.push(key)
    else if (inside.length === 0 && key !== '') values.set(key, value)
    else if (inside.length === 1 && inside[0] === 'ExceptionsList' && value !== '') exceptions.push(value)
  }
  // Whoever writes the exceptions into one field gets them as one value.
  return { values, exceptions: exceptions.flatMap((entry) => entry.split(/[,;\s]+/)) }
}
