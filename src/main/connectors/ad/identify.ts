import { ExtendedRequest } from 'ldapts'
import { textOf } from '../../../shared/domain/attributes.ts'
import { parseSid } from '../../../shared/domain/ids.ts'
import type { Dn, Sid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DomainIdentity } from '../connector.ts'
import type { Conversation } from './conversation.ts'
import type { DirectorySchema } from './directorySchema.ts'
import { refusalOf } from './errors.ts'
import { readOne } from './readObjects.ts'

/** Which domain is at the other end, which controller answers, and as whom we are there. */
export async function identifyDomain(conversation: Conversation, schema: DirectorySchema, signal: AbortSignal): Promise<Result<DomainIdentity, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { domainDn, controller } = signedIn.value.root
  const domainSid = await readDomainSid(conversation, schema, domainDn, signal)
  if (!domainSid.ok) return domainSid
  const boundAs = await askWhoIAm(conversation, signal)
  return boundAs.ok ? succeed({ domainSid: domainSid.value, domainDn, controller, boundAs: boundAs.value }) : boundAs
}

export async function readDomainSid(conversation: Conversation, schema: DirectorySchema, domainDn: Dn, signal: AbortSignal): Promise<Result<Sid, Problem>> {
  const head = await readOne(conversation, schema, domainDn, ['objectGUID', 'objectSid'], signal)
  if (!head.ok) return head
  const sid = parseSid(head.value === null ? '' : (textOf(head.value.attributes, 'objectSid') ?? ''))
  return sid.ok ? sid : fail(noDomainSid(domainDn))
}

/** RFC 4532. Samba does not know the operation (code 2); there the account is who we said we were. */
async function askWhoIAm(conversation: Conversation, signal: AbortSignal): Promise<Result<string, Problem>> {
  const answer = await conversation.request((messageId) => new ExtendedRequest({ messageId, oid: '1.3.6.1.4.1.4203.1.11.3' }), 'Asking who is signed in', signal)
  if (!answer.ok) return refusalOf(answer.problem)?.code === 2 ? succeed(conversation.connection.account) : answer
  // Active Directory answers `u:DOMAIN\name`.
  return succeed(answer.value.response.value?.replace(/^u:/, '') ?? conversation.connection.account)
}

function noDomainSid(domainDn: string): Problem {
  return { kind: 'limitedInformation', message: `Reading ${domainDn} failed: the security identifier of the domain cannot be read.`, remedy: 'Let the synchronisation account read the domain object; every account may by default.' }
}
