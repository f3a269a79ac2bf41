import { dnKey, parseDn } from '../../shared/domain/dn.ts'
import type { ConnectorObject, DomainName } from '../../shared/domain/connectorObject.ts'
import type { Explanation } from '../../shared/domain/decision.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { EngineSettings, GatheredPerson, JoinSubject } from '../engine/contract.ts'
import { explainPerson } from '../engine/explain.ts'
import { accountLookups } from '../engine/joinAccounts.ts'
import { projectionLookups } from '../engine/project.ts'
import type { ConnectorRow, StoreReader } from '../store/store.ts'
import type { FoundObject } from './findObject.ts'
import { readPlan } from './plan.ts'
import { readCertainty } from './synchronization/basis.ts'
import { gatherSituations, guestOrigin, readOutboundBasis, type OutboundBasis, type Situation } from './synchronization/outboundInputs.ts'
import { answerLookups, gatherLinked } from './synchronization/pass.ts'

/**
 * The story of one object: the engine's own steps over what the last imports brought. Stores nothing. Names are looked up
 * as they are tried, until the ones that are chosen are names that nobody has.
 */
export async function explainObject(store: StoreReader, settings: EngineSettings, subject: string, found: FoundObject): Promise<Explanation> {
  const gathered = await gather(store, settings, subject, found)
  const accountNames = new Map(gathered.names.takenAccountNames)
  const dns = new Map<string, string>()
  const userPrincipalNames = new Map<string, string>()
  for (;;) {
    const names = { ...gathered.names, takenAccountNames: accountNames, takenDns: dns, takenUserPrincipalNames: userPrincipalNames }
    const explanation = explainPerson(settings, { ...gathered, names })
    const unseen = [
      ...addUnseen(accountNames, await store.findNames(chosenNames(explanation, 'sAMAccountName'))),
      ...addUnseen(dns, mapOwners(await store.findByDn(chosenNames(explanation, 'dn').flatMap(keyOfDn)))),
      ...addUnseen(userPrincipalNames, mapOwners(await store.findByUserPrincipalName('ad', chosenNames(explanation, 'userPrincipalName')))),
    ]
    if (unseen.length === 0) return explanation
  }
}

function chosenNames(explanation: Explanation, name: string): readonly string[] {
  return explanation.steps.flatMap((step) => (step.kind === 'names' ? step.attempts : []))
    .filter((attempt) => attempt.takenBy === null && attempt.attribute.toLowerCase() === name.toLowerCase()).map((attempt) => attempt.name)
}

function addUnseen<Owner>(seen: Map<string, Owner>, found: ReadonlyMap<string, Owner>): readonly string[] {
  const unseen = [...found].filter(([name]) => !seen.has(name))
  for (const [name, owner] of unseen) seen.set(name, owner)
  return unseen.map(([name]) => name)
}

function mapOwners(rows: ReadonlyMap<string, ConnectorRow>): ReadonlyMap<string, string> {
  return new Map([...rows].map(([name, { object }]) => [name, object.dn ?? object.anchor]))
}

function keyOfDn(text: string): readonly string[] {
  const dn = parseDn(text)
  return dn.ok ? [dnKey(dn.value)] : []
}

async function gather(store: StoreReader, settings: EngineSettings, subject: string, { guest, account, person }: FoundObject): Promise<GatheredPerson> {
  const others = account?.disconnector?.kind === 'ambiguous' ? await store.connectorRows('ad', account.disconnector.candidates) : []
  const subjects = [account, ...others].flatMap((row) => (row === null ? [] : [joinSubjectOf(row.object)]))
  const lookups = [...(guest === null ? [] : projectionLookups(settings, [guest.object])), ...accountLookups(settings, subjects)]
  const candidates = await answerLookups(store, lookups)
  const persons = await store.metaverseObjects([...new Set([...candidates.values()].flat())])
  const basis = await readOutboundBasis(store, await readCertainty(store), new Map())
  const situation = person === null ? null : await situationOf(store, person, basis)
  const skip = person === null ? null : await store.skip(person.id)
  return {
    subject, person, candidates,
    guest: guest?.object ?? situation?.guest ?? null,
    account: account?.object ?? null,
    hasAccount: new Set(persons.filter((other) => other.links.some((link) => link.connector === 'ad')).map((other) => other.id)),
    otherAccounts: others.filter((row) => row.object.anchor !== account?.object.anchor).map((row) => joinSubjectOf(row.object)),
    hasCompleteDirectoryImport: situation?.hasCompleteDirectoryImport ?? basis.hasCompleteDirectoryImport,
    awaitingConfirmation: situation?.awaitingConfirmation ?? null,
    ...(situation === null ? {} : { lifecycle: situation }),
    decisions: basis.decisions,
    undecidedAccount: skip?.reason.kind === 'joinNeedsDecision' ? skip.reason.dn : null,
    names: await gatherNames(store, person?.id ?? null),
  }
}

async function situationOf(store: StoreReader, person: MetaverseObject, basis: OutboundBasis): Promise<Situation | null> {
  const linked = await gatherLinked(store, [...person.links, ...guestOrigin(person)])
  const [gathered] = await gatherSituations(store, [person], linked, basis)
  return gathered?.situation ?? null
}

function joinSubjectOf(object: ConnectorObject): JoinSubject {
  const values = Object.entries(object.attributes).flatMap(([name, [first]]) => (first === undefined ? [] : [[name, String(first)] as const]))
  return { anchor: object.anchor, dn: object.dn, values: Object.fromEntries(values) }
}

/** Names of all other planned accounts: a planned name is reserved, so preview and plan agree. */
async function gatherNames(store: StoreReader, except: string | null): Promise<GatheredPerson['names']> {
  const takenAccountNames = await plannedNames(store, except)
  return { takenAccountNames, lookedUpAccountNames: new Set(takenAccountNames.keys()), takenDns: new Map(), takenUserPrincipalNames: new Map() }
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
