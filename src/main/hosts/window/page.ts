import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'

export type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer | string }

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.woff2': 'font/woff2', '.json': 'application/json', '.ico': 'image/x-icon', '.map': 'application/json',
}

/** Where the policy of index.html stands for its nonce; the renderer reads it from there (createDOMRenderer, CodeMirror). */
export const noncePlaceholder = '__NONCE__'

/** One policy for both hosts. `connect` is where the page may open its channel: nothing else leaves it. */
export function contentSecurityPolicy(nonce: string, connect: string): string {
  return [
    "default-src 'none'", `script-src 'self' 'nonce-${nonce}'`, `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' data:", "font-src 'self' data:",
    `connect-src ${connect}`, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'",
  ].join('; ')
}

/** A file of the built renderer. Paths that lead out of its folder, or to nothing, are a plain 404. */
export async function answerFile(folder: string, pathname: string, connect: string): Promise<Answer> {
  const path = decode(pathname)
  const file = path === null || path.endsWith('/') && path !== '/' ? null : resolve(folder, `.${path === '/' ? '/index.html' : path}`)
  if (file === null || !file.startsWith(resolve(folder) + sep)) return plain(404, 'Not found')
  try {
    // A link inside of the folder may lead out of it.
    if (!(await realpath(file)).startsWith((await realpath(folder)) + sep)) return plain(404, 'Not found')
    const content = await readFile(file)
    if (!file.endsWith(join(sep, 'index.html'))) return { status: 200, headers: { ...common, 'content-type': types[extname(file)] ?? 'application/octet-stream' }, body: content }
    const nonce = randomBytes(18).toString('base64')
    const headers = { ...common, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy(nonce, connect) }
    return { status: 200, headers, body: content.toString('utf8').replaceAll(noncePlaceholder, nonce) }
  } catch (error) {
    // Whether a file is missing, a folder, or not readable is nobody's business on this port.
    return error instanceof Error && 'code' in error ? plain(404, 'Not found') : plain(500, 'The page could not be read')
  }
}

const common = {
  'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin', 'x-frame-options': 'DENY',
}

export function plain(status: number, text: string): Answer {
  return { status, headers: { ...common, 'content-type': 'text/plain; charset=utf-8' }, body: text }
}

function decode(pathname: string): string | null {
  try {
    const decoded = decodeURIComponent(pathname)
    return decoded.includes('\0') || decoded.includes('\\') ? null : decoded
  } catch {
    // `/%` is no address of ours.
    return null
  }
}
