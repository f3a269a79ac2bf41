import type { Problem } from './problem.ts'

/** Through what Graph and its sign-in are asked, as it may be shown: nothing in it is a secret. */
export type ProxyInUse = {
  /** `http://proxy.contoso.com:8080`, without name and password. Null: everything is asked directly. */
  readonly proxy: string | null
  /** Who named the proxy, or said that there is none: `HTTPS_PROXY`, `the proxy settings of GNOME`. Null: nobody said anything. */
  readonly namedBy: string | null
  /** Hosts that are asked directly all the same, as NO_PROXY says them: `.contoso.com`, `127.0.0.1`, `contoso.com:8443`. */
  readonly exceptions: readonly string[]
  /** Settings of the system that could not be followed: nothing stops because of them. */
  readonly problems: readonly Problem[]
}

export const noProxy: ProxyInUse = { proxy: null, namedBy: null, exceptions: [], problems: [] }

/** What ends "Graph is asked …", with who says so. `url` has a host, and a port where it is not the usual one. */
export function describeWay(url: string, inUse: ProxyInUse): string {
  const { proxy, namedBy, problems } = inUse
  if (isProxied(url, inUse)) return `through the proxy ${proxy} (${namedBy})`
  if (proxy !== null) return `directly, as an exception of the proxy ${proxy} (${namedBy})`
  if (namedBy !== null) return `directly, as ${namedBy} says of everything`
  return problems.length === 0 ? 'directly: neither HTTPS_PROXY nor the settings of the system name a proxy' : 'directly'
}

export function isProxied(url: string, { proxy, exceptions }: ProxyInUse): boolean {
  const [, scheme, host = '', port] = /^(https?):\/\/(\[[^\]]*\]|[^:/?#]*)(?::(\d+))?/i.exec(url) ?? []
  const asked = port === undefined ? (scheme?.toLowerCase() === 'http' ? 80 : 443) : Number(port)
  return proxy !== null && !exceptions.some((exception) => covers(exception, host.toLowerCase(), asked))
}

/** As `fetch` of Node reads NO_PROXY (undici's EnvHttpProxyAgent): a name stands for its subdomains too. */
function covers(exception: string, host: string, port: number): boolean {
  const [, name = exception, ofPort] = /^(.+):(\d+)$/.exec(exception) ?? []
  if (ofPort !== undefined && Number(ofPort) !== port && Number(ofPort) !== 0) return false
  const suffix = name.replace(/^\*?\./, '').toLowerCase()
  return host === suffix || host.endsWith(`.${suffix}`)
}
