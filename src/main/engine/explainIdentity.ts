import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { ExplanationStep, JoinAttempt } from '../../shared/domain/decision.ts'
import type { JoinDecision } from '../../shared/domain/lifecycle.ts'
import type { Link } from '../../shared/domain/metaverse.ts'
import { readConnectorAttribute } from './connectorAttribute.ts'
import type { EngineSettings, GatheredPerson } from './contract.ts'
import { isBrokenByDecision } from './joinDecisions.ts'
import { joinAccounts } from './joinAccounts.ts'
import { joinSubjectOf } from './joinCriteria.ts'
import { entraIdOf } from './personIdentity.ts'
import { projectBatch } from './project.ts'

/** The person that guest and account stand for, as a synchronisation would see it now. */
export type Identified = { readonly id: string; readonly objectType: string; readonly links: readonly Link[] }
export type Identification = { readonly steps: readonly ExplanationStep[]; readonly identified: Identified | null }

/** How guest and account came to their person, or why they have none. */
export function identifyPerson(settings: EngineSettings, gathered: GatheredPerson): Identification {
  const { guest, account, person, subject } = gathered
  if (guest === null && account === null) return { steps: [{ kind: 'notFound', connector: 'entra', searched: subject }, { kind: 'notFound', connector: 'ad', searched: subject }], identified: null }
  const byGuest = guest === null ? withoutGuest(gathered) : identifyGuest(settings, gathered, guest)
  if (account === null) return byGuest
  const byAccount = identifyAccount(settings, gathered, account)
  const steps = [...byGuest.steps, ...byAccount.steps]
  if (byAccount.joined === null) return { steps, identified: withoutLink(byGuest.identified, account) }
  const { metaverseId, link } = byAccount.joined
  const identified = byGuest.identified ?? person
  return { steps, identified: identified?.id === metaverseId ? { ...identified, links: withLink(identified.links, link) } : byGuest.identified }
}

/** A person whose guest is gone: what is left of it is told from its other links. */
function withoutGuest({ person }: GatheredPerson): Identification {
  if (person === null) return { steps: [], identified: null }
  return { steps: [{ kind: 'notFound', connector: 'entra', searched: entraIdOf(person) ?? person.id }], identified: { ...person, links: person.links.filter((link) => link.connector !== 'entra') } }
}

function identifyGuest(settings: EngineSettings, { person, candidates }: GatheredPerson, guest: ConnectorObject): Identification {
  const oldLink = linkOf(person?.links ?? [], guest)
  const linkedTo = new Map(person === null || oldLink === undefined ? [] : [[guest.anchor, person.id]])
  const [decision] = projectBatch(settings, { objects: [guest], linkedTo, candidates })
  if (decision === undefined) return { steps: [], identified: null }
  const { scope, attempts, outcome } = decision
  const rule = settings.rules.inbound.find(({ connector, objectType }) => connector === guest.connector && objectType === guest.objectType)?.name ?? ''
  const found: readonly ExplanationStep[] = [{ kind: 'found', connector: guest.connector, anchor: guest.anchor, name: nameOf(guest) }, { kind: 'scope', rule, scope }]
  switch (outcome.kind) {
    case 'disconnector': {
      const steps = [...found, ...joinSteps(guest, rule, attempts), { kind: 'disconnector', connector: guest.connector, reason: outcome.reason } as const]
      return { steps, identified: person === null ? null : { ...person, links: person.links.filter((link) => link !== oldLink) } }
    }
    case 'alreadyLinked':
      return { steps: [...found, linkStep(guest, oldLink, attempts)], identified: person }
    case 'joined':
      return { steps: [...found, linkStep(guest, outcome.link, attempts)], identified: person?.id === outcome.metaverseId ? { ...person, links: withLink(person.links, outcome.link) } : null }
    case 'projected': {
      const kept = person?.id === outcome.metaverseId ? person.links : []
      return { steps: [...found, linkStep(guest, outcome.link, attempts)], identified: { id: outcome.metaverseId, objectType: outcome.objectType, links: withLink(kept, outcome.link) } }
    }
  }
}

const noDecisions: ReadonlyMap<string, JoinDecision> = new Map()

type AccountIdentity = { readonly steps: readonly ExplanationStep[]; readonly joined: { readonly metaverseId: string; readonly link: Link } | null }

function identifyAccount(settings: EngineSettings, gathered: GatheredPerson, account: ConnectorObject): AccountIdentity {
  const { person, candidates, hasAccount, otherAccounts = [], decisions = noDecisions } = gathered
  const found: ExplanationStep = { kind: 'found', connector: account.connector, anchor: account.anchor, name: nameOf(account) }
  const oldLink = linkOf(person?.links ?? [], account)
  if (person !== null && oldLink !== undefined && !isBrokenByDecision(oldLink, person.id, decisions)) return { steps: [found, linkStep(account, oldLink, [])], joined: { metaverseId: person.id, link: oldLink } }

  const { joins, disconnectors } = joinAccounts(settings, { subjects: [joinSubjectOf(settings, account), ...otherAccounts], candidates, hasAccount, decisions })
  const joined = joins.find((join) => join.anchor === account.anchor)
  if (joined !== undefined) return { steps: [found, linkStep(account, joined.link, joined.attempts)], joined }
  const disconnector = disconnectors.find((entry) => entry.anchor === account.anchor)
  if (disconnector === undefined) return { steps: [found], joined: null }
  const rule = settings.rules.inbound.find((candidate) => candidate.connector === account.connector)?.name ?? ''
  return { steps: [found, ...joinSteps(account, rule, disconnector.attempts), { kind: 'disconnector', connector: account.connector, reason: disconnector.reason }], joined: null }
}

function joinSteps({ connector }: ConnectorObject, rule: string, attempts: readonly JoinAttempt[]): readonly ExplanationStep[] {
  return attempts.length === 0 ? [] : [{ kind: 'join', rule, connector, attempts, result: 'none' }]
}

function linkStep({ connector }: ConnectorObject, link: Link | undefined, attempts: readonly JoinAttempt[]): ExplanationStep {
  return { kind: 'join', rule: link?.origin.rule ?? '', connector, attempts, result: link?.origin.kind === 'projected' ? 'projected' : 'joined' }
}

function linkOf(links: readonly Link[], object: ConnectorObject): Link | undefined {
  return links.find((link) => link.connector === object.connector && link.anchor === object.anchor)
}

/** A link that a person's decision broke must not be told as if it held. */
function withoutLink(identified: Identified | null, { connector, anchor }: ConnectorObject): Identified | null {
  return identified === null ? null : { ...identified, links: identified.links.filter((link) => link.connector !== connector || link.anchor !== anchor) }
}

function withLink(links: readonly Link[], link: Link): readonly Link[] {
  return [...links.filter((other) => other.connector !== link.connector || other.anchor !== link.anchor), link]
}

function nameOf(object: ConnectorObject): string {
  const value = object.dn ?? readConnectorAttribute(object, 'displayName')[0] ?? readConnectorAttribute(object, 'userPrincipalName')[0]
  return value === undefined ? object.anchor : String(value)
}
