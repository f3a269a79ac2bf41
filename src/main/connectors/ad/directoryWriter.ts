import { AddRequest, Attribute, Change, DeleteRequest, ModifyDNRequest, ModifyRequest } from 'ldapts'
import type { Value } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { dnKey, parentDn, relativeNameText } from '../../../shared/domain/dn.ts'
import { parseObjectGuid } from '../../../shared/domain/ids.ts'
import type { Dn, ObjectGuid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DirectoryWriter, ValueChange } from '../connector.ts'
import type { Attempt } from './clarifyRefusal.ts'
import { ShowDeleted } from './controls.ts'
import { findDeletedDn } from './deletedObjects.ts'
import type { DirectoryConnection } from './directoryConnection.ts'
import { DirectoryPool } from './directoryPool.ts'
import { DirectorySchema } from './directorySchema.ts'
import { identifyDomain } from './identify.ts'
import type { LdapRequest } from './ldapSession.ts'
import { absent, attemptOn, buildModify, modifyObject, readPresent, requestWrite } from './modifyObject.ts'
import { addressOf, readOne } from './readObjects.ts'
import { generateUnicodePwd } from './randomPassword.ts'
import { buildAttributes } from './valueChanges.ts'

/**
 * Writes one domain over LDAP, always on the controller that answered first (sync-semantics 16). Calls that come at once are spread
 * over `writeConnections` connections; what concerns one object has to be asked for in order by the caller.
 */
export function createDirectoryWriter(connection: DirectoryConnection): DirectoryWriter {
  const writer = new Writer(connection)
  return {
    identify: (signal) => identifyDomain(writer.link, writer.schema, signal),
    addDisabledUser: (dn, attributes, signal) => writer.addDisabledUser(dn, attributes, signal),
    setRandomPassword: (anchor, signal) => writer.setRandomPassword(anchor, signal),
    modify: (anchor, changes, signal) => writer.modify(anchor, changes, signal),
    setUserAccountControl: (anchor, before, after, signal) => writer.setUserAccountControl(anchor, before, after, signal),
    moveTo: (anchor, newDn, signal) => writer.moveTo(anchor, newDn, signal),
    delete: (anchor, signal) => writer.delete(anchor, signal),
    restore: (anchor, newDn, signal) => writer.restore(anchor, newDn, signal),
    close: () => writer.link.close(),
  }
}

/** Normal account (512), disabled (2). */
const disabledUser = '514'
const userClasses = ['top', 'person', 'organizationalPerson', 'user']

class Writer {
  readonly link: DirectoryPool
  readonly schema: DirectorySchema

  constructor(connection: DirectoryConnection) {
    this.link = new DirectoryPool(connection)
    this.schema = new DirectorySchema(this.link)
  }

  async addDisabledUser(dn: Dn, values: Readonly<Record<string, readonly Value[]>>, signal: AbortSignal): Promise<Result<ObjectGuid, Problem>> {
    const doing = `Creating ${dn}`
    const known = await this.schema.read(Object.keys(values), signal)
    if (!known.ok) return known
    const built = buildAttributes(values, known.value, doing)
    if (!built.ok) return built
    const fixed = [new Attribute({ type: 'objectClass', values: userClasses }), new Attribute({ type: 'userAccountControl', values: [disabledUser] })]
    const added = await this.#write((messageId) => new AddRequest({ messageId, dn, attributes: [...fixed, ...built.value] }), { doing, self: null, newDn: dn, values, schema: known.value }, signal)
    if (!added.ok) return added
    const made = await readOne(this.link, this.schema, dn, ['objectGUID'], signal)
    if (!made.ok) return made
    const anchor = parseObjectGuid(made.value?.anchor ?? '')
    return anchor.ok ? anchor : fail(goneAgain(doing))
  }

  async setRandomPassword(anchor: ObjectGuid, signal: AbortSignal): Promise<Result<null, Problem>> {
    const password = generateUnicodePwd()
    try {
      const modification = new Attribute({ type: 'unicodePwd', values: [password] })
      return await this.#write(buildModify(anchor, [new Change({ operation: 'replace', modification })]), attemptOn(anchor, `Setting the password of ${anchor}`), signal)
    } finally {
      password.fill(0)
    }
  }

  modify(anchor: ObjectGuid, changes: readonly ValueChange[], signal: AbortSignal): Promise<Result<null, Problem>> {
    return modifyObject(this.link, this.schema, anchor, changes, signal)
  }

