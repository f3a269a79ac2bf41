import { protocol } from 'electron'
import { answerFile, plain, type Answer } from '../window/page.ts'

const scheme = 'app'
export const applicationOrigin = `${scheme}://guestbridge`
export const applicationAddress = `${applicationOrigin}/`

/** Only before Electron is ready. A standard scheme has an origin, so that 'self' of the policy and storage work. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Serves the built renderer, and nothing else of the disk. The page's channel is a port, so it connects to nowhere. */
export function serveAppScheme(renderer: string): void {
  protocol.handle(scheme, async (request) => respond(await answer(request, renderer)))
}

export function isOurs(address: string): boolean {
  return URL.canParse(address) && address.startsWith(applicationAddress)
}

/** The one page, with any place in it. */
export function isApplicationPage(address: string): boolean {
  return isOurs(address) && new URL(address).pathname === '/'
}

async function answer(request: Request, renderer: string): Promise<Answer> {
  if (!isOurs(request.url)) return plain(404, 'Not found')
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET')
  return answerFile(renderer, new URL(request.url).pathname, "'none'")
}

function respond({ status, headers, body }: Answer): Response {
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), { status, headers })
}
