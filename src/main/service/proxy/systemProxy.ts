import type { Problem } from '../../../shared/domain/problem.ts'
import type { ProxyUrl } from './proxyUrl.ts'

/** What the operating system says about proxies, in the one form that the rest of Guestbridge knows. */
export type SystemProxy =
  | { readonly kind: 'none' }
  | NamedProxy
  /** A program in JavaScript chooses (PAC). `address` null: it is looked for in the network (WPAD). */
  | { readonly kind: 'script'; readonly address: string | null }

export type NamedProxy = {
  readonly kind: 'named'
  readonly https: ProxyUrl
  readonly http: ProxyUrl | null
  /** As the system writes them; `sayExceptions` puts them into the words of NO_PROXY. */
  readonly exceptions: readonly string[]
  /** What of the settings cannot be followed, though a proxy is used. */
  readonly problems: readonly Problem[]
}

export const noSystemProxy: SystemProxy = { kind: 'none' }

/** `where`: "the proxy settings of GNOME". `what` may not hold a password. */
export function unusableSetting(where: string, what: string): Problem {
  return {
    kind: 'configurationInvalid', message: `A proxy in ${where} cannot be used: ${what}. Graph is asked directly.`,
    remedy: 'Correct it there, or name a proxy in HTTPS_PROXY (http://proxy.contoso.com:8080), which goes first; NO_PROXY=* says that there is none.',
  }
}

/** SOCKS is no HTTP proxy, and `fetch` speaks with those only. */
export function onlySocks(where: string): Problem {
  return unusableSetting(where, 'it speaks SOCKS, and Guestbridge speaks with HTTP proxies only')
}
