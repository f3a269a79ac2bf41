import { aceFlags, aceTypes, makeAllowEntry } from './accessEntry.ts'
import type { AccessEntry } from './accessEntry.ts'
import { encodeBase64 } from './base64.ts'
import type { ResourceTrust, TrustEntry } from './delegation.ts'
import { parseSid } from './ids.ts'
import type { Sid } from './ids.ts'
import type { Result } from './result.ts'
import { fail, succeed } from './result.ts'
import { decodeSecurityDescriptor, descriptorControl, encodeSecurityDescriptor, lengthOfList } from './securityDescriptor.ts'
import type { AccessList, DescriptorProblem, SecurityDescriptor } from './securityDescriptor.ts'

/** What msDS-AllowedToActOnBehalfOfOtherIdentity says. Total: what cannot be read is `malformed`, and must not be overwritten. */
export function readTrust(octets: Uint8Array): ResourceTrust {
  const descriptor = decodeTrust(octets)
  const content: ResourceTrust['content'] = descriptor.ok
    ? { kind: 'descriptor', entries: descriptor.value.access.entries.map(describeEntry) }
    : { kind: 'malformed', why: descriptor.problem.why }
  return { base64: encodeBase64(octets), content }
}

export type TrustProblem =
  | DescriptorProblem
  /** An entry that denies stands in the list already: an entry that allows would not help. */
  | { readonly kind: 'trusteeDenied'; readonly sid: Sid }
  | { readonly kind: 'tooManyTrustees' }

/**
 * The descriptor with the trustees `add` and without those of `remove`; all other entries stay as they are, in their order. `octets` null: there
 * is none yet. The answer null: nobody would be left, so the attribute is cleared. What changes nothing gives the same octets.
 */
export function withTrustees(octets: Uint8Array | null, add: readonly Sid[], remove: readonly Sid[]): Result<Uint8Array | null, TrustProblem> {
  const read = octets === null ? succeed(emptyTrust) : decodeTrust(octets)
  if (!read.ok) return read
  const { access } = read.value
  const kept = access.entries.filter((entry) => !(isPlainAllow(entry) && entry.sid !== null && remove.includes(entry.sid)))
  const denied = add.find((sid) => kept.some((entry) => isDeny(entry) && entry.sid === sid))
  if (denied !== undefined) return fail({ kind: 'trusteeDenied', sid: denied })
  const missing = [...new Set(add)].filter((sid) => !kept.some((entry) => isPlainAllow(entry) && entry.sid === sid && allowsToAct(entry)))
  if (missing.length === 0 && kept.length === access.entries.length) return succeed(octets)
  const entries = [...kept, ...missing.map((sid) => makeAllowEntry(sid, fullControl))]
  if (entries.length === 0) return succeed(null)
  if (lengthOfList(entries, access.rest) > longestList) return fail({ kind: 'tooManyTrustees' })
  return succeed(encodeSecurityDescriptor({ ...read.value, access: { ...access, entries } }))
}

/** CCDCLCSWRPWPDTLOCRSDRCWDWO: what administrators' tools write. */
const fullControl = 0x000f01ff
/** Windows' KDC asks the list for the control access right and no more, as Samba's authors found (samba_kdc_check_s4u2proxy_rbcd); GENERIC_ALL contains it. */
const rightsToAct = 0x100 | 0x10000000
const longestList = 0xffff

type TrustDescriptor = SecurityDescriptor & { readonly access: AccessList }

const emptyList: AccessList = { revision: 2, entries: [], rest: new Uint8Array(0), reserved: [0, 0] }
const administrators = parseSid('S-1-5-32-544')
/** `O:BAD:`, as Windows' own tools begin. */
const emptyTrust: TrustDescriptor = {
  resourceManager: 0, control: descriptorControl.selfRelative | descriptorControl.accessPresent, owner: administrators.ok ? administrators.value : null, group: null,
  audits: null, access: emptyList, order: ['owner', 'access'],
}

function decodeTrust(octets: Uint8Array): Result<TrustDescriptor, DescriptorProblem> {
  const descriptor = decodeSecurityDescriptor(octets)
  if (!descriptor.ok) return descriptor
  const { access } = descriptor.value
  // MS-DTYP 2.5.3.2: without a list everything is granted. Adding one entry would take that away from everybody else.
  if (access === null) return fail({ kind: 'malformedDescriptor', why: 'it has no access list, so that every account would be trusted' })
  return succeed({ ...descriptor.value, access })
}

function describeEntry(entry: AccessEntry): TrustEntry {
  const kind = isPlainAllow(entry) ? 'allow' : isDeny(entry) ? 'deny' : 'other'
  return { kind, sid: entry.sid, mask: entry.mask ?? 0 }
}

function isPlainAllow({ type, flags }: AccessEntry): boolean {
  return type === aceTypes.allow && (flags & aceFlags.inheritOnly) === 0
}

function isDeny({ type, flags }: AccessEntry): boolean {
  return (type === aceTypes.deny || type === aceTypes.denyObject) && (flags & aceFlags.inheritOnly) === 0
}

function allowsToAct({ mask }: AccessEntry): boolean {
  return mask !== null && (mask & rightsToAct) !== 0
}
