import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getCACertificates } from 'node:tls'
import type { SiteAnswer } from '../../../shared/domain/delegation.ts'
import type { KerberosTools } from './kerberosTools.ts'
import type { SiteRequest } from './proofRequest.ts'
import { findSeenAs, readPageText } from './readPage.ts'

/** `answer` null: the site was not reached or could not be asked; `problem` says why, or why the answer proves little. */
export type SiteOutcome = { readonly answer: SiteAnswer | null; readonly problem: string | null }

type Exchange = { readonly status: number; readonly address: string; readonly headers: string; readonly body: string }
type Asked = { readonly kind: 'answered'; readonly exchange: Exchange } | { readonly kind: 'failed'; readonly why: string }

/**
 * The HTTP Negotiate round trip (RFC 4559) with curl and the ticket in the guest's name, which is the only one in its cache:
 * it cannot sign in as the connector. First without a ticket, because a page that everybody gets proves nothing.
 */
export async function askSite(site: SiteRequest, spn: string, names: readonly string[], tools: KerberosTools): Promise<SiteOutcome> {
  const host = new URL(site.url).hostname
  const hostOfSpn = /^HTTP\/([^/:]+)/i.exec(spn)?.[1]
  if (hostOfSpn?.toLowerCase() !== host.toLowerCase()) return { answer: null, problem: `A browser asks for the ticket HTTP/${host}, and the proxy for ${spn}: align the host of the URL with that of the SPN (check 26).` }
  const cannot = await explainMissingNegotiate(tools)
  if (cannot !== null) return { answer: null, problem: cannot }
  const authorities = await writeAuthorities(site, tools.folder)
  const open = await ask(site, authorities, [], tools)
  if (open.kind === 'failed') return { answer: null, problem: open.why }
  const signedIn = await ask(site, authorities, ['negotiate', 'user = ":"'], tools)
  if (signedIn.kind === 'failed') return { answer: null, problem: signedIn.why }
  const { status, address, headers, body } = signedIn.exchange
  return {
    answer: { url: address, status, seenAs: findSeenAs(`${headers}\n${readPageText(body)}\n${body}`, names), text: readPageText(body) },
    problem: judge(open.exchange, signedIn.exchange, host),
  }
}

function judge(open: Exchange, signedIn: Exchange, host: string): string | null {
  if (new URL(signedIn.address).hostname !== host) return `The site sent us on to ${new URL(signedIn.address).host}, which the ticket is not for.`
  if (open.status !== 401) return `Without a ticket the site answers ${open.status}: it does not ask who comes, so its page proves nothing.`
  if (!/^www-authenticate:\s*(negotiate|kerberos)\b/im.test(open.headers)) return 'The site asks who comes, but not by Negotiate: set it to Windows authentication (Kerberos).'
  if (signedIn.status === 401) return 'The site refused the ticket: look at the account of its application pool and useAppPoolCredentials, at its keytab, and at who owns the SPN (checks 16, 18, 19).'
  return signedIn.address.startsWith('http:') ? 'The site was asked without encryption: whoever listens can take over what is signed in.' : null
}

async function explainMissingNegotiate(tools: KerberosTools): Promise<string | null> {
  const version = await tools.run('curl', ['--version'])
  if (version.kind !== 'ended') return explainSilence(version.kind)
  return /^Features:.*\bGSS-API\b/m.test(version.stdout) ? null : 'curl on this machine was built without GSS-API: install one that has it (curl --version names it under Features).'
}

function explainSilence(kind: 'missing' | 'cancelled' | 'timedOut'): string {
  switch (kind) {
    case 'missing': return 'curl is not on the path: install it to ask the site.'
    case 'cancelled': return 'The proof was cancelled before the site had answered.'
    case 'timedOut': return 'The site did not answer in time.'
  }
}

/** curl takes one file in the place of the system's, so it gets the system's and ours together. */
async function writeAuthorities({ caPem }: SiteRequest, folder: string): Promise<string> {
  const file = join(folder, 'authorities.pem')
  await writeFile(file, [...getCACertificates('bundled'), ...getCACertificates('system'), ...(caPem === null ? [] : [caPem])].join('\n'), { mode: 0o600 })
  return file
}

async function ask(site: SiteRequest, authorities: string, options: readonly string[], tools: KerberosTools): Promise<Asked> {
  const [headerFile, bodyFile] = [join(tools.folder, 'headers'), join(tools.folder, 'body')]
  const { hostname, port, protocol } = new URL(site.url)
  const resolved = site.address === null ? [] : [`resolve = ${quote(`${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}:${site.address.includes(':') ? `[${site.address}]` : site.address}`)}`]
  const settings = [
    `url = ${quote(new URL(site.url).href)}`, `cacert = ${quote(authorities)}`, `dump-header = ${quote(headerFile)}`, `output = ${quote(bodyFile)}`,
    `write-out = ${quote('%{http_code} %{url_effective}')}`, 'silent', 'show-error', 'max-time = 30', 'max-filesize = 5000000', 'http1.1', 'proto = "=http,https"', 'noproxy = "*"', 'location', 'max-redirs = 5',
    ...resolved, ...options,
  ]
  await Promise.all([headerFile, bodyFile].map((file) => writeFile(file, '', { mode: 0o600 })))
  // --disable must come first: a .curlrc of somebody is not part of the proof.
  const answer = await tools.run('curl', ['--disable', '--config', '-'], { cache: 'guest', input: `${settings.join('\n')}\n` })
  if (answer.kind !== 'ended') return { kind: 'failed', why: explainSilence(answer.kind) }
  const [, status, address] = /^(\d+) (\S+)$/.exec(answer.stdout.trim()) ?? []
  if (!answer.succeeded || status === undefined || address === undefined) return { kind: 'failed', why: `The site was not reached: ${answer.stderr.trim().replace(/^curl: /, '')}.` }
  return { kind: 'answered', exchange: { status: Number(status), address, headers: lastHeaders(await readFile(headerFile, 'utf8')), body: await readFile(bodyFile, 'utf8') } }
}

/** Of several answers (401, redirects) the headers of the last one. */
function lastHeaders(text: string): string {
  return text.split(/\r?\n\r?\n/).filter((block) => block.trim() !== '').at(-1) ?? ''
}

/** curl(1), --config: within quotes a backslash escapes. */
function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}
