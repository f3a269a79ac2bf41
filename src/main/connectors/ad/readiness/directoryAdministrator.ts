import { AddRequest, Attribute, Change, ModifyRequest } from 'ldapts'
import type { AccessEntry } from '../../../../shared/domain/accessEntry.ts'
import type { Grant } from '../../../../shared/domain/grant.ts'
import { toAccessEntry, withEntries } from '../../../../shared/domain/grant.ts'
import type { Dn, Sid } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import { descriptorControl, encodeSecurityDescriptor } from '../../../../shared/domain/securityDescriptor.ts'
import type { DirectoryAdministrator } from '../../readinessPorts.ts'
import { ShowDeleted } from '../controls.ts'
import type { Conversation } from '../conversation.ts'
import type { DirectoryConnection } from '../directoryConnection.ts'
import { ControllerPin, DirectoryLink } from '../directoryLink.ts'
import { DirectorySchema } from '../directorySchema.ts'
import { identifyDomain } from '../identify.ts'
import { readDescriptor } from './readSecurity.ts'
import { SdFlags, sdParts } from './sdFlags.ts'

/** Writes as the account of the connection, on the one controller that answers first: what it wrote is read back there. */
export function createDirectoryAdministrator(connection: DirectoryConnection): DirectoryAdministrator {
  const link = new DirectoryLink(connection, new ControllerPin())
  const schema = new DirectorySchema(link)
  return {
    identify: (signal) => identifyDomain(link, schema, signal),
    addOrganizationalUnit: (dn, signal) => addOrganizationalUnit(link, dn, signal),
    takeOwnership: (dn, owner, signal) => takeOwnership(link, dn, owner, signal),
    addGrants: (dn, trustee, grants, signal) => addGrants(link, dn, trustee, grants, signal),
    close: () => link.close(),
  }
}

async function addOrganizationalUnit(conversation: Conversation, dn: Dn, signal: AbortSignal): Promise<Result<null, Problem>> {
  const attributes = [new Attribute({ type: 'objectClass', values: ['top', 'organizationalUnit'] })]
  const added = await conversation.request((messageId) => new AddRequest({ messageId, dn, attributes }), `Creating ${dn}`, signal)
  return added.ok ? succeed(null) : added
}

/** A descriptor with an owner and nothing else; the control says that the other parts are not meant. */
function takeOwnership(conversation: Conversation, dn: Dn, owner: Sid, signal: AbortSignal): Promise<Result<null, Problem>> {
  const descriptor = { resourceManager: 0, control: descriptorControl.selfRelative, owner, group: null, audits: null, access: null, order: ['owner'] as const }
  return writeDescriptor(conversation, dn, encodeSecurityDescriptor(descriptor), sdParts.owner, signal)
}

/** Read, add, write, and read again: a server may take a descriptor and keep less of it. */
async function addGrants(conversation: Conversation, dn: Dn, trustee: Sid, grants: readonly Grant[], signal: AbortSignal): Promise<Result<null, Problem>> {
  const wanted = grants.map((grant) => toAccessEntry(grant, trustee))
  const before = await readEntries(conversation, dn, signal)
  if (!before.ok) return before
  const added = without(wanted, before.value.entries)
  if (added.length === 0) return succeed(null)
  const written = await writeDescriptor(conversation, dn, encodeSecurityDescriptor(withEntries(before.value.descriptor, added)), sdParts.access, signal)
  if (!written.ok) return written
  const after = await readEntries(conversation, dn, signal)
  if (!after.ok) return after
  const lost = without(added, after.value.entries)
  return lost.length === 0 ? succeed(null) : fail(notKept(dn, lost.length))
}

async function readEntries(conversation: Conversation, dn: Dn, signal: AbortSignal) {
  const descriptor = await readDescriptor(conversation, dn, sdParts.access, signal)
  if (!descriptor.ok) return descriptor
  // Written without having been read, the list would lose what others put there.
  if (descriptor.value === null || descriptor.value === 'hidden') return fail(unreadable(dn))
  // MS-DTYP 2.5.3.2: without a list everybody may do everything. A list with our entries alone would shut everybody else out.
  if (descriptor.value.access === null) return fail(withoutList(dn))
  return succeed({ descriptor: descriptor.value, entries: descriptor.value.access.entries })
}

async function writeDescriptor(conversation: Conversation, dn: Dn, octets: Uint8Array, parts: number, signal: AbortSignal): Promise<Result<null, Problem>> {
  const changes = [new Change({ operation: 'replace', modification: new Attribute({ type: 'nTSecurityDescriptor', values: [Buffer.from(octets)] }) })]
  const controls = [new SdFlags(parts), new ShowDeleted()]
  const written = await conversation.request((messageId) => new ModifyRequest({ messageId, dn, changes, controls }), `Writing the rights on ${dn}`, signal)
  return written.ok ? succeed(null) : written
}

function without(entries: readonly AccessEntry[], others: readonly AccessEntry[]): readonly AccessEntry[] {
  return entries.filter((entry) => !others.some((other) => isSame(entry, other)))
}

function isSame(left: AccessEntry, right: AccessEntry): boolean {
  const { type, flags, mask, objectType, inheritedObjectType, sid } = left
  return type === right.type && flags === right.flags && mask === right.mask && objectType === right.objectType && inheritedObjectType === right.inheritedObjectType && sid === right.sid
}

function unreadable(dn: Dn): Problem {
  return {
    kind: 'notPermitted', message: `Writing the rights on ${dn} failed: the administrator's account may not read them.`,
    remedy: 'Take ownership of the object first, as the script to copy does (dsacls … /takeownership), then check again.',
  }
}

function withoutList(dn: Dn): Problem {
  return {
    kind: 'unwilling', message: `The rights on ${dn} were left as they are: it has no access list, so that everybody may do everything there.`,
    remedy: 'Give it a list first (Active Directory Users and Computers, Security, Advanced, Restore defaults), then look at the remedy again.',
  }
}

function notKept(dn: Dn, lost: number): Problem {
  return { kind: 'notConfirmed', message: `The rights on ${dn} were written, and ${lost} of the entries are not there when read again.`, remedy: 'Look at the security tab of the object; a policy or another program may have taken them away.' }
}
