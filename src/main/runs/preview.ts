import { dnKey } from '../../shared/domain/dn.ts'
import type { DomainName } from '../../shared/domain/connectorObject.ts'
import type { Explanation } from '../../shared/domain/decision.ts'
import type { EngineSettings, GatheredPerson } from '../engine/contract.ts'
import { explainPerson } from '../engine/explain.ts'
import { accountLookups } from '../engine/joinAccounts.ts'
import { projectionLookups } from '../engine/project.ts'
import type { StoreReader } from '../store/store.ts'
import { isDirectoryComplete } from './synchronizeStep.ts'
import type { FoundObject } from './findObject.ts'
import { readPlan } from './plan.ts'
import { answerLookups, connectorBatches } from './synchronization/pass.ts'

/** The story of one object: the engine's own steps over what the last imports brought. Stores nothing. */
export async function explainObject(store: StoreReader, settings: EngineSettings, subject: string, found: FoundObject): Promise<Explanation> {
  return explainPerson(settings, await gather(store, settings, subject, found))
}

async function gather(store: StoreReader, settings: EngineSettings, subject: string, { guest, account, person }: FoundObject): Promise<GatheredPerson> {
  const lookups = [
    ...(guest === null ? [] : projectionLookups(settings, [guest.object])),
    ...(account === null ? [] : accountLookups(settings, [joinSubjectOf(account.object)])),
  ]
  const candidates = await answerLookups(store, lookups)
  const persons = await store.metaverseObjects([...new Set([...candidates.values()].flat())])
  const awaiting = person === null ? undefined : (await store.awaitingConfirmation()).find((entry) => entry.metaverseId === person.id)
  const skip = person === null ? null : await store.skip(person.id)
  return {
    subject, person,
    guest: guest?.object ?? null,
    account: account?.object ?? null,
    candidates,
    hasAccount: new Set(persons.filter((other) => other.links.some((link) => link.connector === 'ad')).map((other) => other.id)),
    hasCompleteDirectoryImport: await isDirectoryComplete(store),
    awaitingConfirmation: awaiting === undefined ? null : { run: awaiting.run },
    undecidedAccount: skip?.reason.kind === 'joinNeedsDecision' ? skip.reason.dn : null,
    names: await gatherNames(store, person?.id ?? null),
  }
}

function joinSubjectOf(object: NonNullable<FoundObject['account']>['object']): { anchor: string; dn: typeof object.dn; values: Record<string, string> } {
  const values = Object.entries(object.attributes).flatMap(([name, [first]]) => (first === undefined ? [] : [[name, String(first)] as const]))
  return { anchor: object.anchor, dn: object.dn, values: Object.fromEntries(values) }
}

/** Names of the domain and of all other planned accounts: a planned name is reserved, so preview and plan agree. */
async function gatherNames(store: StoreReader, except: string | null): Promise<GatheredPerson['names']> {
  const takenAccountNames = new Map<string, DomainName>()
  const takenDns = new Map<string, string>()
  const takenUserPrincipalNames = new Map<string, string>()
  for await (const rows of connectorBatches(store, 'ad')) {
    for (const { object } of rows) {
      if (object.dn !== null) takenDns.set(dnKey(object.dn), object.dn)
      const name = object.attributes['userPrincipalName']?.[0]
      if (name !== undefined) takenUserPrincipalNames.set(String(name).toLowerCase(), object.dn ?? object.anchor)
    }
  }
  const plan = await readPlan(store)
  for await (const { change } of plan?.lines() ?? []) {
    if (change.kind !== 'create' || change.metaverseId === except) continue
    const name = change.attributes.find((attribute) => attribute.name === 'sAMAccountName')?.after[0]
    if (name !== undefined) takenAccountNames.set(String(name).toLowerCase(), { accountName: String(name), dn: change.dn, anchor: change.metaverseId })
  }
  const inDomain = await store.allNames()
  for (const name of inDomain) takenAccountNames.set(name.accountName.toLowerCase(), name)
  return { takenAccountNames, lookedUpAccountNames: everyName, takenDns, takenUserPrincipalNames }
}