  /** Compare and swap by the server: the old number is deleted and the new one added in one operation. */
  setUserAccountControl(anchor: ObjectGuid, before: number, after: number, signal: AbortSignal): Promise<Result<null, Problem>> {
    return this.modify(anchor, [{ name: 'userAccountControl', before: [before], after: [after] }], signal)
  }

  async moveTo(anchor: ObjectGuid, newDn: Dn, signal: AbortSignal): Promise<Result<null, Problem>> {
    const doing = `Moving ${anchor} to ${newDn}`
    const current = await this.#read(anchor, [], doing, signal)
    if (!current.ok) return current
    const { dn } = current.value
    if (dn === null) return fail(absent(doing))
    if (dn === newDn) return succeed(null)
    const [from, to] = [parentDn(dn), parentDn(newDn)]
    // A rename in place that names its own OU as the new one would need the right to create objects there.
    const newSuperior = to === null || (from !== null && dnKey(from) === dnKey(to)) ? {} : { newSuperior: to }
    // By its DN: Samba takes no <GUID=…> here.
    const build = (messageId: number) => new ModifyDNRequest({ messageId, dn, newRdn: relativeNameText(newDn), deleteOldRdn: true, ...newSuperior })
    return this.#write(build, { ...attemptOn(anchor, doing), newDn }, signal)
  }

  delete(anchor: ObjectGuid, signal: AbortSignal): Promise<Result<null, Problem>> {
    return this.#write((messageId) => new DeleteRequest({ messageId, dn: addressOf(anchor) }), attemptOn(anchor, `Deleting ${anchor}`), signal)
  }

  /**
   * MS-ADTS 3.1.1.5.3.7: one modify that deletes isDeleted and replaces distinguishedName, and needs the right Reanimate Tombstones. Which
   * other attributes return is up to the Recycle Bin.
   */
  async restore(anchor: ObjectGuid, newDn: Dn, signal: AbortSignal): Promise<Result<null, Problem>> {
    const doing = `Restoring ${anchor} as ${newDn}`
    const deleted = await findDeletedDn(this.link, anchor, signal)
    if (!deleted.ok) return deleted
    const dn = deleted.value
    if (dn === null) return fail(notAmongDeleted(doing))
    const changes = [
      new Change({ operation: 'delete', modification: new Attribute({ type: 'isDeleted', values: [] }) }),
      new Change({ operation: 'replace', modification: new Attribute({ type: 'distinguishedName', values: [newDn] }) }),
    ]
    // By its DN: Samba takes no <GUID=…> here.
    const build = (messageId: number) => new ModifyRequest({ messageId, dn, changes, controls: [new ShowDeleted()] })
    const restored = await this.#write(build, { ...attemptOn(anchor, doing), newDn }, signal)
    return !restored.ok && lacksReanimation(restored.problem) ? fail(mayNotRestore(doing, restored.problem)) : restored
  }

  #write(build: (messageId: number) => LdapRequest, attempt: Attempt, signal: AbortSignal): Promise<Result<null, Problem>> {
    return requestWrite(this.link, this.schema, build, attempt, signal)
  }

  #read(anchor: ObjectGuid, attributes: readonly string[], doing: string, signal: AbortSignal): Promise<Result<ConnectorObject, Problem>> {
    return readPresent(this.link, this.schema, anchor, attributes, doing, signal)
  }
}

function notAmongDeleted(doing: string): Problem {
  return {
    kind: 'objectNotFound', message: `${doing} failed: there is no such deleted object, or the account may not see it.`,
    remedy: 'Give the synchronisation account the right to read CN=Deleted Objects; if the object is gone for good, only a new account helps.',
  }
}

/** Windows says 50; Samba says 1, as of a connection without a bind, which this one has: the deleted object was read over it. */
function lacksReanimation({ kind }: Problem): boolean {
  return kind === 'notPermitted' || kind === 'notBound'
}

function mayNotRestore(doing: string, problem: Problem): Problem {
  return {
    ...problem, kind: 'notPermitted', message: `${doing} failed: the account has no right to do this.`,
    remedy: 'Give the synchronisation account the right Reanimate Tombstones on the domain, and in the OU the rights to create users and to write their cn and name. guestbridge doctor names what is missing, with a script.',
  }
}

function goneAgain(doing: string): Problem {
  return { kind: 'objectNotFound', message: `${doing} failed: the object was made and cannot be found.`, remedy: 'Import from Active Directory: another administrator or program may have moved or deleted it.' }
}
