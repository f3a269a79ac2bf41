import type { CreateChange, ExistingChange } from '../../../shared/domain/change.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { OutboundDecision } from '../../../shared/domain/decision.ts'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { CounterName } from '../../../shared/domain/run.ts'
import type { CreateRequest, OutboundResult } from '../../engine/contract.ts'
import { decideOutbound } from '../../engine/decideOutbound.ts'
import { claimsNames } from '../../engine/namesOfChanges.ts'
import type { PendingExport, StoredSkip } from '../../store/store.ts'
import { hashChange } from '../planHash.ts'
import { cancelledProblem, giveWay } from '../runContext.ts'
import { gatherSituations, guestOrigin, type OutboundBasis, type Situation } from './outboundInputs.ts'
import { flowPerson, gatherLinked, isSameObject, type SynchronizationPass } from './pass.ts'

/**
 * What waits for names, which are given to all together: new accounts, and accounts that get another name or place. Requests
 * have only what names are given by.
 */
export type NameClaims = { readonly requests: readonly CreateRequest[]; readonly changes: readonly ExistingChange[] }

/** Third pass: every person, its account as it should be, and what is to be done about it. */
export async function outboundPass(
  pass: SynchronizationPass, basis: OutboundBasis, batches: AsyncIterable<readonly MetaverseObject[]>, total: number,
): Promise<Result<NameClaims, Problem>> {
  const requests: CreateRequest[] = []
  const changes: ExistingChange[] = []
  let done = 0
  for await (const persons of batches) {
    if (pass.signal.aborted) return fail(cancelledProblem)
    const batch = await decideBatch(pass, persons, basis)
    requests.push(...batch.requests)
    changes.push(...batch.changes)
    await storeDecisions(pass, batch.decisions)
    done += persons.length
    pass.run.progress('deciding about accounts', done, total)
    await giveWay()
  }
  return succeed({ requests, changes })
}

export async function storeDecisions(pass: SynchronizationPass, decisions: readonly OutboundDecision[]): Promise<void> {
  const exports: PendingExport[] = []
  const skips: StoredSkip[] = []
  for (const decision of decisions) {
    countDecision(pass, decision)
    if (decision.kind === 'change') exports.push({ run: pass.run.id, change: decision.change, hash: hashChange(decision.change) })
    else skips.push({ metaverseId: decision.metaverseId, reason: decision.reason })
  }
  const problems = decisions.flatMap((decision) => (decision.kind === 'skip' && decision.reason.kind === 'problem' ? [decision.reason.problem] : []))
  await pass.run.addProblems(problems)
  await pass.store.addPending(pass.run.id, exports, skips)
  await pass.run.keepObjects()
}

/**
 * Creates whose names are settled, whole again: decided once more from what the store has, which comes to the same
 * (invariant 2). Kept whole since they were first decided, 100,000 of them would take hundreds of megabytes.
 */
export async function completeCreates(pass: SynchronizationPass, basis: OutboundBasis, named: readonly OutboundDecision[]): Promise<readonly OutboundDecision[]> {
  const ids = named.flatMap((decision) => (isCreate(decision) ? [decision.change.metaverseId] : []))
  const persons = ids.length === 0 ? [] : await pass.store.metaverseObjects(ids)
  const linked = await gatherLinked(pass.store, [...persons.flatMap((person) => person.links), ...persons.flatMap(guestOrigin)])
  const whole = new Map<string, CreateChange>()
  for (const { person, situation } of await gatherSituations(pass.store, persons, linked, basis)) {
    const { decision } = decidePerson(pass, person, situation)
    if (decision.kind === 'create') whole.set(person.id, decision.request.change)
  }
  return named.map((decision) => {
    if (!isCreate(decision)) return decision
    const change = whole.get(decision.change.metaverseId)
    if (change === undefined) throw new Error(`The account of ${decision.change.metaverseId} was decided about twice, with two results`)
    const names = new Map(decision.change.attributes.map((attribute) => [attribute.name, attribute]))
    return { kind: 'change', change: { ...decision.change, ...change, attributes: change.attributes.map((attribute) => names.get(attribute.name) ?? attribute) } }
  })
}

