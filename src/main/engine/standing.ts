import type { AttributeChange, Reason, UndoNote } from '../../shared/domain/change.ts'
import type { SkipReason } from '../../shared/domain/decision.ts'
import { childDn, isWithin, rdnOf, sameDn } from '../../shared/domain/dn.ts'
import type { Dn } from '../../shared/domain/ids.ts'
import type { LeaverReason, OwnDisable } from '../../shared/domain/lifecycle.ts'
import { disableBit, enableBit, isDisabled } from './accountControl.ts'
import type { EngineSettings, LeaverSettings } from './contract.ts'
import { graceDays, isGraceOver } from './grace.ts'
import { isManaged, managedOusOf } from './ownership.ts'

/** Whether an account should be enabled and where it should lie because of its guest's coming and going. */
export type Standing =
  | { readonly kind: 'change'; readonly change: StandingChange }
  /** Nothing to be written; said where nothing else is to be written either. */
  | { readonly kind: 'report'; readonly reason: SkipReason }
  | { readonly kind: 'asItIs' }

export type StandingChange = {
  readonly kind: 'disable' | 'enable' | 'move' | 'delete'
  readonly reason: Reason
  readonly undo: UndoNote
  readonly attributes: readonly AttributeChange[]
  readonly newDn: Dn | null
}

export type StandingInput = {
  readonly dn: Dn
  readonly anchor: string
  /** userAccountControl as imported. */
  readonly control: number
  readonly ownDisable: OwnDisable | null
  /** For the provenance of the bits. */
  readonly rule: string
}

/**
 * Of a leaver: disable, or disable and move, then nothing until the deletion falls due. An account that somebody else
 * disabled is left to them (sync-semantics 6 to 8). A blocked guest is still there: such an account is never deleted.
 */
export function standingOfLeaver(settings: EngineSettings, input: StandingInput, why: LeaverReason): Standing {
  const { leavers, now } = settings
  const own = ownDisableOf(input)
  const done = (deleteDue: string | null): Standing => ({ kind: 'report', reason: { kind: 'leaverDone', account: input.dn, disabledAt: own?.disabledAt ?? null, deleteDue } })
  if (leavers.action === 'leave') return done(null)
  if (!isDisabled(input.control)) return { kind: 'change', change: disableLeaver(leavers, input, why) }
  if (own === null) return { kind: 'report', reason: { kind: 'disabledByOthers', account: input.dn } }
  if (leavers.deleteAfterDays === null || why === 'blocked') return done(null)
  if (!isGraceOver(own, leavers.deleteAfterDays, now)) return done(own.deleteDue)
  const reason: Reason = { kind: 'graceIsOver', disabledAt: own.disabledAt, days: graceDays(leavers.deleteAfterDays) }
  return { kind: 'change', change: { kind: 'delete', reason, undo: undoOfDelete(settings), attributes: [], newDn: null } }
}

/** Of a guest in scope: what our own disable did is taken back; somebody else's stays and is reported (sync-semantics 8). */
export function standingOfGuest(settings: EngineSettings, input: StandingInput): Standing {
  const own = ownDisableOf(input)
  const isOff = isDisabled(input.control)
  if (own === null) return isOff ? { kind: 'report', reason: { kind: 'disabledByOthers', account: input.dn } } : { kind: 'asItIs' }
  const newDn = wayBack(settings, input.dn, own)
  if (!isOff && newDn === null) return { kind: 'asItIs' }
  const reason: Reason = { kind: 'guestReturned', disabledBy: own.run }
  if (!isOff) return { kind: 'change', change: { kind: 'move', reason, undo: { kind: 'movesBack' }, attributes: [], newDn } }
  return { kind: 'change', change: { kind: 'enable', reason, undo: { kind: 'disablesAccount' }, attributes: [enableBit(input.control, input.rule)], newDn } }
}

/** The record is of one account: of another one, which the person had before, it says nothing. */
function ownDisableOf({ ownDisable, anchor }: StandingInput): OwnDisable | null {
  return ownDisable !== null && ownDisable.anchor === anchor ? ownDisable : null
}

function disableLeaver(leavers: Exclude<LeaverSettings, { readonly action: 'leave' }>, { dn, control, rule }: StandingInput, why: LeaverReason): StandingChange {
  const mustMove = leavers.action === 'disableAndMove' && !isWithin(dn, leavers.ou)
  const { type, value } = rdnOf(dn)
  return {
    kind: 'disable',
    reason: { kind: 'guestLeft', why },
    undo: { kind: 'enablesAccount' },
    attributes: [disableBit(control, rule)],
    newDn: mustMove ? childDn(type, value, leavers.ou) : null,
  }
}

/** Where our disable had moved it from, unless that is no place for accounts of ours any more. */
function wayBack(settings: EngineSettings, dn: Dn, { movedFrom }: OwnDisable): Dn | null {
  if (movedFrom === null || sameDn(dn, movedFrom)) return null
  return isManaged(managedOusOf(settings), movedFrom) ? movedFrom : null
}

function undoOfDelete({ isRecycleBinOn }: EngineSettings): UndoNote {
  if (isRecycleBinOn) return { kind: 'restoresAccount' }
  return { kind: 'impossible', why: 'the Recycle Bin is off: a restored account would come back without its groups and most of its attributes' }
}
