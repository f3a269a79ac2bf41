import { describeReason } from '../../shared/domain/describeReason.ts'
import type { GuestRow } from '../../shared/domain/guestRow.ts'
import { textOf } from '../../shared/domain/attributes.ts'
import type { ChangeRow, PersonRow } from '../../shared/domain/listRows.ts'
import type { StoreReader } from '../store/store.ts'
import type { ListEntry, ListSource } from '../store/views.ts'
import { readGuestPage } from './guestRows.ts'
import { readPlan } from './plan.ts'
import { giveWay } from './runContext.ts'

const batchSize = 500

/** Lists of the window. They change when a run has ended or a hold was set or released. */
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
      const plan = await readPlan(store)
      if (plan === null) return
      let batch: ListEntry<ChangeRow>[] = []
      for await (const { change, hash } of plan.lines()) {
        const { metaverseId, kind, dn, subject, rule } = change
        const attributes = change.attributes.map(({ name }) => name)
        const row: ChangeRow = { metaverseId, kind, dn, displayName: subject.displayName, company: subject.company, why: describeReason(change.reason), rule, attributes, hash }
        batch.push({
          key: metaverseId, row, text: [row.displayName, row.company, dn, subject.userPrincipalName, subject.mail, row.why].join('\n'),
          facets: { kind: [kind], company: row.company === null ? [] : [row.company], attribute: attributes, rule: [rule], reason: [change.reason.kind] },
          sort: { displayName: fold(row.displayName), company: fold(row.company), dn: fold(dn) },
        })
        if (batch.length < batchSize) continue
        yield batch
        batch = []
        await giveWay()
      }
      yield batch
    },
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

async function versionOf(store: StoreReader): Promise<string> {
  const [last] = await store.runs(1)
  const holds = await store.holds()
  return JSON.stringify([last?.id, last?.status, holds.map((hold) => [hold.metaverseId, hold.since])])
}

function fold(text: string | null): string {
  return (text ?? '').toLowerCase()
}
