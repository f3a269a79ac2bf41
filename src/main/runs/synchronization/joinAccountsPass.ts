import type { Dn } from '../../../shared/domain/ids.ts'
import { dnKey } from '../../../shared/domain/dn.ts'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { Link, MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { JoinAccountsResult, JoinSubject } from '../../engine/contract.ts'
import { accountLookups, joinAccounts } from '../../engine/joinAccounts.ts'
import type { CompiledRuleSet } from '../../rules/compiled.ts'
import { cancelledProblem, giveWay } from '../runContext.ts'
import { answerLookups, batchSize, connectorBatches, gatherLinked, recompute, textValue, type SynchronizationPass } from './pass.ts'

/** What later passes need to know of the accounts that exist. */
export type AccountsSeen = {
  /** dnKey → who is there. */
  readonly dns: ReadonlyMap<string, string>
  /** userPrincipalName in lower case → DN. */
  readonly userPrincipalNames: ReadonlyMap<string, string>
  readonly undecided: ReadonlyMap<string, { readonly anchor: string; readonly dn: Dn | null }>
}

/** Second pass: every unlinked account is tried against the join criteria, criterion by criterion over all of them. */
export async function joinAccountsPass(pass: SynchronizationPass, connector: ConnectorName): Promise<Result<AccountsSeen, Problem>> {
  const { context, run, settings } = pass
  const attributes = joinAttributesOf(settings.rules, connector)
  const subjects: JoinSubject[] = []
  const dns = new Map<string, string>()
  const userPrincipalNames = new Map<string, string>()
  let linkedCount = 0
  for await (const rows of connectorBatches(context.store, connector)) {
    if (context.signal.aborted) return fail(cancelledProblem)
    for (const { object, metaverseId } of rows) {
      if (object.dn !== null) dns.set(dnKey(object.dn), object.dn)
      const userPrincipalName = textValue(object.attributes['userPrincipalName'])
      if (userPrincipalName !== null) userPrincipalNames.set(userPrincipalName.toLowerCase(), object.dn ?? object.anchor)
      if (metaverseId === null) subjects.push({ anchor: object.anchor, dn: object.dn, values: joinValues(object.attributes, attributes) })
      else linkedCount += 1
    }
    run.progress('looking for accounts', linkedCount + subjects.length, null)
    await giveWay()
  }
  const candidates = await answerLookups(context.store, accountLookups(settings, subjects))
  const hasAccount = await findPersonsWithAccount(pass, connector, candidates)
  const result = joinAccounts(settings, { subjects, candidates, hasAccount })
  await storeJoins(pass, connector, result)
  return succeed({ dns, userPrincipalNames, undecided: result.undecided })
}

function joinAttributesOf(rules: CompiledRuleSet, connector: ConnectorName): readonly string[] {
  const criteria = rules.inbound.filter((rule) => rule.connector === connector).flatMap((rule) => rule.join.map((criterion) => criterion.connectorAttribute))
  return [...new Set([...criteria, 'adminDescription', 'cn'])]
}

function joinValues(attributes: Readonly<Record<string, readonly (string | number | boolean)[]>>, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = textValue(attributes[name])
    return value === null ? [] : [[name, value] as const]
  }))
}

async function findPersonsWithAccount(pass: SynchronizationPass, connector: ConnectorName, candidates: ReadonlyMap<string, readonly string[]>): Promise<ReadonlySet<string>> {
  const ids = [...new Set([...candidates.values()].flat())]
  const withAccount = new Set<string>()
  for (let start = 0; start < ids.length; start += batchSize) {
    const persons = await pass.context.store.metaverseObjects(ids.slice(start, start + batchSize))
    for (const person of persons) {
      if (person.links.some((link) => link.connector === connector)) withAccount.add(person.id)
    }
  }
  return withAccount
}

async function storeJoins(pass: SynchronizationPass, connector: ConnectorName, { joins, disconnectors }: JoinAccountsResult): Promise<void> {
  const { context: { store }, run } = pass
  run.count('joins', joins.length)
  run.count('disconnectors', disconnectors.length)
  for (let start = 0; start < Math.max(joins.length, disconnectors.length); start += batchSize) {
    const batch = joins.slice(start, start + batchSize)
    await store.writeMetaverse(run.id, {
      upserts: await recomputeJoined(pass, batch),
      deletes: [],
      links: batch.map(({ metaverseId, link }) => ({ metaverseId, link })),
      disconnectors: disconnectors.slice(start, start + batchSize).map(({ anchor, reason }) => ({ connector, anchor, reason })),
    })
    await giveWay()
  }
}

async function recomputeJoined(pass: SynchronizationPass, joins: readonly { readonly metaverseId: string; readonly link: Link }[]): Promise<readonly MetaverseObject[]> {
  const { store } = pass.context
  const persons = new Map((await store.metaverseObjects(joins.map((join) => join.metaverseId))).map((person) => [person.id, person]))
  const linked = await gatherLinked(store, [...[...persons.values()].flatMap((person) => person.links), ...joins.map((join) => join.link)])
  const upserts: MetaverseObject[] = []
  for (const { metaverseId, link } of joins) {
    const person = persons.get(metaverseId)
    if (person !== undefined) upserts.push(recompute(pass.settings, person, [...person.links, link], linked).object)
  }
  return upserts
}
