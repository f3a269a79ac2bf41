import { firstValue, textOf } from '../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { SkipReason } from '../../shared/domain/decision.ts'
import { isWithin } from '../../shared/domain/dn.ts'
import type { Dn } from '../../shared/domain/ids.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { EngineSettings } from './contract.ts'
import { markedId, ownershipMark } from './personIdentity.ts'

/**
 * Every attribute by which an account is recognised as not ours to write. The import must always read them: what was not
 * read cannot keep anybody out.
 */
export const fenceAttributes = ['adminDescription', 'msDS-ExternalDirectoryObjectId', 'msDS-ObjectSoa', 'adminCount', 'isCriticalSystemObject', 'userAccountControl'] as const

/** Trust and computer accounts (MS-ADTS 2.2.16): objectClass computer is a user too, but never a person's account. */
export const machineAccountBits = 0x0800 | 0x1000 | 0x2000

/** Cloud Sync writes these on the accounts that it makes. */
const marksOfCloudSync = ['msDS-ExternalDirectoryObjectId', 'msDS-ObjectSoa'] as const

export type FenceSettings = Pick<EngineSettings, 'managedOus' | 'leavers'>

/** In whose name an account is to be written: the guest's id, and the anchor that a person decided to be this guest's. */
export type Claim = { readonly entraId: string; readonly decidedFor: string | null }

export type Fenced = Extract<SkipReason, { readonly kind: 'outsideManagedOus' | 'accountOfAnotherEngine' | 'privilegedAccount' | 'joinNeedsDecision' }>

/**
 * Why this account must never be written, null where it may be. A mark of another guest yields to nothing but the decision
 * of a person (`decidedFor` is that account's anchor), the other fences not even to that.
 */
export function fenceOff(settings: FenceSettings, account: ConnectorObject, dn: Dn, { entraId, decidedFor }: Claim): Fenced | null {
  if (!isManaged(managedOusOf(settings), dn)) return { kind: 'outsideManagedOus', dn }
  const privilege = privilegeMark(account)
  if (privilege !== null) return { kind: 'privilegedAccount', mark: privilege, dn }
  if (hasOwnMark(account, entraId)) return null
  // The mark of another guest is never written over, also where an older link says otherwise (sync-semantics 12).
  const isAnothers = markedId(textOf(account.attributes, 'adminDescription') ?? '') !== null
  if (isAnothers && decidedFor !== account.anchor) return { kind: 'joinNeedsDecision', dn }
  const mark = marksOfCloudSync.find((name) => firstValue(account.attributes, name) !== null)
  return mark === undefined ? null : { kind: 'accountOfAnotherEngine', mark, dn }
}

/** The OU of leavers is ours like the others: what we moved there must be found, moved back and deleted. */
export function managedOusOf({ managedOus, leavers }: FenceSettings): readonly Dn[] {
  return leavers.action === 'disableAndMove' ? [...managedOus, leavers.ou] : managedOus
}

export function isManaged(managedOus: readonly Dn[], dn: Dn): boolean {
  return managedOus.some((ou) => isWithin(dn, ou))
}

export function hasOwnMark(account: ConnectorObject, entraId: string): boolean {
  return textOf(account.attributes, 'adminDescription')?.toLowerCase() === ownershipMark(entraId).toLowerCase()
}

/** We made it, or adopted it: the link says the one, the mark either. */
export function isOurs(person: MetaverseObject, account: ConnectorObject, entraId: string): boolean {
  const origin = person.links.find((link) => link.connector === account.connector && link.anchor === account.anchor)?.origin
  return origin?.kind === 'provisioned' || hasOwnMark(account, entraId)
}

/** AdminSDHolder marks the members of privileged groups by adminCount (MS-ADTS 3.1.1.6.1). */
export function privilegeMark(account: ConnectorObject): string | null {
  if (Number(firstValue(account.attributes, 'adminCount') ?? 0) === 1) return 'adminCount'
  if (textOf(account.attributes, 'isCriticalSystemObject')?.toLowerCase() === 'true') return 'isCriticalSystemObject'
  const control = Number(firstValue(account.attributes, 'userAccountControl') ?? 0)
  return (control & machineAccountBits) === 0 ? null : 'userAccountControl'
}
