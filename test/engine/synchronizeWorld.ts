import type { Change, ExistingChange } from '../../src/shared/domain/change.ts'
import type { DomainName } from '../../src/shared/domain/connectorObject.ts'
import type { DisconnectorReason, OutboundDecision, SkipReason } from '../../src/shared/domain/decision.ts'
import { dnKey } from '../../src/shared/domain/dn.ts'
import type { Link, MetaverseObject } from '../../src/shared/domain/metaverse.ts'
import type { ObjectProblem } from '../../src/shared/domain/problem.ts'
import type { JoinDecision } from '../../src/shared/domain/lifecycle.ts'
import type { CreateRequest, JoinAccountsResult, Lookup, NamesInput, OutboundResult } from '../../src/main/engine/contract.ts'
import { decideOutbound } from '../../src/main/engine/decideOutbound.ts'
import { flowInbound } from '../../src/main/engine/inboundFlow.ts'
import { accountLookups, joinAccounts } from '../../src/main/engine/joinAccounts.ts'
import { joinSubjectOf } from '../../src/main/engine/joinCriteria.ts'
import { isBrokenByDecision } from '../../src/main/engine/joinDecisions.ts'
import { joinKey } from '../../src/main/engine/joinKey.ts'
import { claimsNames } from '../../src/main/engine/namesOfChanges.ts'
import { nameLookups, planNames } from '../../src/main/engine/planNames.ts'
import { projectBatch, projectionLookups } from '../../src/main/engine/project.ts'
import type { World } from './world.ts'

export type Synchronized = {
  readonly persons: readonly MetaverseObject[]
  readonly changes: readonly Change[]
  readonly skips: readonly { readonly metaverseId: string; readonly reason: SkipReason }[]
  readonly disconnectors: readonly { readonly connector: 'entra' | 'ad'; readonly anchor: string; readonly reason: DisconnectorReason }[]
  readonly problems: readonly ObjectProblem[]
}

type Persons = Map<string, { readonly id: string; readonly objectType: string; readonly links: readonly Link[] }>

/** One full synchronisation in memory: the engine's five steps in their order, without a store. */
export function synchronizeWorld(world: World): Synchronized {
  const disconnectors: Synchronized['disconnectors'][number][] = []
  const persons: Persons = new Map(world.persons.map((person) => [person.id, { ...person, links: keepExisting(world, person) }]))
  projectGuests(world, persons, disconnectors)
  const { undecided } = joinAll(world, persons, disconnectors)
  const flowed = flowAll(world, persons)
  const { decisions, changes, requests } = decideAll(world, flowed, undecided)
  const all = [...decisions, ...nameAll(world, requests, changes)]
  return {
    persons: flowed.persons,
    changes: all.flatMap((decision) => (decision.kind === 'change' ? [decision.change] : [])),
    skips: all.flatMap((decision) => (decision.kind === 'skip' ? [decision] : [])),
    disconnectors,
    problems: flowed.problems,
  }
}

/** Objects that an import did not bring again, or that a person disconnected, are unlinked, as the run does. */
function keepExisting(world: World, { id, links }: { readonly id: string; readonly links: readonly Link[] }): readonly Link[] {
  const anchors = new Set([...world.guests, ...world.accounts].map((object) => `${object.connector}:${object.anchor}`))
  return links.filter((link) => anchors.has(`${link.connector}:${link.anchor}`) && !isBrokenByDecision(link, id, decisionsOf(world)))
}

function projectGuests(world: World, persons: Persons, disconnectors: Synchronized['disconnectors'][number][]): void {
  const linkedTo = new Map([...persons.values()].flatMap((person) => person.links.filter((link) => link.connector === 'entra').map((link) => [link.anchor, person.id] as const)))
  const candidates = lookUp(flowAll(world, persons).persons, projectionLookups(world.settings, world.guests))
  for (const { anchor, outcome } of projectBatch(world.settings, { objects: world.guests, linkedTo, candidates })) {
    if (outcome.kind === 'disconnector') disconnectors.push({ connector: 'entra', anchor, reason: outcome.reason })
    const id = outcome.kind === 'disconnector' ? outcome.unlinkedFrom : outcome.metaverseId
    if (id === null || outcome.kind === 'alreadyLinked') continue
    const person = persons.get(id) ?? { id, objectType: outcome.kind === 'projected' ? outcome.objectType : 'person', links: [] }
    const others = person.links.filter((link) => link.connector !== 'entra' || link.anchor !== anchor)
    persons.set(id, { ...person, links: outcome.kind === 'disconnector' ? others : [...others, outcome.link] })
  }
}

function joinAll(world: World, persons: Persons, disconnectors: Synchronized['disconnectors'][number][]): JoinAccountsResult {
  const linked = new Set([...persons.values()].flatMap((person) => person.links).filter((link) => link.connector === 'ad').map((link) => link.anchor))
  const hasAccount = new Set([...persons.values()].filter((person) => person.links.some((link) => link.connector === 'ad')).map((person) => person.id))
  const subjects = world.accounts.filter((account) => !linked.has(account.anchor)).map((account) => joinSubjectOf(world.settings, account))
  const candidates = lookUp(flowAll(world, persons).persons, accountLookups(world.settings, subjects))
  const decisions = decisionsOf(world)
  const result = joinAccounts(world.settings, { subjects, candidates, hasAccount, decisions, knownPersons: new Set(persons.keys()) })
  for (const { metaverseId, link } of result.joins) {
    const person = persons.get(metaverseId)
    if (person !== undefined) persons.set(metaverseId, { ...person, links: [...person.links, link] })
  }
  disconnectors.push(...result.disconnectors.map(({ anchor, reason }) => ({ connector: 'ad', anchor, reason }) as const))
  return result
}

