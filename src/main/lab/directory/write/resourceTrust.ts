import type { Actor } from '../access/actor.ts'
import { parseDescriptor } from '../access/descriptor/descriptorOctets.ts'
import type { Entry } from '../entries/entry.ts'
import { octetsOf } from '../entries/entry.ts'
import { badSyntax } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { knownAttribute } from '../schema/schema.ts'

export const trustOfResource = 'msDS-AllowedToActOnBehalfOfOtherIdentity'

/** Who may sign others in at the account. The value is a security descriptor (MS-ADTS 3.1.1.2.2.2.4, MS-ADA2): a valid one with an owner. */
export function checkResourceTrust(actor: Actor, entry: Entry): Refusal | null {
  const octets = octetsOf(entry, trustOfResource)
  if (octets === null || actor.kind === 'system') return null
  const descriptor = parseDescriptor(octets)
  return descriptor === null || descriptor.owner === null ? badSyntax(knownAttribute(trustOfResource)) : null
}
