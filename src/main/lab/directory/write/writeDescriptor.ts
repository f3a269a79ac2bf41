import type { Actor } from '../access/actor.ts'
import { wholeDescriptor } from '../access/descriptor/descriptor.ts'
import { parseDescriptor } from '../access/descriptor/descriptorOctets.ts'
import { ownedBy, replaceDescriptor } from '../access/descriptor/editDescriptor.ts'
import { isAdministrator, writableDescriptorParts } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { octetsOf, withAttributes } from '../entries/entry.ts'
import { accessDenied, badSyntax, unwilling } from '../errors.ts'
import { sidFromOctets } from '../names/octets.ts'
import type { Refusal } from '../refusal.ts'
import { knownAttribute } from '../schema/schema.ts'
import type { Modification } from './request.ts'
import type { ReadInput } from './values.ts'

const attribute = knownAttribute('nTSecurityDescriptor')

/**
 * A descriptor can only be replaced. Parts that the request names and the descriptor has need the rights to them; the audit list of somebody who may not write
 * it is left alone (MS-ADTS 6.1.3.2).
 */
export function writeDescriptor(directory: Directory, actor: Actor, entry: Entry, input: ReadInput & Pick<Modification, 'operation'>, parts: number): Entry | Refusal {
  const [octets, ...more] = input.values
  if (input.operation !== 'replace' || !(octets instanceof Uint8Array) || more.length > 0) return unwilling()
  const given = parseDescriptor(octets)
  if (given === null) return badSyntax(attribute)
  const present = [given.owner === null ? 0 : 1, given.group === null ? 0 : 2, given.dacl === null ? 0 : 4, given.sacl === null ? 0 : 8].reduce((sum, part) => sum | part, 0)
  const wanted = ((parts & wholeDescriptor) === 0 ? wholeDescriptor : parts) & present
  const writable = actor.kind === 'system' ? wholeDescriptor : writableDescriptorParts(directory, actor, entry)
  return (wanted & ~writable) === 0 ? replaceDescriptor(directory, entry, given, wanted) : accessDenied()
}

/**
 * Of a new entry: what it was given, less what is inherited; otherwise the class's. What administrators make belongs to Domain Admins, everything else to who
 * made it (MS-ADTS 6.1.3.1).
 */
export function settleDescriptor(directory: Directory, actor: Actor, entry: Entry): Entry | Refusal {
  const octets = octetsOf(entry, 'nTSecurityDescriptor')
  const given = octets === null ? null : parseDescriptor(octets)
  if (octets !== null && given === null) return badSyntax(attribute)
  if (given !== null) return replaceDescriptor(directory, withAttributes(entry, { nTSecurityDescriptor: [] }), given, wholeDescriptor)
  if (actor.kind !== 'account' || isAdministrator(actor)) return entry
  const sid = octetsOf(directory.store.get(actor.id), 'objectSid')
  return sid === null ? entry : ownedBy(entry, sidFromOctets(sid), `${directory.domain.sid}-513`)
}
