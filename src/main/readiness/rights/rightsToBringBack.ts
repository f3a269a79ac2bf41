import { directoryRight, extendedRights } from '../../../shared/domain/directoryRights.ts'
import { dnKey } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { AttributeType, DirectoryInspector } from '../../connectors/readinessPorts.ts'
import type { DomainSettings } from '../domain/domainWorld.ts'
import { findMissing, type RightsOutcome } from './missingRights.ts'
import { namingAttributes, onAttribute, onOu, type NeededRight } from './neededRights.ts'

/** What of it our account does not hold. */
export async function findMissingToBringBack(inspector: DirectoryInspector, settings: DomainSettings, domainDn: Dn, signal: AbortSignal): Promise<Result<RightsOutcome, Problem>> {
  const vendor = await inspector.readVendor(signal)
  if (!vendor.ok) return vendor
  const names = [...namingAttributes, ...(vendor.value?.startsWith('Samba') === true ? filledAgainBySamba : [])]
  const attributes = await inspector.readAttributeTypes(names, signal)
  return attributes.ok ? findMissing(inspector, listRightsToBringBack(settings, domainDn, [...attributes.value.values()]), signal) : attributes
}

/**
 * Reanimate Tombstones on the domain is not enough: it also takes to create the account where it was, and to write its name and what has to be filled again
 * (https://learn.microsoft.com/windows/win32/ad/restoring-deleted-objects). An account keeps the access list that it had when it was deleted, so
 * that rights to write, given in its OU, are of use for those only that are deleted afterwards.
 */
export function listRightsToBringBack({ managedOus, leaverOu }: Pick<DomainSettings, 'managedOus' | 'leaverOu'>, domainDn: Dn, attributes: readonly AttributeType[]): readonly NeededRight[] {
  // Whoever was deleted among the leavers comes back to the OU of the guests, where accounts are made anyway.
  const places = managedOus.filter((ou) => leaverOu === null || dnKey(ou) !== dnKey(leaverOu))
  return [
    reanimationRight(domainDn),
    ...places.map((ou) => onOu(ou, directoryRight.createChild, 'create users', 'optional', null)),
    ...managedOus.flatMap((ou) => attributes.map((attribute): NeededRight => ({ ...onAttribute(ou, attribute), necessity: 'optional' }))),
  ]
}

/** On the head of the domain (MS-ADTS 3.1.1.5.3.7.1). */
export function reanimationRight(domainDn: Dn): NeededRight {
  return {
    where: domainDn, words: 'bring deleted accounts back (Reanimate Tombstones)', named: 'Reanimate Tombstones', propertySet: null, orElse: null, necessity: 'optional',
    grant: { mask: directoryRight.controlAccess, objectType: extendedRights.reanimateTombstones, on: { kind: 'object' } },
  }
}

/** Windows fills these by itself. Samba (4.17, tried one by one) writes them in the name of who asks, and refuses without the right. */
const filledAgainBySamba = [
  'isRecycled', 'objectCategory', 'sAMAccountType', 'primaryGroupID', 'pwdLastSet', 'accountExpires', 'badPwdCount', 'badPasswordTime', 'codePage', 'countryCode',
  'lastLogoff', 'lastLogon', 'logonCount', 'operatorCount', 'adminCount', 'userAccountControl',
]
