/** Exceptions of a system in the words of NO_PROXY. */
export type SaidExceptions = {
  /** For NO_PROXY, in small letters. */
  readonly said: readonly string[]
  /** About names of hosts, and yet nothing that NO_PROXY can say: they do not hold. */
  readonly unsaid: readonly string[]
  /** Everything is excepted. */
  readonly exceptsAll: boolean
}

/**
 * NO_PROXY, as Node reads it, knows hosts and whole domains, each with a port if need be. Patterns of addresses and what
 * concerns names without a dot (`<local>`) are left out without a word: Graph and the sign-in have names, with dots.
 */
export function sayExceptions(exceptions: readonly string[]): SaidExceptions {
  const judged = exceptions.map((text) => judge(text.trim().toLowerCase()))
  return {
    said: judged.flatMap((one) => (one.kind === 'said' ? [one.entry] : [])),
    unsaid: judged.flatMap((one) => (one.kind === 'unsaid' ? [one.entry] : [])),
    exceptsAll: judged.some(({ kind }) => kind === 'all'),
  }
}

type Judged = { readonly kind: 'said' | 'unsaid'; readonly entry: string } | { readonly kind: 'all' | 'ofNoConcern' }

function judge(text: string): Judged {
  // WinINet takes a scheme; what is asked here is https.
  const entry = text.replace(/^https:\/\//, '')
  if (entry === '' || entry.startsWith('http://') || simpleNames.has(entry)) return { kind: 'ofNoConcern' }
  if (entry === '*') return { kind: 'all' }
  if (isAddressPattern(entry)) return { kind: 'ofNoConcern' }
  if (/^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/.test(entry)) return { kind: 'said', entry: `[${entry}]` }
  if (/^\[[0-9a-f:.]+\](:\d+)?$/.test(entry)) return { kind: 'said', entry }
  const [, wildcard, rest = ''] = /^(\*\.?|\.)?([a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::\d+)?)$/.exec(entry) ?? []
  return rest === '' ? { kind: 'unsaid', entry } : { kind: 'said', entry: wildcard === undefined ? rest : `.${rest}` }
}

/** WinINet's words, and Chromium's, for names without a dot and for loopback. */
const simpleNames: ReadonlySet<string> = new Set(['<local>', '<-loopback>'])

/** `10.*`, `192.168.0.0/16`, `169.254/16`, `172.16-31.*`, `fe80::/10`: a single address is none. */
function isAddressPattern(entry: string): boolean {
  return /^[\d.]+\/\d+$/.test(entry) || /^\[?[0-9a-f:.]*:[0-9a-f:.]*\]?\/\d+$/.test(entry) || (/^\d[\d.*-]*$/.test(entry) && /[*-]/.test(entry) && !/^[\d-]+$/.test(entry))
}
