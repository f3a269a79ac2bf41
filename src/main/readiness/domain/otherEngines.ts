import { textOf } from '../../../shared/domain/attributes.ts'
import type { StoreReader } from '../../store/store.ts'
import { countOf, failed, nameSome, notChecked, passed } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { DomainWorld } from './domainWorld.ts'

const batchSize = 1000

/** Guests whom Entra Connect matched with their shadow account: the OU is in its scope (sync-semantics 23). */
export async function checkConnectScope({ store }: Pick<DomainWorld, 'store'>): Promise<CheckAnswer> {
  const matched: string[] = []
  let seen = 0
  for (let after: string | null = null; ;) {
    const rows = await store.connectorBatch('entra', after, batchSize)
    seen += rows.length
    matched.push(...rows.flatMap(({ object }) => (object.attributes['onPremisesSyncEnabled']?.[0] === true ? [textOf(object.attributes, 'userPrincipalName') ?? object.anchor] : [])))
    const last = rows.at(-1)
    if (last === undefined || rows.length < batchSize) break
    after = last.object.anchor
  }
  if (seen === 0) return notChecked('No guest was imported yet.', 'Run an import of Entra, then check again.')
  const read = [`${seen} guests of the last import`]
  if (matched.length === 0) return passed('No guest is synchronised from Active Directory, so Entra Connect has matched no shadow account. Its scope itself cannot be read from here.', { read })
  return failed(
    `${countOf(matched.length, 'guest is', 'guests are')} synchronised from Active Directory (onPremisesSyncEnabled): ${nameSome(matched)}. If these are shadow accounts, Entra Connect has their OU in its scope and has matched them.`,
    'Never exclude the OU alone: Connect would delete these guests. Where they are shadow accounts go through the steps in their order; guests who are meant to be mastered in Active Directory stay as they are.',
    { read, scripts: [connectSteps] },
  )
}

const connectSteps = {
  title: 'Take the OU out of Entra Connect without losing guests', language: 'text' as const,
  text: [
    '1. On the server of Entra Connect stop its scheduler: Set-ADSyncScheduler -SyncCycleEnabled $false',
    '2. Stop the exports of Guestbridge: turn off its schedule and approve nothing.',
    '3. In Entra Connect take the OU of the guests out of the scope (domain and OU filtering).',
    '4. Start the scheduler again: Set-ADSyncScheduler -SyncCycleEnabled $true. Connect now deletes these guests in Entra.',
    '5. Within 30 days restore each of them in Entra under Deleted users: the same id comes back, mastered in the cloud.',
    '6. Run an import of both sides, look at the plan, and resume the exports.',
  ].join('\n'),
}

/** Somebody who sets back what our exports wrote (sync-semantics 19): MIM, the sample script, Cloud Sync. */
export async function checkSecondEngine({ store }: Pick<DomainWorld, 'store'>): Promise<CheckAnswer> {
  if ((await store.lastCompleted('export', null)) === null && (await store.lastCompleted('export', 'ad')) === null) return notChecked('Nothing was exported yet, so nobody can have undone it.')
  const contested = await findContested(store)
  if (contested.length === 0) return passed('Nobody sets back what Guestbridge writes.', { read: ['values between each confirming import and the next import'] })
  return failed(
    `Another program sets back what Guestbridge writes, on ${countOf(contested.length, 'account', 'accounts')}: ${nameSome(contested.map(({ name, attributes }) => `${name} (${attributes.join(', ')})`))}.`,
    'Find it among MIM, the sample script and Cloud Sync, and stop it on this OU: observe only, stop the other, adopt, then export.', { read: contested.slice(0, 50).map(({ name, attributes }) => `${name}: ${attributes.join(', ')}`) },
  )
}

async function findContested(store: StoreReader): Promise<readonly { readonly name: string; readonly attributes: readonly string[] }[]> {
  const contested: { readonly name: string; readonly attributes: readonly string[] }[] = []
  for (let after: string | null = null; ;) {
    const persons = await store.metaverseBatch(after, batchSize)
    const undone = await store.undoneByOthers(persons.map(({ id }) => id))
    for (const { id, attributes } of persons) {
      const names = undone.get(id)
      if (names !== undefined) contested.push({ name: String(attributes['displayName']?.values[0] ?? id), attributes: names })
    }
    const last = persons.at(-1)
    if (last === undefined || persons.length < batchSize) return contested
    after = last.id
  }
}
