import { z } from 'zod'
import { parseDn } from '../../shared/domain/dn.ts'

/** A text with a rule of its own; `allowed` is the sentence that a problem shows. */
export function textThat(accepts: (text: string) => boolean, allowed: string, description: string): z.ZodString {
  return z.string().refine(accepts, { error: 'is not valid here', params: { allowed } }).meta({ description: `${description} Allowed: ${allowed}.` })
}

export const guid = (description: string) => z.guid().meta({ description })
export const filled = (description: string) => z.string().min(1).meta({ description })
export const httpsOrigin = (description: string) => textThat(isHttpsOrigin, 'an https URL without path, such as https://graph.example.com:8443', description)
export const dn = (description: string) => textThat(isDn, 'a distinguished name, such as OU=Guests,DC=contoso,DC=com', description)
export const caFile = z.exactOptional(filled('PEM file with certification authorities that are trusted besides those of the system. Relative to this folder.'))
export const account = (description: string) => textThat(isAccount, 'a userPrincipalName, such as guestbridge@contoso.com, or a distinguished name', description)
export const ldapUrls = {
  servers: z.array(textThat(isLdapUrl, 'ldaps://host[:port] or ldap://host[:port], without path', 'A domain controller.')).min(1)
    .meta({ description: 'Domain controllers, tried in this order.' }),
  globalCatalogs: z.array(textThat(isLdapUrl, 'ldaps://host:3269 or ldap://host:3268, without path', 'A global catalog.')).min(1)
    .meta({ description: 'Global catalogs, tried in this order, for names that must be unique in the forest; found by DNS or "not checked" where they are missing.' }),
} as const

function isHttpsOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === 'https:' && url.hostname !== '' && url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === ''
}

function isLdapUrl(text: string): boolean {
  const match = /^ldaps?:\/\/([^/\s:@[\]]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?\/?$/i.exec(text)
  return match !== null && (match[2] === undefined || (Number(match[2]) > 0 && Number(match[2]) < 65_536))
}

function isDn(text: string): boolean {
  return parseDn(text).ok
}

function isAccount(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text) || isDn(text)
}
