import { directoryRight, extendedRights, holdsRight, holdsRightOnChildren, userClass } from '../../../shared/domain/directoryRights.ts'
import type { ObjectSecurity } from '../../../shared/domain/directoryRights.ts'
import { childDn, dnKey } from '../../../shared/domain/dn.ts'
import type { Grant } from '../../../shared/domain/grant.ts'
import type { Dn, ObjectGuid } from '../../../shared/domain/ids.ts'
import type { AttributeType } from '../../connectors/readinessPorts.ts'

/** A right that our account needs on an object, and the entry that would give it. */
export type NeededRight = {
  readonly where: Dn
  /** Finishes the sentence "our account may not …". */
  readonly words: string
  readonly grant: Grant
  /** What `objectType` is called by dsacls and people: a class, a property, an extended right; null: no type. */
  readonly named: string | null
  /** Property set of the attribute: an entry that names it gives the right as well. */
  readonly propertySet: ObjectGuid | null
  /** Another entry that is as good: deleting an account is allowed by its OU or by the account itself (MS-ADTS 3.1.1.5.5.3). */
  readonly orElse: Grant | null
  /** `optional`: without it something is left out, and is said to be. */
  readonly necessity: 'required' | 'optional'
}

export type RightsRequest = {
  /** Where accounts are made. */
  readonly guestOu: Dn
  readonly managedOus: readonly Dn[]
  /** Null: leavers' accounts stay where they are. */
  readonly leaverOu: Dn | null
  readonly deletesLeavers: boolean
  readonly renames: boolean
  /** By lower-case name: what the rules write after an account was made. */
  readonly attributes: ReadonlyMap<string, AttributeType>
}

/** The least with which the rules and the lifecycle of the workspace work, OU by OU. A move creates at its end and deletes at its beginning (MS-ADTS 3.1.1.5.4.1.1). */
export function listNeededRights({ guestOu, managedOus, leaverOu, deletesLeavers, renames, attributes }: RightsRequest): readonly NeededRight[] {
  const moves = leaverOu !== null
  const distinct = (ous: readonly Dn[]) => [...new Map(ous.map((ou) => [dnKey(ou), ou])).values()]
  const creating = distinct([guestOu, ...(leaverOu === null ? [] : [leaverOu])]).map((ou) => onOu(ou, directoryRight.createChild, 'create users', 'required', null))
  return [...creating, ...distinct(managedOus).flatMap((ou) => [
    onOu(ou, directoryRight.deleteChild, 'delete users', deletesLeavers || moves ? 'required' : 'optional', {
      mask: directoryRight.delete, objectType: null, on: { kind: 'descendants', ofClass: userClass },
    }),
    ...[...attributes.values()].filter(({ name }) => renames || moves || !namingAttributes.has(name.toLowerCase())).map((attribute) => onAttribute(ou, attribute)),
    onUsers(ou, directoryRight.controlAccess, extendedRights.resetPassword, 'Reset Password', 'set the passwords of users'),
  ])]
}

/** Written with a rename or a move (MS-ADTS 3.1.1.5.4.1.1). */
export const namingAttributes: ReadonlySet<string> = new Set(['cn', 'name'])

/** Shows what was deleted (MS-ADTS 3.1.1.4.1.3). */
export function deletedObjectsRight(container: Dn): NeededRight {
  return {
    where: container, words: 'see deleted accounts', named: null, propertySet: null, orElse: null, necessity: 'optional',
    grant: { mask: directoryRight.listContents | directoryRight.readProperty, objectType: null, on: { kind: 'object' } },
  }
}

/** Shows what password settings objects ask for (MS-ADSC, msDS-PasswordSettingsContainer: administrators only by default). */
export function passwordSettingsRight(domainDn: Dn): NeededRight {
  return {
    where: childDn('CN', 'Password Settings Container', childDn('CN', 'System', domainDn)), words: 'read the password policies of single groups', named: null, propertySet: null, orElse: null, necessity: 'optional',
    grant: { mask: directoryRight.listContents | directoryRight.readProperty, objectType: null, on: { kind: 'subtree' } },
  }
}

/** Whether the descriptor of the object `where` gives it to somebody with these SIDs. */
export function isHeld(right: NeededRight, security: ObjectSecurity, sids: ReadonlySet<string>): boolean {
  const types = right.propertySet === null ? [] : [right.propertySet]
  return [right.grant, ...(right.orElse === null ? [] : [right.orElse])].some(({ mask, objectType, on }) => {
    const asked = { mask, objectTypes: objectType === null ? types : [objectType, ...types] }
    return on.kind === 'descendants' ? holdsRightOnChildren(security, sids, asked, on.ofClass) : holdsRight(security, sids, asked)
  })
}

/** Users in the OU and below; `words` begin the sentence that the OU ends. */
export function onOu(ou: Dn, mask: number, words: string, necessity: NeededRight['necessity'], orElse: Grant | null): NeededRight {
  return { where: ou, words: `${words} in ${ou}`, named: 'user', propertySet: null, orElse, necessity, grant: { mask, objectType: userClass, on: { kind: 'subtree' } } }
}

/** Writing it, of users below the OU. */
export function onAttribute(ou: Dn, { name, guid, propertySet }: AttributeType): NeededRight {
  return { ...onUsers(ou, directoryRight.writeProperty, guid, name, `write ${name} of users`), propertySet }
}

function onUsers(ou: Dn, mask: number, objectType: ObjectGuid, named: string, words: string): NeededRight {
  return { where: ou, words: `${words} in ${ou}`, named, propertySet: null, orElse: null, necessity: 'required', grant: { mask, objectType, on: { kind: 'descendants', ofClass: userClass } } }
}
