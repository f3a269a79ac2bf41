import type { Change, ExistingChange, UndoNote } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import { sameDn } from '../../shared/domain/dn.ts'
import { parseObjectGuid, type Dn, type ObjectGuid } from '../../shared/domain/ids.ts'
import type { DeletedAccount } from '../../shared/domain/lifecycle.ts'
import { disableBit, isDisabled, readControl } from './accountControl.ts'
import { fenceOff, type Claim } from './ownership.ts'
import type { EngineSettings } from './contract.ts'
import { preconditionOf } from './precondition.ts'
import { reverseAttributes } from './reverseAttributes.ts'

/** A change as a run wrote it; `anchor` is that of the new account for a create. */
export type WrittenChange = { readonly change: Change; readonly anchor: string }

export type UndoInput = {
  readonly settings: Pick<EngineSettings, 'managedOus' | 'leavers' | 'isRecycleBinOn'>
  /** The run whose changes are to be undone. */
  readonly run: number
  readonly changes: readonly WrittenChange[]
  /** The accounts as they are now, by anchor; missing: not there any more. */
  readonly current: ReadonlyMap<string, ConnectorObject>
  /** Deleted ones that can be seen, by anchor. */
  readonly deleted: ReadonlyMap<string, DeletedAccount>
  /** Delete what the run created or restored instead of disabling it: the SID is lost. */
  readonly deleteCreated: boolean
}

export type UndoPlan = {
  /** In the order of `UndoInput.changes`, a person at most once. */
  readonly changes: readonly ExistingChange[]
  readonly impossible: readonly { readonly change: Change; readonly why: string }[]
}

/**
 * The plan that takes back what a run wrote (sync-semantics 15). It is a plan like any other: bound to what is there now,
 * reviewed, and undone in its turn by the same function. What somebody changed since is not written over; it is
 * `impossible`, and says why. Of several changes of one account pass the last one only.
 */
export function planUndo(input: UndoInput): UndoPlan {
  const changes: ExistingChange[] = []
  const impossible: UndoPlan['impossible'][number][] = []
  for (const written of input.changes) {
    const undone = undoChange(input, written)
    if (undone.kind === 'change') changes.push(undone.change)
    else impossible.push({ change: written.change, why: undone.why })
  }
  return { changes, impossible }
}

type Undone = { readonly kind: 'change'; readonly change: ExistingChange } | { readonly kind: 'impossible'; readonly why: string }

function undoChange(input: UndoInput, { change, anchor: text }: WrittenChange): Undone {
  const anchor = parseObjectGuid(text)
  if (!anchor.ok) return refuse('its objectGUID is not known')
  if (change.kind === 'delete') return undoDelete(input, change, anchor.value)
  const account = input.current.get(text)
  if (account === undefined || account.dn === null) return refuse('the account is not there any more')
  const written = change.kind === 'create' ? change.dn : (change.newDn ?? change.dn)
  if (!sameDn(account.dn, written)) return refuse(`the account was renamed or moved to ${account.dn} since`)
  const claim: Claim = { entraId: change.subject.entraId ?? '', decidedFor: account.anchor }
  const fenced = fenceOff(input.settings, account, account.dn, claim)
  if (fenced !== null) return refuse(`${account.dn} must not be written (${fenced.kind})`)
  const place: Place = { anchor: anchor.value, account, dn: account.dn }
  if (change.kind !== 'create' && change.kind !== 'restore') return reverse(input, change, place)
  return input.deleteCreated ? undoneChange(input, change, place, { kind: 'delete', attributes: [], newDn: null }) : disableCreated(input, change, place)
}

/** With the Recycle Bin the account comes back as it was; without, next to nothing does, and that is no undoing. */
function undoDelete({ settings, run, deleted }: UndoInput, change: ExistingChange, anchor: ObjectGuid): Undone {
  const remains = deleted.get(anchor)
  if (remains === undefined || remains.isRecycled) return refuse('nothing is left of the account that could be restored; a new account would have a new SID')
  if (!settings.isRecycleBinOn) return refuse('the Recycle Bin is off: the account would come back without its groups and most of its attributes')
  const restore: ExistingChange = { ...change, kind: 'restore', anchor, newDn: change.dn, attributes: [], reason: { kind: 'undone', run, of: 'delete' }, undo: { kind: 'disablesAccount' }, precondition: { values: {}, userAccountControl: null } }
  return { kind: 'change', change: restore }
}

type Place = { readonly anchor: ObjectGuid; readonly account: ConnectorObject; readonly dn: Dn }

function disableCreated(input: UndoInput, change: Change, place: Place): Undone {
  const control = readControl(place.account)
  if (control === null) return refuse('whether the account is enabled is not known')
  if (isDisabled(control)) return refuse('the account is disabled already')
  return undoneChange(input, change, place, { kind: 'disable', attributes: [disableBit(control, change.rule)], newDn: null })
}

function reverse(input: UndoInput, change: ExistingChange, place: Place): Undone {
  const reversed = reverseAttributes(change.attributes, place.account)
  if (!reversed.ok) return refuse(`${reversed.problem} was changed by somebody else since`)
  const newDn = change.newDn === null || sameDn(change.dn, place.dn) ? null : change.dn
  if (reversed.value.length === 0 && newDn === null) return refuse('everything is as it was before')
  return undoneChange(input, change, place, { kind: kindOfReverse(change), attributes: reversed.value, newDn })
}

function kindOfReverse(change: ExistingChange): ExistingChange['kind'] {
  if (change.kind === 'disable') return 'enable'
  if (change.kind === 'enable') return 'disable'
  return change.kind === 'adopt' ? 'update' : change.kind
}

function undoneChange({ run }: UndoInput, change: Change, { anchor, account, dn }: Place, what: Pick<ExistingChange, 'kind' | 'attributes' | 'newDn'>): Undone {
  const compared = Object.fromEntries(what.attributes.filter(({ name }) => name.toLowerCase() !== 'useraccountcontrol').map(({ name, before }) => [name, before]))
  return {
    kind: 'change',
    change: {
      ...what, metaverseId: change.metaverseId, subject: change.subject, rule: change.rule, reason: { kind: 'undone', run, of: change.kind }, undo: undoOf(what.kind), anchor, dn,
      precondition: preconditionOf({ account, compared, alsoRead: [], kind: what.kind }),
    },
  }
}

function undoOf(kind: ExistingChange['kind']): UndoNote {
  if (kind === 'disable') return { kind: 'enablesAccount' }
  if (kind === 'enable') return { kind: 'disablesAccount' }
  if (kind === 'delete') return { kind: 'restoresAccount' }
  return kind === 'rename' || kind === 'move' ? { kind: 'movesBack' } : { kind: 'writesFormerValues' }
}

function refuse(why: string): Undone {
  return { kind: 'impossible', why }
}
