import { setGlobalProxyFromEnv } from 'node:http'
import type { Problem } from '../../shared/domain/problem.ts'
import type { ProxyInUse } from '../../shared/domain/proxyInUse.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { cloudEndpoints } from '../workspace/clouds.ts'
import type { EntraConfiguration } from '../workspace/configuration.ts'
import type { Environment } from '../workspace/secrets.ts'
import { chooseProxy, type ProxyVariables } from './proxy/chooseProxy.ts'
import { readSystemProxy, type SystemAnswer } from './proxy/readSystemProxy.ts'
import { combineResolved, windowSettings } from './proxy/resolvedProxy.ts'

export type ProxyOptions = {
  readonly environment: Environment
  readonly platform: NodeJS.Platform
  /** Of the workspace; null where there is none yet. */
  readonly entra: EntraConfiguration | null
  /** How a host that has a browser of its own reaches an address, as a PAC script says it ("PROXY a:8080; DIRECT"); null: it has none, or no answer. */
  readonly resolveProxy: ((url: string) => Promise<string | null>) | null
}

/**
 * Lets `fetch` of this thread, and so Graph and the sign-in, go through the proxy of the environment (HTTPS_PROXY,
 * HTTP_PROXY, NO_PROXY), and where that names none, of the system. TLS is spoken through it and verified as ever. LDAP takes
 * no proxy. Settings are read when a workspace is opened, and again whenever its configuration was saved.
 */
export async function useProxy(options: ProxyOptions, proxySwitch: ProxySwitch): Promise<Result<ProxyInUse, Problem>> {
  const chosen = await chooseProxy(options.environment, () => askSystem(options))
  if (!chosen.ok) return chosen
  proxySwitch.set(chosen.value.variables)
  return succeed(chosen.value.inUse)
}

/** What `fetch` of a thread goes through. One for all openings of a workspace: the next one takes the place of the last. */
export type ProxySwitch = { set(variables: ProxyVariables | null): void }

export function createProxySwitch(): ProxySwitch {
  let takeBack: () => void = () => undefined
  return {
    set: (variables) => {
      takeBack()
      takeBack = variables === null ? () => undefined : setGlobalProxyFromEnv({ ...variables })
    },
  }
}

/** A browser knows scripts, and how to find them; the system's tools only what is named. */
async function askSystem({ environment, platform, entra, resolveProxy }: ProxyOptions): Promise<SystemAnswer> {
  if (resolveProxy !== null) {
    const urls = addresses(entra)
    const answers = await Promise.all(urls.map(resolveProxy))
    const resolved = urls.flatMap((url, at) => {
      const answer = answers[at]
      return typeof answer === 'string' ? [{ url, answer }] : []
    })
    if (resolved.length === urls.length) return { where: windowSettings, proxy: combineResolved(resolved) }
  }
  return readSystemProxy(platform, environment)
}

/** Microsoft's own cloud too: another tenant may be connected from the workspace of a lab. */
function addresses(entra: EntraConfiguration | null): readonly string[] {
  const clouds = [...(entra === null ? [] : [cloudEndpoints(entra)]), cloudEndpoints({ cloud: 'global' })]
  return [...new Set(clouds.flatMap(({ graphUrl, signInUrl }) => [graphUrl, signInUrl]))]
}