function isCreate(decision: OutboundDecision): decision is { readonly kind: 'change'; readonly change: CreateChange } {
  return decision.kind === 'change' && decision.change.kind === 'create'
}

function claimOf({ metaverseId, change }: CreateRequest): CreateRequest {
  const attributes = change.attributes.filter(({ name }) => name === 'sAMAccountName' || name === 'userPrincipalName')
  return { metaverseId, change: { ...change, attributes } }
}

function decidePerson(pass: SynchronizationPass, person: MetaverseObject, situation: Situation): OutboundResult {
  const failedAttributes = pass.flowed.get(person.id)?.failedAttributes ?? []
  return decideOutbound(pass.settings, { person, ...situation, failedAttributes })
}

type Batch = NameClaims & { readonly decisions: readonly OutboundDecision[] }

async function decideBatch(pass: SynchronizationPass, persons: readonly MetaverseObject[], basis: OutboundBasis): Promise<Batch> {
  const linked = await gatherLinked(pass.store, [...persons.flatMap((person) => person.links), ...persons.flatMap(guestOrigin)])
  const { kept, deletes } = await settlePersons(pass, persons, linked)
  for (const id of deletes) pass.run.countObject({ counter: 'metaverseObjectDeletes', connector: 'metaverse', id })
  const decisions: OutboundDecision[] = []
  const requests: CreateRequest[] = []
  const changes: ExistingChange[] = []
  for (const { person, situation } of await gatherSituations(pass.store, kept, linked, basis)) {
    const { decision } = decidePerson(pass, person, situation)
    if (decision.kind === 'create') requests.push(claimOf(decision.request))
    else if (decision.kind === 'change' && decision.change.kind !== 'create' && claimsNames(decision.change)) changes.push(decision.change)
    else decisions.push(decision)
  }
  return { decisions, requests, changes }
}

/** Flows persons whom no earlier pass has met, reports what went wrong with flows, and deletes who has no connector any more. */
async function settlePersons(
  pass: SynchronizationPass, persons: readonly MetaverseObject[], linked: ReadonlyMap<string, ConnectorObject>,
): Promise<{ readonly kept: readonly MetaverseObject[]; readonly deletes: readonly string[] }> {
  const kept: MetaverseObject[] = []
  const upserts: MetaverseObject[] = []
  const deletes: string[] = []
  for (const person of persons) {
    const now = pass.flowed.has(person.id) ? person : flowPerson(pass, person, person.links, linked)
    const problems = pass.flowed.get(person.id)?.problems ?? []
    pass.run.count('flowErrors', problems.length)
    await pass.run.addProblems(problems)
    if (now.links.length === 0) {
      deletes.push(person.id)
      continue
    }
    if (!isSameObject(person, now)) upserts.push(now)
    kept.push(now)
  }
  await pass.store.writeMetaverse(pass.run.id, { upserts, deletes, links: [], disconnectors: [] })
  return { kept, deletes }
}

function countDecision({ run }: SynchronizationPass, decision: OutboundDecision): void {
  const counter = counterOf(decision)
  const id = decision.kind === 'skip' ? decision.metaverseId : decision.change.metaverseId
  if (counter !== null) run.countObject({ counter, connector: 'metaverse', id })
}

function counterOf(decision: OutboundDecision): CounterName | null {
  if (decision.kind === 'skip') {
    const { kind } = decision.reason
    if (kind === 'onHold') return 'holds'
    return kind === 'leaver' || kind === 'leaverDone' || kind === 'absenceUnclear' ? 'leavers' : null
  }
  switch (decision.change.kind) {
    case 'create': return 'provisioningAdds'
    case 'adopt': return 'provisioningAdopts'
    case 'rename': case 'move': return 'provisioningRenames'
    case 'disable': return 'provisioningDisables'
    case 'enable': return 'provisioningEnables'
    case 'delete': return 'provisioningDeletes'
    case 'restore': return 'provisioningRestores'
    case 'update': return 'exportAttributeFlow'
  }
}
