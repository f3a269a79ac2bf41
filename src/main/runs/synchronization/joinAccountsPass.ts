import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { JoinDecision } from '../../../shared/domain/lifecycle.ts'
import type { Link, MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { JoinAccountsResult, JoinSubject } from '../../engine/contract.ts'
import { accountLookups, joinAccounts } from '../../engine/joinAccounts.ts'
import { joinSubjectOf } from '../../engine/joinCriteria.ts'
import { isBrokenByDecision } from '../../engine/joinDecisions.ts'
import { cancelledProblem, giveWay } from '../runContext.ts'
import { answerLookups, batchSize, flowPerson, gatherLinked, inBatches, unlinkedBatches, type SynchronizationPass } from './pass.ts'

export type AccountsJoined = {
  /** Persons who may get no new account before somebody decides. */
  readonly undecided: JoinAccountsResult['undecided']
  /** Persons whose links have changed here. */
  readonly relinked: ReadonlySet<string>
}

/**
 * Second pass: every unlinked account is tried against the join criteria, criterion by criterion over all of them. What a
 * person has decided about an account (MIM's Joiner) holds against links that exist, too.
 */
export async function joinAccountsPass(pass: SynchronizationPass, connector: ConnectorName): Promise<Result<AccountsJoined, Problem>> {
  const { store, run, settings } = pass
  const decisions = new Map((await store.joinDecisions()).map((decision) => [decision.anchor, decision]))
  const separated = await separateDecided(pass, connector, decisions)
  const subjects: JoinSubject[] = []
  for await (const rows of unlinkedBatches(store, connector)) {
    if (pass.signal.aborted) return fail(cancelledProblem)
    for (const { object } of rows) subjects.push(joinSubjectOf(settings, object))
    run.progress('looking for accounts', subjects.length, null)
    await giveWay()
  }
  const candidates = await answerLookups(store, accountLookups(settings, subjects))
  const decided = [...decisions.values()].flatMap(({ decision }) => (decision.kind === 'join' ? [decision.metaverseId] : []))
  const known = await findPersons(pass, connector, [...[...candidates.values()].flat(), ...decided])
  const result = joinAccounts(settings, { subjects, candidates, decisions, hasAccount: known.withAccount, knownPersons: known.all })
  await storeJoins(pass, connector, result)
  return succeed({ undecided: result.undecided, relinked: new Set([...separated, ...result.joins.map((join) => join.metaverseId)]) })
}

/** Takes accounts off persons to whom somebody has decided that they do not belong. */
async function separateDecided(pass: SynchronizationPass, connector: ConnectorName, decisions: ReadonlyMap<string, JoinDecision>): Promise<readonly string[]> {
  const rows = decisions.size === 0 ? [] : await pass.store.connectorRows(connector, [...decisions.keys()])
  const wrong = rows.flatMap(({ object, metaverseId }) => {
    return metaverseId !== null && isBrokenByDecision(object, metaverseId, decisions) ? [{ anchor: object.anchor, metaverseId }] : []
  })
  for (const batch of inBatches(wrong)) {
    const persons = await pass.store.metaverseObjects(batch.map(({ metaverseId }) => metaverseId))
    const linked = await gatherLinked(pass.store, persons.flatMap((person) => person.links))
    const taken = new Set(batch.map(({ anchor }) => anchor))
    const upserts = persons.map((person) => flowPerson(pass, person, person.links.filter((link) => link.connector !== connector || !taken.has(link.anchor)), linked))
    await pass.store.writeMetaverse(pass.run.id, { upserts, deletes: [], links: [], disconnectors: [] })
  }
  return wrong.map(({ metaverseId }) => metaverseId)
}

type KnownPersons = { readonly all: ReadonlySet<string>; readonly withAccount: ReadonlySet<string> }

async function findPersons(pass: SynchronizationPass, connector: ConnectorName, wanted: readonly string[]): Promise<KnownPersons> {
  const [all, withAccount] = [new Set<string>(), new Set<string>()]
  for (const ids of inBatches([...new Set(wanted)])) {
    for (const person of await pass.store.metaverseObjects(ids)) {
      all.add(person.id)
      if (person.links.some((link) => link.connector === connector)) withAccount.add(person.id)
    }
  }
  return { all, withAccount }
}

async function storeJoins(pass: SynchronizationPass, connector: ConnectorName, { joins, disconnectors }: JoinAccountsResult): Promise<void> {
  const { store, run } = pass
  for (const { anchor } of joins) run.countObject({ counter: 'joins', connector, id: anchor })
  for (const { anchor } of disconnectors) run.countObject({ counter: 'disconnectors', connector, id: anchor })
  for (let start = 0; start < Math.max(joins.length, disconnectors.length); start += batchSize) {
    const batch = joins.slice(start, start + batchSize)
    await store.writeMetaverse(run.id, {
      upserts: await flowJoined(pass, batch),
      deletes: [],
      links: batch.map(({ metaverseId, link }) => ({ metaverseId, link })),
      disconnectors: disconnectors.slice(start, start + batchSize).map(({ anchor, reason }) => ({ connector, anchor, reason })),
    })
    await run.keepObjects()
    await giveWay()
  }
}

async function flowJoined(pass: SynchronizationPass, joins: readonly { readonly metaverseId: string; readonly link: Link }[]): Promise<readonly MetaverseObject[]> {
  const persons = new Map((await pass.store.metaverseObjects(joins.map((join) => join.metaverseId))).map((person) => [person.id, person]))
  const linked = await gatherLinked(pass.store, [...[...persons.values()].flatMap((person) => person.links), ...joins.map((join) => join.link)])
  return joins.flatMap(({ metaverseId, link }) => {
    const person = persons.get(metaverseId)
    return person === undefined ? [] : [flowPerson(pass, person, [...person.links, link], linked)]
  })
}

