import { textOf } from '../../shared/domain/attributes.ts'
import type { AttributeChange } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { JoinDecision } from '../../shared/domain/lifecycle.ts'
import { parseDateTime } from '../rules/dateTime.ts'
import { readConnectorAttribute } from './connectorAttribute.ts'
import { textOfGuest } from './judgeLeaver.ts'

export type IdentityChange = { readonly was: string; readonly is: string }

/**
 * Whether the guest may be another person now: a reset redemption keeps id and userPrincipalName, sets the invitation back
 * to pending and lets somebody with another address accept it (sync-semantics 12). Asked is about mail that would be
 * written over; a rule set without mail has nothing to compare. The state must have changed after the account was made, or
 * after a person decided that it is this guest's; where the import brought no dates, a pending invitation is enough.
 */
export function findIdentityChange(guest: ConnectorObject, account: ConnectorObject, changes: readonly AttributeChange[], decision: JoinDecision | null): IdentityChange | null {
  const mail = changes.find(({ name }) => name.toLowerCase() === 'mail')
  const [was, is] = [String(mail?.before[0] ?? ''), String(mail?.after[0] ?? '')]
  if (was === '' || is === '' || was.toLowerCase() === is.toLowerCase()) return null
  const stateChanged = instantOf(String(readConnectorAttribute(guest, 'externalUserStateChangeDateTime')[0] ?? ''))
  const settled = latest(instantOf(textOf(account.attributes, 'whenCreated') ?? ''), instantOf(decision?.at ?? ''))
  const isReset = stateChanged === null || settled === null ? isPending(guest) && decision === null : stateChanged > settled
  return isReset ? { was, is } : null
}

function isPending(guest: ConnectorObject): boolean {
  return textOfGuest(guest, 'externalUserState') === 'pendingacceptance'
}

function instantOf(text: string): number | null {
  const dateTime = parseDateTime(text)
  return dateTime.ok ? dateTime.value.milliseconds : null
}

function latest(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right
  return Math.max(left, right)
}
