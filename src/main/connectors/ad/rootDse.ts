import type { SearchEntry } from 'ldapts'
import { PresenceFilter, SearchRequest } from 'ldapts'
import { parseDn } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { LdapSession, RequestOptions } from './ldapSession.ts'

/** What a domain controller says of itself (MS-ADTS 3.1.1.3.2). */
export type RootDse = {
  readonly domainDn: Dn
  readonly schemaDn: Dn
  /** dnsHostName, e.g. `dc1.contoso.com`. */
  readonly controller: string
  /** What makes the controller and its update sequence numbers one of a kind; null where the server does not say. */
  readonly dsServiceName: Dn | null
  readonly configurationDn: Dn | null
}

const attributes = ['defaultNamingContext', 'schemaNamingContext', 'dnsHostName', 'dsServiceName', 'configurationNamingContext']

export async function readRootDse(session: LdapSession, options: RequestOptions): Promise<Result<RootDse, Problem>> {
  const filter = new PresenceFilter({ attribute: 'objectClass' })
  const answer = await session.request((messageId) => new SearchRequest({ messageId, baseDN: '', scope: 'base', filter, attributes }), options)
  if (!answer.ok) return answer
  const [entry] = answer.value.entries
  const domain = parseDn(textIn(entry, 'defaultNamingContext'))
  const schema = parseDn(textIn(entry, 'schemaNamingContext'))
  const controller = textIn(entry, 'dnsHostName')
  if (!domain.ok || !schema.ok || controller === '') return fail(notADomainController(options.doing))
  return succeed({ domainDn: domain.value, schemaDn: schema.value, controller, dsServiceName: dnIn(entry, 'dsServiceName'), configurationDn: dnIn(entry, 'configurationNamingContext') })
}

function dnIn(entry: SearchEntry | undefined, name: string): Dn | null {
  const parsed = parseDn(textIn(entry, name))
  return parsed.ok && parsed.value !== '' ? parsed.value : null
}

/** Empty where the attribute did not come. */
export function textIn(entry: SearchEntry | undefined, name: string): string {
  const attribute = entry?.attributes.find(({ type }) => type.toLowerCase() === name.toLowerCase())
  return attribute?.parsedBuffers[0]?.toString('utf8') ?? ''
}

function notADomainController(doing: string): Problem {
  return { kind: 'wrongController', message: `${doing} failed: the server is no Active Directory domain controller.`, remedy: 'Check server and port of the connection.' }
}
