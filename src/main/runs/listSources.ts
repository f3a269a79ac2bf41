import { describeReason } from '../../shared/domain/describeReason.ts'
import type { GuestRow } from '../../shared/domain/guestRow.ts'
import { textOf } from '../../shared/domain/attributes.ts'
import type { ChangeRow, PersonRow } from '../../shared/domain/listRows.ts'
import type { PendingExport, PendingKey, StoreReader } from '../store/store.ts'
import type { ListEntry, ListSource } from '../store/views.ts'
import { readGuestPage } from './guestRows.ts'
import { readPlanHeader } from './plan.ts'
import { giveWay } from './runContext.ts'

/** A batch takes some milliseconds, after which other calls have their turn. */
const batchSize = 500

export function guestSource(store: StoreReader): ListSource<GuestRow> {
  return {
    version: () => versionOf(store),
    entries: async function* () {
      let after: string | null = null
      do {
        const page: Awaited<ReturnType<typeof readGuestPage>> = await readGuestPage(store, after, batchSize)
        yield page.rows.map((row): ListEntry<GuestRow> => ({
          key: row.id, row, text: [row.displayName, row.company, row.userPrincipalName, row.mail, row.account, row.id].join('\n'),
          facets: { state: [row.state], company: row.company === null ? [] : [row.company] },
          sort: { displayName: fold(row.displayName), company: fold(row.company), state: row.state, userPrincipalName: fold(row.userPrincipalName), mail: fold(row.mail), account: fold(row.account) },
        }))
        after = page.next
        await giveWay()
      } while (after !== null)
    },
  }
}

export function changeSource(store: StoreReader): ListSource<ChangeRow> {
  return {
    version: () => versionOf(store),
    entries: async function* () {
      if ((await readPlanHeader(store)) === null) return
      let after: PendingKey | null = null
      for (;;) {
        const pending: Awaited<ReturnType<StoreReader['pendingBatch']>> = await store.pendingBatch(after, batchSize)
        const last = pending.at(-1)
        if (last === undefined) return
        yield pending.map(changeEntry)
        after = { kind: last.change.kind, metaverseId: last.change.metaverseId }
        await giveWay()
      }
    },
  }
}

function changeEntry({ change, hash }: PendingExport): ListEntry<ChangeRow> {
  const { metaverseId, kind, dn, subject, rule } = change
  const attributes = change.attributes.map(({ name }) => name)
  const row: ChangeRow = { metaverseId, kind, dn, displayName: subject.displayName, company: subject.company, why: describeReason(change.reason), rule, attributes, hash }
  return {
    key: metaverseId, row, text: [row.displayName, row.company, dn, subject.userPrincipalName, subject.mail, row.why].join('\n'),
    facets: { kind: [kind], company: row.company === null ? [] : [row.company], attribute: attributes, rule: [rule], reason: [change.reason.kind] },
    sort: { displayName: fold(row.displayName), company: fold(row.company), dn: fold(dn) },
  }
}

export function personSource(store: StoreReader): ListSource<PersonRow> {
  return {
    version: () => versionOf(store),
    entries: async function* () {
      let after: string | null = null
      for (;;) {
        const persons: Awaited<ReturnType<StoreReader['metaverseBatch']>> = await store.metaverseBatch(after, batchSize)
        const last = persons.at(-1)
        if (last === undefined) return
        yield persons.map((person): ListEntry<PersonRow> => {
          const values = Object.fromEntries(Object.entries(person.attributes).map(([name, attribute]) => [name, attribute.values]))
          const row: PersonRow = { metaverseId: person.id, displayName: textOf(values, 'displayName'), company: textOf(values, 'company'), userPrincipalName: textOf(values, 'userPrincipalName'), connectors: person.links.map((link) => link.connector) }
          return {
            key: person.id, row, text: Object.values(values).flat().join('\n'),
            facets: { connectors: row.connectors.length === 0 ? ['none'] : [...row.connectors].sort(), company: row.company === null ? [] : [row.company] },
            sort: { displayName: fold(row.displayName), company: fold(row.company), userPrincipalName: fold(row.userPrincipalName) },
          }
        })
        after = last.id
        await giveWay()
      }
    },
  }
}

/**
 * While a run writes, a list stays what it was when it was asked for first: every page of an import would be a new version.
 * Otherwise whatever was written makes one, be it a run, a hold, a decision or a purge.
 */
async function versionOf(store: StoreReader): Promise<string> {
  const [last] = await store.runs(1)
  return last?.status === 'running' ? `run ${last.id}` : `version ${await store.version()}`
}

function fold(text: string | null): string {
  return (text ?? '').toLowerCase()
}
