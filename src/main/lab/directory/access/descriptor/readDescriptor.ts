import type { Directory } from '../../directory.ts'
import type { Entry } from '../../entries/entry.ts'
import type { Actor } from '../actor.ts'
import { holdsRight, isAdministrator } from '../rights.ts'
import { descriptorPart, right, wholeDescriptor } from './descriptor.ts'
import { descriptorOf } from './descriptorOf.ts'
import { formatDescriptor } from './descriptorOctets.ts'

/**
 * nTSecurityDescriptor with the parts that were asked for; null where the account may not read one of them, so that without LDAP_SERVER_SD_FLAGS_OID an
 * ordinary account gets nothing: the audit list is among the parts then (MS-ADTS 3.1.1.3.4.1.11).
 */
export function readDescriptor(directory: Directory, actor: Actor, entry: Entry, parts: number): Buffer | null {
  const wanted = (parts & wholeDescriptor) === 0 ? wholeDescriptor : parts
  const has = (part: number) => (wanted & part) !== 0
  if (has(descriptorPart.sacl) && !isAdministrator(actor)) return null
  if ((wanted & ~descriptorPart.sacl) !== 0 && !holdsRight(directory, actor, entry, right.readControl)) return null
  const whole = descriptorOf(directory, entry)
  return formatDescriptor({
    owner: has(descriptorPart.owner) ? whole.owner : null,
    group: has(descriptorPart.group) ? whole.group : null,
    inheritance: whole.inheritance,
    dacl: has(descriptorPart.dacl) ? whole.dacl : null,
    sacl: has(descriptorPart.sacl) ? whole.sacl : null,
  })
}
