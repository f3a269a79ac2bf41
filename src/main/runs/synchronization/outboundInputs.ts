import type { ConnectorName, ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { Hold, JoinDecision } from '../../../shared/domain/lifecycle.ts'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { OutboundInput } from '../../engine/contract.ts'
import { entraIdOf, projectedAnchor } from '../../engine/personIdentity.ts'
import type { AwaitingConfirmation } from '../../store/store.ts'
import type { DirectoryAnswers } from '../directoryAnswers.ts'
import type { Basis } from './basis.ts'
import type { AccountsJoined } from './joinAccountsPass.ts'
import { connectorKey, type SynchronizationStore } from './pass.ts'

/** What one synchronisation knows for all persons together. */
export type OutboundBasis = {
  readonly undecided: AccountsJoined['undecided']
  readonly hasCompleteDirectoryImport: boolean
  readonly awaiting: ReadonlyMap<string, AwaitingConfirmation>
  readonly holds: ReadonlyMap<string, Hold>
  /** Whether missing guests were looked up after the import that misses them: an older answer proves nothing. */
  readonly isAbsenceProved: boolean
  /** By anchor. */
  readonly decisions: ReadonlyMap<string, JoinDecision>
  /** Null where nobody looked for deleted accounts after the last import of the directory. */
  readonly deleted: Pick<DirectoryAnswers, 'deletedAccounts' | 'formerAccounts'> | null
}

/** As the store knows it, besides what joining finds out. */
export async function readOutboundBasis(
  store: Pick<SynchronizationStore, 'awaitingConfirmation' | 'holds' | 'joinDecisions'>, basis: Pick<Basis, 'isDirectoryComplete' | 'isAbsenceProved' | 'answers'>, undecided: OutboundBasis['undecided'],
): Promise<OutboundBasis> {
  return {
    undecided,
    hasCompleteDirectoryImport: basis.isDirectoryComplete, isAbsenceProved: basis.isAbsenceProved, deleted: basis.answers,
    awaiting: new Map((await store.awaitingConfirmation()).map((entry) => [entry.metaverseId, entry])),
    holds: new Map((await store.holds()).map((hold) => [hold.metaverseId, hold])),
    decisions: new Map((await store.joinDecisions()).map((decision) => [decision.anchor, decision])),
  }
}

export type Situation = Omit<OutboundInput, 'person' | 'failedAttributes'>

/** What a decision about each person may ask for, with one question of each sort for the batch. */
export async function gatherSituations(
  store: Pick<SynchronizationStore, 'absences' | 'ownDisables' | 'undoneByOthers' | 'deletedLinks'>, persons: readonly MetaverseObject[], linked: ReadonlyMap<string, ConnectorObject>, basis: OutboundBasis,
): Promise<readonly { readonly person: MetaverseObject; readonly situation: Situation }[]> {
  const ends = persons.map((person) => ({ person, guest: guestOf(person, linked), account: endOf(person, 'ad', linked) }))
  const missing = basis.isAbsenceProved ? ends.filter(({ guest }) => guest === null).flatMap(({ person }) => entraIdOf(person) ?? []) : []
  const withAccount = ends.filter(({ account }) => account !== null).map(({ person }) => person.id)
  const withoutAccount = ends.filter(({ account }) => account === null).map(({ person }) => person.id)
  const absences = missing.length === 0 ? new Map<string, never>() : await store.absences(missing)
  const ownDisables = withAccount.length === 0 ? new Map<string, never>() : await store.ownDisables(withAccount)
  const undone = withAccount.length === 0 ? new Map<string, never>() : await store.undoneByOthers(withAccount)
  const lost = basis.deleted !== null || withoutAccount.length === 0 ? new Map<string, never>() : await store.deletedLinks(withoutAccount)
  return ends.map(({ person, guest, account }) => {
    const awaiting = basis.awaiting.get(person.id)
    return {
      person,
      situation: {
        guest, account,
        // Whether the deleted account can come back is not known: a new one would have a new SID (sync-semantics 12, 17).
        hasCompleteDirectoryImport: basis.hasCompleteDirectoryImport && (lost.get(person.id) ?? []).length === 0,
        awaitingConfirmation: awaiting === undefined ? null : { run: awaiting.run },
        undecidedAccount: basis.undecided.get(person.id)?.dn ?? null,
        hold: basis.holds.get(person.id) ?? null,
        absence: guest === null ? (absences.get(entraIdOf(person) ?? '') ?? null) : null,
        ownDisable: ownDisables.get(person.id) ?? null,
        deletedAccount: account === null ? (basis.deleted?.deletedAccounts[person.id] ?? null) : null,
        formerAccount: account === null ? (basis.deleted?.formerAccounts[person.id] ?? null) : null,
        joinDecision: account === null ? null : (basis.decisions.get(account.anchor) ?? null),
        undoneByOthers: undone.get(person.id) ?? [],
      },
    }
  })
}

/** The guest from whom the person was projected: the metaverse id says it. */
export function guestOrigin({ id }: MetaverseObject): readonly { readonly connector: 'entra'; readonly anchor: string }[] {
  const anchor = projectedAnchor('entra', id)
  return anchor === null ? [] : [{ connector: 'entra', anchor }]
}

/** A guest who left the scope is not linked any more, but is still there to be told apart from one who is gone. */
function guestOf(person: MetaverseObject, linked: ReadonlyMap<string, ConnectorObject>): ConnectorObject | null {
  return endOf(person, 'entra', linked) ?? guestOrigin(person).map((origin) => linked.get(connectorKey(origin))).find((object) => object !== undefined) ?? null
}

function endOf(person: MetaverseObject, connector: ConnectorName, linked: ReadonlyMap<string, ConnectorObject>): ConnectorObject | null {
  const link = person.links.find((candidate) => candidate.connector === connector)
  return link === undefined ? null : (linked.get(connectorKey(link)) ?? null)
}
