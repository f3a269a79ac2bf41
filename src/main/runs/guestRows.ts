import { textOf } from '../../shared/domain/attributes.ts'
import { describeDisconnector, describeReason, describeSkip } from '../../shared/domain/describeReason.ts'
import type { DisconnectorReason, SkipReason } from '../../shared/domain/decision.ts'
import type { GuestRow, GuestState } from '../../shared/domain/guestRow.ts'
import type { GuestRecord, GuestStateCount, StoreReader } from '../store/store.ts'

export type GuestPage = { readonly rows: readonly GuestRow[]; readonly next: string | null }

/** Guests of the last import in order of their id, each with what the last synchronisation decided. */
export async function readGuestPage(store: StoreReader, after: string | null, limit: number): Promise<GuestPage> {
  const records = await store.guestBatch(after, limit)
  return { rows: records.map(guestRowOf), next: records.length < limit ? null : (records.at(-1)?.row.object.anchor ?? null) }
}

/** The states of the same guests, counted without reading them. */
export async function countGuestsByState(store: StoreReader): Promise<Readonly<Partial<Record<GuestState, number>>>> {
  const counts: Partial<Record<GuestState, number>> = {}
  for (const { guests, ...facts } of await store.countGuestStates()) {
    const state = judge(facts)
    counts[state] = (counts[state] ?? 0) + guests
  }
  return counts
}

function guestRowOf(record: GuestRecord): GuestRow {
  const { row: { object, disconnector }, account, pending, skip } = record
  const state = judge({ disconnector: disconnector?.kind ?? null, pending: pending === null ? null : pending.kind === 'create' ? 'create' : 'other', skip: skip?.kind ?? null, hasAccount: account !== null })
  const text = (name: string) => textOf(object.attributes, name)
  return {
    id: object.anchor, state, why: describeState(record),
    displayName: text('displayName'), company: text('companyName'), userPrincipalName: text('userPrincipalName'), mail: text('mail'), account,
  }
}

/** What weighs most comes first; `describeState` gives the sentence in the same order. */
function judge({ disconnector, pending, skip, hasAccount }: Omit<GuestStateCount, 'guests'>): GuestState {
  if (disconnector !== null) return stateOfDisconnector(disconnector)
  if (pending !== null) return pending === 'create' ? 'willGetAccount' : 'willChange'
  if (skip !== null && skip !== 'unchanged') return stateOfSkip(skip)
  return hasAccount ? 'hasAccount' : 'notSynchronized'
}

function describeState({ row: { disconnector }, account, pending, skip }: GuestRecord): string {
  if (disconnector !== null) return describeDisconnector(disconnector)
  if (pending !== null) return describeReason(pending.reason)
  if (skip !== null && skip.kind !== 'unchanged') return describeSkip(skip)
  return account === null ? 'no synchronisation has decided about this guest yet' : 'has an account that is up to date'
}

function stateOfDisconnector(kind: DisconnectorReason['kind']): GuestState {
  return kind === 'ambiguous' || kind === 'needsDecision' ? 'conflict' : 'outOfScope'
}

function stateOfSkip(kind: SkipReason['kind']): GuestState {
  switch (kind) {
    case 'blockedInEntra': return 'blocked'
    case 'invitationPending': return 'pendingInvitation'
    case 'joinNeedsDecision': case 'accountOfAnotherEngine': case 'privilegedAccount': case 'outsideManagedOus': return 'conflict'
    case 'identityChanged': case 'secondEngine': return 'conflict'
    case 'outOfScope': case 'notCreatedByRules': case 'leaver': case 'leaverDone': case 'becameMember': return 'outOfScope'
    case 'onHold': case 'disabledByOthers': return 'hasAccount'
    case 'unchanged': return 'hasAccount'
    case 'problem': case 'absenceUnclear': case 'directoryImportIncomplete': case 'awaitingConfirmation': return 'problem'
  }
}
