import { assertNever } from '../../shared/domain/assertNever.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { AbsenceAnswer, LeaverReason } from '../../shared/domain/lifecycle.ts'
import { readConnectorAttribute } from './connectorAttribute.ts'

/** Whether a person without a guest in scope has left, as far as it is proved (sync-semantics 6 and 7). */
export type LeaverVerdict =
  | { readonly kind: 'left'; readonly why: LeaverReason }
  | { readonly kind: 'becameMember' }
  /** Mastered in another directory or provisioned by Cloud Sync: left alone (sync-semantics 5). */
  | { readonly kind: 'masteredElsewhere' }
  | { readonly kind: 'unclear'; readonly why: string }

/**
 * `guest` was read by the import and is not linked any more: a positive reading. Where there is none, absence alone proves
 * nothing; only the single look-up does.
 */
export function judgeLeaver(guest: ConnectorObject | null, absence: AbsenceAnswer | null): LeaverVerdict {
  if (guest !== null) return judgeGuest(guest)
  if (absence === null) return { kind: 'unclear', why: 'nobody has looked the guest up yet' }
  switch (absence.kind) {
    case 'softDeleted':
      return { kind: 'left', why: 'softDeleted' }
    case 'gone':
      return { kind: 'left', why: 'hardDeleted' }
    case 'unclear':
      return { kind: 'unclear', why: absence.why }
    case 'present':
      return judgePresent(absence)
    default:
      return assertNever(absence)
  }
}

export function isBlocked(guest: ConnectorObject): boolean {
  return textOfGuest(guest, 'accountEnabled') === 'false'
}

/** In lower case, empty where there is none. */
export function textOfGuest(guest: ConnectorObject, attribute: string): string {
  return String(readConnectorAttribute(guest, attribute)[0] ?? '').toLowerCase()
}

function judgeGuest(guest: ConnectorObject): LeaverVerdict {
  if (textOfGuest(guest, 'userType') === 'member') return { kind: 'becameMember' }
  const isMastered = textOfGuest(guest, 'onPremisesSyncEnabled') === 'true' || textOfGuest(guest, 'onPremisesSecurityIdentifier') !== ''
  return isMastered ? { kind: 'masteredElsewhere' } : { kind: 'left', why: 'outOfScope' }
}

/** Somebody who is there has left only where the look-up says by what. The import's own filter is no proof. */
function judgePresent({ userType, accountEnabled, isInGroup }: Extract<AbsenceAnswer, { readonly kind: 'present' }>): LeaverVerdict {
  const type = userType?.toLowerCase()
  if (type === 'member') return { kind: 'becameMember' }
  if (type !== 'guest') return { kind: 'unclear', why: 'the user is there, but whether as guest or as member is not known' }
  if (accountEnabled === false) return { kind: 'left', why: 'blocked' }
  if (isInGroup === false) return { kind: 'left', why: 'outOfGroup' }
  return { kind: 'unclear', why: 'the guest is there, but the import did not bring it' }
}
