import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { Link, MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { ProjectDecision } from '../../engine/contract.ts'
import { projectBatch, projectionLookups } from '../../engine/project.ts'
import type { ConnectorRow, MetaverseBatch } from '../../store/store.ts'
import { cancelledProblem, giveWay } from '../runContext.ts'
import { answerLookups, connectorKey, flowPerson, gatherLinked, isSameObject, type SynchronizationPass } from './pass.ts'

/** First pass: objects of connectors whose rules project are joined or projected, and their flows are computed. `meet` is told of whom. */
export async function projectGuests(
  pass: SynchronizationPass, connector: ConnectorName, batches: AsyncIterable<readonly ConnectorRow[]>, total: number | null, meet: (metaverseId: string) => void,
): Promise<Result<null, Problem>> {
  const { store, run, settings } = pass
  let done = 0
  for await (const rows of batches) {
    if (pass.signal.aborted) return fail(cancelledProblem)
    const objects = rows.map((row) => row.object)
    // Whoever is linked already is not tried against anybody.
    const unlinked = rows.flatMap((row) => (row.metaverseId === null ? [row.object] : []))
    const candidates = await answerLookups(store, projectionLookups(settings, unlinked))
    const linkedTo = new Map(rows.flatMap((row) => (row.metaverseId === null ? [] : [[row.object.anchor, row.metaverseId] as const])))
    const linkedIds = new Set([...linkedTo.values(), ...(await findLinked(pass, connector, candidates))])
    const decisions = projectBatch(settings, { objects, linkedTo, candidates, linkedIds })
    await store.writeMetaverse(run.id, await apply(pass, connector, rows, decisions))
    for (const id of decisions.flatMap(personsOf)) meet(id)
    done += rows.length
    run.progress('projecting guests', done, total)
    await run.keepObjects()
    await giveWay()
  }
  return succeed(null)
}

function personsOf({ outcome }: ProjectDecision): readonly string[] {
  if (outcome.kind !== 'disconnector') return [outcome.metaverseId]
  return outcome.unlinkedFrom === null ? [] : [outcome.unlinkedFrom]
}

/** Candidates that have an object of this connector already: nobody is joined to them. */
async function findLinked(pass: SynchronizationPass, connector: ConnectorName, candidates: ReadonlyMap<string, readonly string[]>): Promise<readonly string[]> {
  const persons = await pass.store.metaverseObjects([...new Set([...candidates.values()].flat())])
  return persons.filter((person) => person.links.some((link) => link.connector === connector)).map((person) => person.id)
}

async function apply(pass: SynchronizationPass, connector: ConnectorName, rows: readonly ConnectorRow[], decisions: readonly ProjectDecision[]): Promise<MetaverseBatch> {
  const { store } = pass
  const touched = new Set(decisions.flatMap(personsOf))
  const before = new Map((await store.metaverseObjects([...touched])).map((object) => [object.id, object]))
  const linked = new Map(await gatherLinked(store, [...before.values()].flatMap((object) => object.links)))
  for (const { object } of rows) linked.set(connectorKey(object), object)

  const upserts: MetaverseObject[] = []
  const links: { metaverseId: string; link: Link }[] = []
  const disconnectors: MetaverseBatch['disconnectors'][number][] = []
  for (const { anchor, outcome } of decisions) {
    const id = outcome.kind === 'disconnector' ? outcome.unlinkedFrom : outcome.metaverseId
    count(pass, connector, anchor, outcome)
    if (outcome.kind === 'disconnector') disconnectors.push({ connector, anchor, reason: outcome.reason })
    if (id === null) continue
    const old = before.get(id)
    const kept = old?.links ?? []
    const newLinks = linksAfter(kept, connector, anchor, outcome)
    if (outcome.kind === 'joined' || outcome.kind === 'projected') links.push({ metaverseId: id, link: outcome.link })
    const objectType = old?.objectType ?? (outcome.kind === 'projected' ? outcome.objectType : null)
    if (objectType === null) continue
    const now = flowPerson(pass, { id, objectType }, newLinks, linked)
    const isChanged = old === undefined || !isSameObject(old, now)
    if (isChanged) pass.run.countObject({ counter: 'connectorsWithFlowUpdates', connector, id: anchor })
    else pass.run.count('connectorsWithoutFlowUpdates')
    if (isChanged) upserts.push(now)
    before.set(id, now)
  }
  return { upserts, deletes: [], links, disconnectors }
}

function linksAfter(links: readonly Link[], connector: ConnectorName, anchor: string, outcome: ProjectDecision['outcome']): readonly Link[] {
  if (outcome.kind === 'alreadyLinked') return links
  const others = links.filter((link) => link.connector !== connector || link.anchor !== anchor)
  return outcome.kind === 'disconnector' ? others : [...others, outcome.link]
}

function count({ run }: SynchronizationPass, connector: ConnectorName, anchor: string, outcome: ProjectDecision['outcome']): void {
  if (outcome.kind === 'projected') run.countObject({ counter: 'projections', connector, id: anchor })
  if (outcome.kind === 'joined') run.countObject({ counter: 'joins', connector, id: anchor })
  if (outcome.kind !== 'disconnector') return
  const isFiltered = outcome.reason.kind === 'outOfScope' || outcome.reason.kind === 'masteredInActiveDirectory' || outcome.reason.kind === 'provisionedByCloudSync'
  run.countObject({ counter: isFiltered ? 'filteredDisconnectors' : 'disconnectors', connector, id: anchor })
}
