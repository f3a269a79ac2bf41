import type { ApplicationRegistration } from '../tenantSettings.ts'

/** What a registration has under "Mobile and desktop applications" where nothing else is said. */
const usualRedirects: readonly string[] = ['http://localhost']

/** Of loopback addresses the port does not count, everything else does (reply-url of the identity platform; RFC 8252 7.3). */
export function isRegisteredRedirect({ redirectUris = usualRedirects }: ApplicationRegistration, redirectUri: string): boolean {
  const loopback = /^(http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?((?:\/[^\s#]*)?)$/.exec(redirectUri)
  return redirectUris.includes(loopback === null ? redirectUri : `${loopback[1] ?? ''}${loopback[2] ?? ''}`) && URL.canParse(redirectUri)
}
