import type { Change, CreateChange, ExistingChange } from '../../../shared/domain/change.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { OutboundDecision } from '../../../shared/domain/decision.ts'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { CounterName } from '../../../shared/domain/run.ts'
import type { ForestAnswer } from '../../connectors/connector.ts'
import type { CreateRequest, NameWish, OutboundResult } from '../../engine/contract.ts'
import { decideOutbound } from '../../engine/decideOutbound.ts'
import { claimsNames } from '../../engine/namesOfChanges.ts'
import { wishOf } from '../../engine/planNames.ts'
import type { StoredSkip } from '../../store/store.ts'
import { hashChange } from '../planHash.ts'
import { cancelledProblem, giveWay } from '../runContext.ts'
import { askAboutForest, noteUnchecked, type Forest } from './forestNames.ts'
import type { NameQuestions } from './nameQuestions.ts'
import { gatherSituations, guestOrigin, type OutboundBasis, type Situation } from './outboundInputs.ts'
import { flowPerson, gatherLinked, isSameObject, type SynchronizationPass } from './pass.ts'

/**
 * What waits for names, which are given to all together: new accounts, of which only their wishes are kept (whole,
 * 100,000 of them would take hundreds of megabytes), and accounts that get another name or place.
 */
export type NameClaims = {
  readonly wishes: readonly NameWish[]
  readonly changes: readonly ExistingChange[]
  /** What the forest said of the names of the new accounts. */
  readonly forest: Forest
}

/** Third pass: every person, its account as it should be, and what is to be done about it. */
export async function outboundPass(
  pass: SynchronizationPass, basis: OutboundBasis, questions: NameQuestions, batches: AsyncIterable<readonly MetaverseObject[]>, total: number,
): Promise<Result<NameClaims, Problem>> {
  const wishes: NameWish[] = []
  const changes: ExistingChange[] = []
  const forest = new Map<string, ForestAnswer>()
  let done = 0
  for await (const persons of batches) {
    if (pass.signal.aborted) return fail(cancelledProblem)
    const batch = await decideBatch(pass, persons, basis)
    const answers = await askAboutForest(questions, batch.requests.map(({ change }) => change))
    if (!answers.ok) return answers
    for (const [name, answer] of answers.value) forest.set(name, answer)
    wishes.push(...batch.requests.map(wishOf))
    changes.push(...batch.changes)
    await addPending(pass, batch.requests.map(({ change }) => noteUnchecked(change, answers.value)), [])
    await storeDecisions(pass, batch.decisions)
    done += persons.length
    pass.run.progress('deciding about accounts', done, total)
    await giveWay()
  }
  return succeed({ wishes, changes, forest })
}

export async function storeDecisions(pass: SynchronizationPass, decisions: readonly OutboundDecision[]): Promise<void> {
  for (const decision of decisions) countDecision(pass, decision)
  const changes = decisions.flatMap((decision) => (decision.kind === 'change' ? [decision.change] : []))
  const skips = decisions.flatMap((decision) => (decision.kind === 'skip' ? [{ metaverseId: decision.metaverseId, reason: decision.reason }] : []))
  await pass.run.addProblems(skips.flatMap(({ reason }) => (reason.kind === 'problem' ? [reason.problem] : [])))
  await addPending(pass, changes, skips)
  await pass.run.keepObjects()
}

async function addPending({ run, store }: SynchronizationPass, changes: readonly Change[], skips: readonly StoredSkip[]): Promise<void> {
  if (changes.length === 0 && skips.length === 0) return
  await store.addPending(run.id, changes.map((change) => ({ run: run.id, change, hash: hashChange(change) })), skips)
}

/** The creates of these persons, their names still wishes: decided once more from what the store has, which comes to the same (invariant 2). */
export async function decideAgain(pass: SynchronizationPass, basis: OutboundBasis, ids: readonly string[]): Promise<ReadonlyMap<string, CreateChange>> {
  const creates = new Map<string, CreateChange>()
  if (ids.length === 0) return creates
  const persons = await pass.store.metaverseObjects(ids)
  const linked = await gatherLinked(pass.store, [...persons.flatMap((person) => person.links), ...persons.flatMap(guestOrigin)])
  for (const { person, situation } of await gatherSituations(pass.store, persons, linked, basis)) {
    const { decision } = decidePerson(pass, person, situation)
    if (decision.kind === 'create') creates.set(person.id, decision.request.change)
  }
  return creates
}

function decidePerson(pass: SynchronizationPass, person: MetaverseObject, situation: Situation): OutboundResult {
  const failedAttributes = pass.flowed.get(person.id)?.failedAttributes ?? []
  return decideOutbound(pass.settings, { person, ...situation, failedAttributes })
}

type Batch = { readonly decisions: readonly OutboundDecision[]; readonly requests: readonly CreateRequest[]; readonly changes: readonly ExistingChange[] }

async function decideBatch(pass: SynchronizationPass, persons: readonly MetaverseObject[], basis: OutboundBasis): Promise<Batch> {
  const linked = await gatherLinked(pass.store, [...persons.flatMap((person) => person.links), ...persons.flatMap(guestOrigin)])
  const { kept, deletes } = await settlePersons(pass, persons, linked)
  for (const id of deletes) pass.run.countObject({ counter: 'metaverseObjectDeletes', connector: 'metaverse', id })
  const decisions: OutboundDecision[] = []
  const requests: CreateRequest[] = []
  const changes: ExistingChange[] = []
  for (const { person, situation } of await gatherSituations(pass.store, kept, linked, basis)) {
    const { decision } = decidePerson(pass, person, situation)
    if (decision.kind === 'create') requests.push(decision.request)
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
