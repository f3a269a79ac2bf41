import { setGlobalProxyFromEnv } from 'node:http'
import type { Problem } from '../../shared/domain/problem.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The lab, and webhooks on this computer: no proxy can reach them. */
const neverProxied = 'localhost,127.0.0.1,[::1]'

/**
 * Lets `fetch` of this thread, and so Graph and the sign-in, go through the proxy that HTTPS_PROXY (HTTP_PROXY, NO_PROXY)
 * names, as other programs do. TLS is spoken through it and verified as ever. LDAP takes no proxy. Null: done, or there is none.
 */
export function useProxy(environment: Environment): Problem | null {
  const read = (name: string): string => environment[name.toLowerCase()] || environment[name] || ''
  const [secure, plain, without] = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].map(read)
  const wanted = { ...(secure ? { https_proxy: secure } : {}), ...(plain ? { http_proxy: plain } : {}) }
  for (const [name, url] of Object.entries(wanted)) if (!isProxyUrl(url)) return unusable(name)
  if (Object.keys(wanted).length > 0) setGlobalProxyFromEnv({ ...wanted, no_proxy: without ? `${without},${neverProxied}` : neverProxied })
  return null
}

function isProxyUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
}

/** The value may hold a password. */
function unusable(name: string): Problem {
  return {
    kind: 'configurationInvalid', message: `The proxy in ${name.toUpperCase()} cannot be used: it is no URL of a proxy.`,
    remedy: 'Write it as http://proxy.contoso.com:8080, or take the variable away.', detail: { variable: name.toUpperCase() },
  }
}
