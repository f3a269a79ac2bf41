import { textOf, valuesOf } from '../../shared/domain/attributes.ts'
import type { CreateChange, ExistingChange, Reason } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { SkipReason } from '../../shared/domain/decision.ts'
import { childDn, isWithin, rdnOf } from '../../shared/domain/dn.ts'
import { parseObjectGuid, type Dn, type ObjectGuid } from '../../shared/domain/ids.ts'
import type { DeletedAccount } from '../../shared/domain/lifecycle.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { EngineSettings } from './contract.ts'
import { isManaged, managedOusOf, privilegeMark } from './ownership.ts'
import { markedId } from './personIdentity.ts'

export type Restorable = { readonly anchor: ObjectGuid; readonly deleted: DeletedAccount; readonly former: ConnectorObject | null }

/**
 * The deleted account of this person, if it can come back: not once it is recycled, when next to nothing is left of it
 * (MS-ADTS 3.1.1.1.4.2), and never where its mark says that it was another guest's (sync-semantics 12).
 */
export function findRestorable(deleted: DeletedAccount | null, former: ConnectorObject | null, entraId: string): Restorable | null {
  const anchor = parseObjectGuid(deleted?.anchor ?? '')
  if (deleted === null || deleted.isRecycled || !anchor.ok) return null
  const marked = markedId((former === null ? null : textOf(former.attributes, 'adminDescription')) ?? '')
  return marked === null || marked === entraId.toLowerCase() ? { anchor: anchor.value, deleted, former } : null
}

/**
 * The deleted account instead of a new one, with its SID (sync-semantics 17). Everything that a new account would get is
 * written again, initial-only values too; `before` is empty, because what a deleted object still holds is seen only once it
 * is back. The account name stays: both a tombstone and a recycled object keep it (MS-ADTS 3.1.1.5.5.1.1).
 */
export function restoreAccount(settings: EngineSettings, wished: CreateChange, { anchor, deleted, former }: Restorable): Result<ExistingChange, SkipReason> {
  const privilege = former === null ? null : privilegeMark(former)
  if (privilege !== null) return fail({ kind: 'privilegedAccount', mark: privilege, dn: former?.dn ?? wished.dn })
  const newDn = placeOf(settings, wished.dn, deleted.lastKnownParent)
  const { type, value } = rdnOf(wished.dn)
  return succeed({
    ...wished,
    kind: 'restore',
    anchor,
    dn: former?.dn ?? (deleted.lastKnownParent === null ? newDn : childDn(type, value, deleted.lastKnownParent)),
    newDn,
    attributes: wished.attributes.filter(({ name }) => name.toLowerCase() !== 'samaccountname'),
    reason: reasonOf(settings.isRecycleBinOn, deleted, former),
    precondition: { values: {}, userAccountControl: null },
  })
}

/** Where it was, unless that is no place for an account in use: outside of the managed OUs, or the OU of leavers. */
function placeOf(settings: EngineSettings, wished: Dn, parent: Dn | null): Dn {
  const { leavers } = settings
  if (parent === null || !isManaged(managedOusOf(settings), parent)) return wished
  if (leavers.action === 'disableAndMove' && isWithin(parent, leavers.ou)) return wished
  const { type, value } = rdnOf(wished)
  return childDn(type, value, parent)
}

/** What comes back by itself, and what does not: the Recycle Bin keeps attributes and links, a tombstone neither. */
function reasonOf(isRecycleBinOn: boolean, deleted: DeletedAccount, former: ConnectorObject | null): Reason {
  const groups = former === null ? [] : valuesOf(former.attributes, 'memberOf').map(String).toSorted()
  const identity = deleted.accountName === null ? ['objectGUID and SID'] : ['objectGUID and SID', `account name ${deleted.accountName}`]
  const memberships = groups.map((group) => `membership of ${group}`)
  if (isRecycleBinOn) return { kind: 'accountRestored', comesBack: [...identity, 'all attributes', ...memberships], lost: ['the password'] }
  const lostGroups = former === null ? ['all group memberships'] : memberships
  return { kind: 'accountRestored', comesBack: identity, lost: ['the password', 'attributes that no rule writes', ...lostGroups] }
}
