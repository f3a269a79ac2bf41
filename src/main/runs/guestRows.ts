import { textOf } from '../../shared/domain/attributes.ts'
import { describeDisconnector, describeReason, describeSkip } from '../../shared/domain/describeReason.ts'
import type { DisconnectorReason, SkipReason } from '../../shared/domain/decision.ts'
import type { GuestRow, GuestState } from '../../shared/domain/guestRow.ts'
import type { ConnectorRow, PendingExport, StoreReader, StoredSkip } from '../store/store.ts'

export type GuestPage = { readonly rows: readonly GuestRow[]; readonly next: string | null }

/** Guests of the last import in order of their id, each with what the last synchronisation decided. */
export async function readGuestPage(store: StoreReader, after: string | null, limit: number): Promise<GuestPage> {
  const rows = await store.connectorBatch('entra', after, limit)
  const guests = await Promise.all(rows.map((row) => readGuest(store, row)))
  return { rows: guests, next: rows.length < limit ? null : (rows.at(-1)?.object.anchor ?? null) }
}

async function readGuest(store: StoreReader, row: ConnectorRow): Promise<GuestRow> {
  const { object, metaverseId } = row
  const person = metaverseId === null ? null : await store.metaverseObject(metaverseId)
  const link = person?.links.find((candidate) => candidate.connector === 'ad')
  const account = link === undefined ? null : await store.connectorRow('ad', link.anchor)
  const pending = metaverseId === null ? null : await store.pendingExport(metaverseId)
  const skip = metaverseId === null ? null : await store.skip(metaverseId)
  const text = (name: string) => textOf(object.attributes, name)
  return {
    id: object.anchor, ...judge(row, account !== null, pending, skip),
    displayName: text('displayName'), company: text('companyName'), userPrincipalName: text('userPrincipalName'), mail: text('mail'),
    account: account?.object.dn ?? null,
  }
}

function judge(row: ConnectorRow, hasAccount: boolean, pending: PendingExport | null, skip: StoredSkip | null): { readonly state: GuestState; readonly why: string } {
  if (row.disconnector !== null) return { state: stateOfDisconnector(row.disconnector), why: describeDisconnector(row.disconnector) }
  if (pending !== null) return { state: pending.change.kind === 'create' ? 'willGetAccount' : 'willChange', why: describeReason(pending.change.reason) }
  if (skip !== null && skip.reason.kind !== 'unchanged') return { state: stateOfSkip(skip.reason), why: describeSkip(skip.reason) }
  return hasAccount ? { state: 'hasAccount', why: 'has an account that is up to date' } : { state: 'notSynchronized', why: 'no synchronisation has decided about this guest yet' }
}

function stateOfDisconnector(reason: DisconnectorReason): GuestState {
  return reason.kind === 'ambiguous' || reason.kind === 'needsDecision' ? 'conflict' : 'outOfScope'
}

function stateOfSkip(reason: SkipReason): GuestState {
  switch (reason.kind) {
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
