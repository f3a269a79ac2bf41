import { decodeSecurityDescriptor } from '../../../../shared/domain/securityDescriptor.ts'
import type { SecurityDescriptor } from '../../../../shared/domain/securityDescriptor.ts'
import type { ObjectSecurity } from '../../../../shared/domain/directoryRights.ts'
import type { Dn } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import { ShowDeleted } from '../controls.ts'
import type { Conversation } from '../conversation.ts'
import { anyObject, isAbsent } from '../readObjects.ts'
import { searchOnce } from '../search.ts'
import { SdFlags, sdParts } from './sdFlags.ts'

/** Null: no such object. `hidden`: it is there, and its descriptor may not be read. */
export async function readSecurity(conversation: Conversation, dn: Dn, signal: AbortSignal): Promise<Result<ObjectSecurity | 'hidden' | null, Problem>> {
  const read = await readDescriptor(conversation, dn, sdParts.owner | sdParts.access, signal)
  if (!read.ok) return read
  if (read.value === null || read.value === 'hidden') return succeed(read.value)
  const { owner, access } = read.value
  return succeed({ owner, entries: access === null ? null : access.entries })
}

/** The named parts of an object's descriptor; CN=Deleted Objects, which is deleted itself, is found too. */
export async function readDescriptor(conversation: Conversation, dn: Dn, parts: number, signal: AbortSignal): Promise<Result<SecurityDescriptor | 'hidden' | null, Problem>> {
  const doing = `Reading the rights on ${dn}`
  const search = { base: dn, scope: 'base' as const, filter: anyObject, attributes: ['nTSecurityDescriptor'], controls: [new ShowDeleted(), new SdFlags(parts)] }
  const found = await searchOnce(conversation, search, doing, signal)
  if (!found.ok) return isAbsent(found.problem) ? succeed(null) : found
  const [entry] = found.value
  if (entry === undefined) return succeed(null)
  const octets = entry.attributes.find(({ type }) => type.toLowerCase() === 'ntsecuritydescriptor')?.parsedBuffers[0]
  if (octets === undefined) return succeed('hidden')
  const descriptor = decodeSecurityDescriptor(octets)
  return descriptor.ok ? descriptor : fail({ kind: 'malformedAnswer', message: `${doing} failed: the descriptor is malformed: ${descriptor.problem.why}.`, remedy: 'Look at the object with the security tab of Active Directory Users and Computers.' })
}
