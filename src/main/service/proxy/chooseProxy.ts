import type { Problem } from '../../../shared/domain/problem.ts'
import type { ProxyInUse } from '../../../shared/domain/proxyInUse.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { Environment } from '../../workspace/secrets.ts'
import { parseProxyUrl, showProxy, type ProxyUrl } from './proxyUrl.ts'
import type { SystemAnswer } from './readSystemProxy.ts'
import { sayExceptions } from './sayExceptions.ts'

/** As Node takes them. They may hold a password, and go to Node only. */
export type ProxyVariables = { readonly https_proxy?: ProxyUrl; readonly http_proxy?: ProxyUrl; readonly no_proxy: string }
/** `variables` null: everything is asked directly. */
export type ChosenProxy = { readonly variables: ProxyVariables | null; readonly inUse: ProxyInUse }

/** The lab, and webhooks on this computer: no proxy can reach them. */
const neverProxied = ['localhost', '127.0.0.1', '[::1]'] as const

/**
 * What the environment names goes first, as with other programs; then the system is asked. NO_PROXY adds its exceptions in
 * both cases, and NO_PROXY=* says that there is no proxy. A variable that cannot be used is refused; a setting of the
 * system that cannot be used is told, and stops nothing.
 */
export async function chooseProxy(environment: Environment, askSystem: () => Promise<SystemAnswer>): Promise<Result<ChosenProxy, Problem>> {
  const read = (name: string): string => environment[name.toLowerCase()] || environment[name] || ''
  const without = read('NO_PROXY').split(/[,\s]+/).filter((entry) => entry !== '')
  const named = [{ name: 'HTTPS_PROXY', text: read('HTTPS_PROXY') }, { name: 'HTTP_PROXY', text: read('HTTP_PROXY') }].filter(({ text }) => text !== '')
  for (const { name, text } of named) if (parseProxyUrl(text) === null) return fail(unusableVariable(name))
  if (without.includes('*')) return succeed(directly('NO_PROXY', []))
  const [first] = named
  if (first === undefined) return succeed(ofSystem(await askSystem(), without))
  const [https, http] = [parseProxyUrl(read('HTTPS_PROXY')), parseProxyUrl(read('HTTP_PROXY'))]
  return succeed(through({ https, http, exceptions: without, namedBy: first.name, problems: [] }))
}

function ofSystem({ where, proxy }: SystemAnswer, without: readonly string[]): ChosenProxy {
  if (!proxy.ok) return directly(null, [proxy.problem])
  switch (proxy.value.kind) {
    case 'none': return directly(null, [])
    case 'script': return directly(null, [scriptNotRun(where, proxy.value.address)])
    case 'named': {
      const { https, http, exceptions, problems } = proxy.value
      const { said, unsaid, exceptsAll } = sayExceptions(exceptions)
      if (exceptsAll) return directly(where, [])
      return through({ https, http, exceptions: [...without, ...said], namedBy: where, problems: unsaid.length === 0 ? problems : [...problems, notTakenOver(where, unsaid)] })
    }
  }
}

type Named = { readonly https: ProxyUrl | null; readonly http: ProxyUrl | null; readonly namedBy: string; readonly exceptions: readonly string[]; readonly problems: readonly Problem[] }

/** Where only a proxy of HTTP is named, Node takes it for https too. */
function through({ https, http, exceptions, namedBy, problems }: Named): ChosenProxy {
  const chosen = https ?? http
  const all = [...exceptions, ...neverProxied]
  return {
    variables: { ...(https === null ? {} : { https_proxy: https }), ...(http === null ? {} : { http_proxy: http }), no_proxy: all.join(',') },
    inUse: { proxy: chosen === null ? null : showProxy(chosen), namedBy, exceptions: all, problems },
  }
}

function directly(namedBy: string | null, problems: readonly Problem[]): ChosenProxy {
  return { variables: null, inUse: { proxy: null, namedBy, exceptions: [], problems } }
}

/** The value may hold a password. */
function unusableVariable(name: string): Problem {
  return {
    kind: 'configurationInvalid', message: `The proxy in ${name} cannot be used: it is no URL of a proxy.`,
    remedy: 'Write it as http://proxy.contoso.com:8080, or take the variable away.', detail: { variable: name },
  }
}

/** The script is foreign code from the network: the window's Chromium has a sandbox for it, and we have none. */
function scriptNotRun(where: string, address: string | null): Problem {
  const script = address === null ? 'look in the network for a script that chooses the proxy' : `name a script that chooses the proxy${showAddress(address)}`
  return {
    kind: 'configurationInvalid', message: `According to ${where} programs ${script}; Guestbridge runs none. Graph is asked directly.`,
    remedy: 'Name the proxy that it chooses for Graph in HTTPS_PROXY (http://proxy.contoso.com:8080); NO_PROXY=* says that there is none. The desktop application asks its own browser instead.',
  }
}

/** User, password and query stay out. */
function showAddress(address: string): string {
  if (!URL.canParse(address)) return ''
  const { protocol, host, pathname } = new URL(address)
  return ` (${protocol}//${host}${pathname})`
}

function notTakenOver(where: string, unsaid: readonly string[]): Problem {
  return {
    kind: 'configurationInvalid', message: `Of ${where} these exceptions do not hold here: ${unsaid.join(', ')}.`,
    remedy: 'If one of them means Graph or the sign-in, name the host in NO_PROXY (graph.microsoft.com,login.microsoftonline.com).',
  }
}
