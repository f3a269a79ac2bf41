import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { parseProxyUrl, showProxy, type ProxyUrl } from './proxyUrl.ts'
import { noSystemProxy, onlySocks, unusableSetting, type SystemProxy } from './systemProxy.ts'

export const windowSettings = 'the settings of the system, as the window reads them'

/** An address of Graph or of a sign-in, and what the window answered about it. */
export type ResolvedAddress = { readonly url: string; readonly answer: string }

/**
 * Chromium's answers about single addresses (a list as a PAC script returns it, "PROXY a:8080; DIRECT"; Electron's
 * session.resolveProxy) put together into what `fetch` can be told: one proxy, and the hosts that are asked directly.
 * The first address that has a proxy decides; of each list the first entry that can be used does.
 */
export function combineResolved(answers: readonly ResolvedAddress[]): Result<SystemProxy, Problem> {
  const routes = answers.map(({ url, answer }) => ({ host: new URL(url).host, route: parseRoute(answer) }))
  const unread = routes.find(({ route }) => route.kind === 'unusable')
  const proxies = routes.flatMap(({ host, route }) => (route.kind === 'proxy' ? [{ host, proxy: route.proxy }] : []))
  const [first] = proxies
  if (first === undefined) {
    if (unread === undefined) return succeed(noSystemProxy)
    return fail(unread.route.kind === 'unusable' && unread.route.isSocks ? onlySocks(windowSettings) : unusableSetting(windowSettings, `what they say about ${unread.host} is not understood`))
  }
  const others = proxies.filter(({ proxy }) => proxy !== first.proxy)
  return succeed({
    kind: 'named', https: first.proxy, http: null, exceptions: routes.flatMap(({ host, route }) => (route.kind === 'direct' ? [host] : [])),
    problems: others.length === 0 ? [] : [oneForAll(first, others.map(({ host }) => host))],
  })
}

/** `fetch` takes one proxy; those that a script spreads over hosts mostly reach the same. */
function oneForAll({ host, proxy }: { readonly host: string; readonly proxy: ProxyUrl }, others: readonly string[]): Problem {
  return {
    kind: 'configurationInvalid', message: `According to ${windowSettings} ${others.join(' and ')} ${others.length === 1 ? 'has' : 'have'} another proxy than ${host}; all go through ${showProxy(proxy)}.`,
    remedy: 'If the sign-in or Graph does not answer, name a proxy that reaches both in HTTPS_PROXY.',
  }
}

type Route = { readonly kind: 'direct' } | { readonly kind: 'proxy'; readonly proxy: ProxyUrl } | { readonly kind: 'unusable'; readonly isSocks: boolean }

function parseRoute(answer: string): Route {
  const entries = answer.split(';').map((entry) => entry.trim()).filter((entry) => entry !== '')
  for (const entry of entries) {
    if (entry === 'DIRECT') return { kind: 'direct' }
    const [, word = '', address = ''] = /^(PROXY|HTTP|HTTPS) (\S+)$/.exec(entry) ?? []
    const proxy = word === '' ? null : parseProxyUrl(`${word === 'HTTPS' ? 'https' : 'http'}://${address}`)
    if (proxy !== null) return { kind: 'proxy', proxy }
  }
  return { kind: 'unusable', isSocks: entries.some((entry) => entry.startsWith('SOCKS')) }
}
