import { ExtendedRequest } from 'ldapts'
import { textOf } from '../../../shared/domain/attributes.ts'
import { parseSid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DomainIdentity } from '../connector.ts'
import type { DirectoryLink } from './directoryLink.ts'
import type { DirectorySchema } from './directorySchema.ts'
import { refusalOf } from './errors.ts'
import { readOne } from './readObjects.ts'

/** Which domain is at the other end, which controller answers, and as whom we are there. */
export async function identifyDomain(link: DirectoryLink, schema: DirectorySchema, signal: AbortSignal): Promise<Result<DomainIdentity, Problem>> {
  const signedIn = await link.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { domainDn, controller } = signedIn.value.root
  const head = await readOne(link, schema, domainDn, ['objectGUID', 'objectSid'], signal)
  if (!head.ok) return head
  const sid = parseSid(head.value === null ? '' : (textOf(head.value.attributes, 'objectSid') ?? ''))
  if (!sid.ok) return fail(noDomainSid(domainDn))
  const boundAs = await askWhoIAm(link, signal)
  return boundAs.ok ? succeed({ domainSid: sid.value, domainDn, controller, boundAs: boundAs.value }) : boundAs
}

/** RFC 4532. Samba does not know the operation (code 2); there the account is who we said we were. */
async function askWhoIAm(link: DirectoryLink, signal: AbortSignal): Promise<Result<string, Problem>> {
  const answer = await link.request((messageId) => new ExtendedRequest({ messageId, oid: '1.3.6.1.4.1.4203.1.11.3' }), 'Asking who is signed in', signal)
  if (!answer.ok) return refusalOf(answer.problem)?.code === 2 ? succeed(link.connection.account) : answer
  // Active Directory answers `u:DOMAIN\name`.
  return succeed(answer.value.response.value?.replace(/^u:/, '') ?? link.connection.account)
}

function noDomainSid(domainDn: string): Problem {
  return { kind: 'limitedInformation', message: `Reading ${domainDn} failed: the security identifier of the domain cannot be read.`, remedy: 'Let the synchronisation account read the domain object; every account may by default.' }
}
