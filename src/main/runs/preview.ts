import { dnKey } from '../../shared/domain/dn.ts'
import type { ConnectorObject, DomainName } from '../../shared/domain/connectorObject.ts'
import type { Explanation } from '../../shared/domain/decision.ts'
import type { EngineSettings, GatheredPerson, JoinSubject } from '../engine/contract.ts'
import { explainPerson } from '../engine/explain.ts'
import { accountLookups } from '../engine/joinAccounts.ts'
import { projectionLookups } from '../engine/project.ts'
import type { StoreReader } from '../store/store.ts'
import type { FoundObject } from './findObject.ts'
import { readPlan } from './plan.ts'
import { answerLookups, connectorBatches } from './synchronization/pass.ts'
import { isDirectoryComplete } from './synchronization/basis.ts'

/**
 * The story of one object: the engine's own steps over what the last imports brought. Stores nothing. Account names are
 * looked up in the domain as they are tried, until one is chosen that nobody has.
 */
export async function explainObject(store: StoreReader, settings: EngineSettings, subject: string, found: FoundObject): Promise<Explanation> {
  const gathered = await gather(store, settings, subject, found)
  const taken = new Map(gathered.names.takenAccountNames)
  for (;;) {
    const explanation = explainPerson(settings, { ...gathered, names: { ...gathered.names, takenAccountNames: taken } })
    const owners = await store.findNames(chosenNames(explanation))
    const unseen = [...owners].filter(([name]) => !taken.has(name))
    if (unseen.length === 0) return explanation
    for (const [name, owner] of unseen) taken.set(name, owner)
  }
}

function chosenNames(explanation: Explanation): readonly string[] {
  return explanation.steps.flatMap((step) => (step.kind === 'names' ? step.attempts : []))
    .filter((attempt) => attempt.takenBy === null && attempt.attribute.toLowerCase() === 'samaccountname').map((attempt) => attempt.name)
}

async function gather(store: StoreReader, settings: EngineSettings, subject: string, { guest, account, person }: FoundObject): Promise<GatheredPerson> {
  const others = account?.disconnector?.kind === 'ambiguous' ? await store.connectorRows('ad', account.disconnector.candidates) : []
  const subjects = [account, ...others].flatMap((row) => (row === null ? [] : [joinSubjectOf(row.object)]))
  const lookups = [...(guest === null ? [] : projectionLookups(settings, [guest.object])), ...accountLookups(settings, subjects)]
  const candidates = await answerLookups(store, lookups)
  const persons = await store.metaverseObjects([...new Set([...candidates.values()].flat())])
  const awaiting = person === null ? undefined : (await store.awaitingConfirmation()).find((entry) => entry.metaverseId === person.id)
  const skip = person === null ? null : await store.skip(person.id)
  return {
    subject, person, candidates,
    guest: guest?.object ?? null,
    account: account?.object ?? null,
    hasAccount: new Set(persons.filter((other) => other.links.some((link) => link.connector === 'ad')).map((other) => other.id)),
    otherAccounts: others.filter((row) => row.object.anchor !== account?.object.anchor).map((row) => joinSubjectOf(row.object)),
    hasCompleteDirectoryImport: await isDirectoryComplete(store),
    awaitingConfirmation: awaiting === undefined ? null : { run: awaiting.run },
    undecidedAccount: skip?.reason.kind === 'joinNeedsDecision' ? skip.reason.dn : null,
    names: await gatherNames(store, person?.id ?? null),
  }
}

function joinSubjectOf(object: ConnectorObject): JoinSubject {
  const values = Object.entries(object.attributes).flatMap(([name, [first]]) => (first === undefined ? [] : [[name, String(first)] as const]))
  return { anchor: object.anchor, dn: object.dn, values: Object.fromEntries(values) }
}

/** Names of the imported accounts and of all other planned ones: a planned name is reserved, so preview and plan agree. */
async function gatherNames(store: StoreReader, except: string | null): Promise<GatheredPerson['names']> {
  const takenDns = new Map<string, string>()
  const takenUserPrincipalNames = new Map<string, string>()
  for await (const rows of connectorBatches(store, 'ad')) {
    for (const { object } of rows) {
      if (object.dn !== null) takenDns.set(dnKey(object.dn), object.dn)
      const name = object.attributes['userPrincipalName']?.[0]
      if (name !== undefined) takenUserPrincipalNames.set(String(name).toLowerCase(), object.dn ?? object.anchor)
    }
  }
  const takenAccountNames = await plannedNames(store, except)
  return { takenAccountNames, lookedUpAccountNames: new Set(takenAccountNames.keys()), takenDns, takenUserPrincipalNames }
}

async function plannedNames(store: StoreReader, except: string | null): Promise<ReadonlyMap<string, DomainName>> {
  const names = new Map<string, DomainName>()
  const plan = await readPlan(store)
  if (plan === null) return names
  for await (const { change } of plan.lines()) {
    if (change.kind !== 'create' || change.metaverseId === except) continue
    const name = change.attributes.find((attribute) => attribute.name === 'sAMAccountName')?.after[0]
    if (name !== undefined) names.set(String(name).toLowerCase(), { accountName: String(name), dn: change.dn, anchor: change.metaverseId })
  }
  return names
}
