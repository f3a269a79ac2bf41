import type { ApplicationRegistration } from '../tenantSettings.ts'

/** What a registration has under "Mobile and desktop applications" where nothing else is said. */
const usualRedirects: readonly string[] = ['http://localhost']

/**
 * Under which platform of the registration the address stands; null: under none. Of loopback addresses the port does not
 * count, everything else does (reply-url of the identity platform; RFC 8252 7.3).
 */
export function findPlatform({ redirectUris = usualRedirects, webRedirectUris = [] }: ApplicationRegistration, redirectUri: string): 'desktop' | 'web' | null {
  if (!URL.canParse(redirectUri)) return null
  const loopback = /^(http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?((?:\/[^\s#]*)?)$/.exec(redirectUri)
  const registered = loopback === null ? redirectUri : `${loopback[1] ?? ''}${loopback[2] ?? ''}`
  if (redirectUris.includes(registered)) return 'desktop'
  return webRedirectUris.includes(registered) ? 'web' : null
}
