declare const proxyUrlBrand: unique symbol
/** URL of a proxy that Node's `fetch` can use. It may hold a password: only `showProxy` makes text for people of it. */
export type ProxyUrl = string & { readonly [proxyUrlBrand]: true }

export type ProxyAccount = { readonly user: string; readonly password: string }

/** Null: no http or https URL of a host, or one whose user and password cannot be decoded, at which Node would throw. */
export function parseProxyUrl(text: string): ProxyUrl | null {
  // URL drops line breaks and tabs without a word; Node refuses them.
  if (/\s/.test(text) || !URL.canParse(text)) return null
  const { protocol, hostname, username, password } = new URL(text)
  // URL takes signs into a host that no name has: those of a variable that nobody replaced, $HOST.
  if (!['http:', 'https:'].includes(protocol) || !/^([a-z0-9._-]+|\[[0-9a-f:.]+\])$/.test(hostname)) return null
  return isDecodable(username) && isDecodable(password) ? (text as ProxyUrl) : null
}

/** Systems name a host and a port; what is spoken to such a proxy is HTTP. Port 0: the one of HTTP. */
export function makeProxyUrl(host: string, port: number, account: ProxyAccount | null): ProxyUrl | null {
  if (!/^[^\s/@?#\\]+$/.test(host)) return null
  const bracketed = /^[0-9a-f]*:[0-9a-f:.]*$/i.test(host) ? `[${host}]` : host
  // A lone surrogate cannot be encoded.
  const encode = (part: string): string => encodeURIComponent(part.toWellFormed())
  const sender = account === null ? '' : `${encode(account.user)}:${encode(account.password)}@`
  return parseProxyUrl(`http://${sender}${bracketed}${port === 0 ? '' : `:${port}`}`)
}

/** Without user and password. */
export function showProxy(proxy: ProxyUrl): string {
  const { protocol, host } = new URL(proxy)
  return `${protocol}//${host}`
}

function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part)
    return true
  } catch {
    // There is no other way to ask; the caller says what is wrong.
    return false
  }
}