type Flowed = { readonly persons: readonly MetaverseObject[]; readonly problems: readonly ObjectProblem[]; readonly failed: ReadonlyMap<string, readonly string[]> }

function flowAll(world: World, persons: Persons): Flowed {
  const objects = new Map([...world.guests, ...world.accounts].map((object) => [`${object.connector}:${object.anchor}`, object]))
  const results = [...persons.values()].filter((person) => person.links.length > 0).map((person) => {
    const connectors = person.links.flatMap((link) => objects.get(`${link.connector}:${link.anchor}`) ?? [])
    return flowInbound(world.settings, { ...person, connectors })
  })
  return { persons: results.map((result) => result.object), problems: results.flatMap((result) => result.problems), failed: new Map(results.map((result) => [result.object.id, result.failedAttributes])) }
}

function lookUp(persons: readonly MetaverseObject[], lookups: readonly Lookup[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>()
  for (const attribute of new Set(lookups.map((lookup) => lookup.metaverseAttribute))) {
    for (const { id, attributes } of persons) {
      for (const value of attributes[attribute]?.values ?? []) {
        const key = joinKey(attribute, String(value))
        index.set(key, [...(index.get(key) ?? []), id])
      }
    }
  }
  return new Map(lookups.flatMap(({ metaverseAttribute, value }) => {
    const key = joinKey(metaverseAttribute, value)
    const ids = index.get(key)
    return ids === undefined ? [] : [[key, ids] as const]
  }))
}

function decisionsOf({ decisions }: World): ReadonlyMap<string, JoinDecision> {
  return new Map(decisions.map((decision) => [decision.anchor, decision]))
}

function claimsNamesOf(decision: OutboundResult['decision']): ExistingChange | null {
  return decision.kind === 'change' && decision.change.kind !== 'create' && claimsNames(decision.change) ? decision.change : null
}

type Decisions = { readonly decisions: readonly OutboundDecision[]; readonly changes: readonly ExistingChange[]; readonly requests: readonly CreateRequest[] }

function decideAll(world: World, { persons, failed }: Flowed, undecided: JoinAccountsResult['undecided']): Decisions {
  const anchorOf = (person: MetaverseObject, connector: 'entra' | 'ad') => person.links.find((link) => link.connector === connector)?.anchor
  const results = persons.map((person) => decideOutbound(world.settings, {
    person,
    // A guest who left the scope is not linked any more, but is still there to be told apart from one who is gone.
    guest: world.guests.find((object) => object.anchor === (anchorOf(person, 'entra') ?? person.id.slice('entra:'.length))) ?? null,
    account: world.accounts.find((object) => object.anchor === anchorOf(person, 'ad')) ?? null,
    hasCompleteDirectoryImport: world.hasCompleteDirectoryImport,
    awaitingConfirmation: world.awaiting.has(person.id) ? { run: 7 } : null,
    undecidedAccount: undecided.get(person.id)?.dn ?? null,
    failedAttributes: failed.get(person.id) ?? [],
    joinDecision: decisionsOf(world).get(anchorOf(person, 'ad') ?? '') ?? null,
    hold: null, absence: null, ownDisable: null, deletedAccount: null, undoneByOthers: [], ...world.lifecycle[person.id],
  }))
  return {
    decisions: results.flatMap(({ decision }) => (decision.kind === 'create' || claimsNamesOf(decision) !== null ? [] : [decision])),
    changes: results.flatMap(({ decision }) => claimsNamesOf(decision) ?? []),
    requests: results.flatMap(({ decision }) => (decision.kind === 'create' ? [decision.request] : [])),
  }
}

/** Asks the domain as the run does: only about names that were needed. */
function nameAll(world: World, requests: readonly CreateRequest[], changes: readonly ExistingChange[]): readonly OutboundDecision[] {
  const domain = namesOfDomain(world)
  const taken: Omit<NamesInput, 'requests' | 'takenAccountNames' | 'lookedUpAccountNames'> = {
    takenDns: new Map(world.accounts.flatMap(({ dn }) => (dn === null ? [] : [[dnKey(dn), dn] as const]))),
    takenUserPrincipalNames: new Map(world.accounts.flatMap(({ dn, attributes }) => (attributes['userPrincipalName'] ?? []).map((name) => [String(name).toLowerCase(), dn ?? ''] as const))),
  }
  let lookedUp = nameLookups(requests).map((name) => name.toLowerCase())
  for (let round = 0; round < 20; round += 1) {
    const takenAccountNames = new Map(lookedUp.flatMap((name) => (domain.has(name) ? [[name, domain.get(name) as DomainName] as const] : [])))
    const result = planNames(world.settings, { ...taken, requests, changes, takenAccountNames, lookedUpAccountNames: new Set(lookedUp) })
    if (!('needs' in result)) return result.decisions
    lookedUp = [...lookedUp, ...result.needs.map((name) => name.toLowerCase())]
  }
  throw new Error('planNames never came to an end')
}

function namesOfDomain(world: World): ReadonlyMap<string, DomainName> {
  const ofAccounts = world.accounts.map(({ attributes, anchor, dn }) => ({ accountName: String(attributes['sAMAccountName']?.[0] ?? ''), anchor, dn: dn ?? '' }))
  const others = world.otherNames.map((accountName) => ({ accountName, anchor: `other-${accountName}`, dn: `CN=${accountName},CN=Users,DC=contoso,DC=local` }))
  return new Map([...ofAccounts, ...others].map((name) => [name.accountName.toLowerCase(), name]))
}
