import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
import type { DeltaChange, DeltaPage, DeltaRequest } from '../connector.ts'
import type { BatchSender } from './batch.ts'
import type { MergedChange } from './deltaRound.ts'
import { writeWatermark } from './deltaWatermark.ts'
import type { GraphScope } from './graphScope.ts'
import { bindWatermark } from './graphScope.ts'
import { judgeObject } from './judgeChange.ts'
import { anchorsOf, listUsers } from './listUsers.ts'
import type { DeltaRound } from './readDeltaRound.ts'

export type GroupDeltaContext = Pick<DeltaRequest, 'known' | 'signal'> & { readonly sender: BatchSender; readonly scope: GraphScope; readonly selected: readonly string[] }

/**
 * The members of the scope group are read in full each time: a delta of groups speaks of direct members only
 * (sync-semantics 7). Of these, whom the round names or the connector space does not have is delivered as listed. Who was
 * a member at the last import and is none now has left: deleted if the round says so, otherwise by leaving the group.
 *
 * @param round Read before the members, so that what changes in between is seen again next time rather than never.
 * @param membersBefore As the watermark has them.
 */
export async function* importGroupDelta(context: GroupDeltaContext, round: DeltaRound, membersBefore: readonly string[]): AsyncGenerator<Result<DeltaPage, Problem>> {
  const { sender, scope, selected, known, signal } = context
  const listed = new Set<string>()
  const members: string[] = []
  for await (const page of listUsers(sender.client, scope, selected, signal)) {
    if (!page.ok) {
      yield page
      return
    }
    const { objects, problems } = page.value
    const inSpace = await known(objects.map((object) => object.anchor))
    const judged = objects.map((object) => judgeMember(object, inSpace.has(object.anchor), round.changes, scope))
    for (const anchor of anchorsOf(page.value)) listed.add(anchor)
    members.push(...judged.flatMap((each) => (each.isMember ? [each.anchor] : [])), ...anchorsOf({ objects: [], problems }))
    yield succeed({ changes: judged.flatMap((each) => (each.change === null ? [] : [each.change])), problems, isLast: false, watermark: null })
  }
  const gone = await findLeavers([...membersBefore, ...round.changes.keys()], listed, known, round.changes)
  const watermark = writeWatermark(bindWatermark(scope, selected), { deltaLink: round.deltaLink, members })
  yield succeed({ changes: gone, problems: round.problems, isLast: true, watermark })
}

/** How many anchors the store is asked about at a time. */
const anchorsPerQuestion = 1_000

type JudgedMember = { readonly anchor: string; readonly isMember: boolean; readonly change: DeltaChange | null }

function judgeMember(object: ConnectorObject, isKnown: boolean, changed: ReadonlyMap<string, MergedChange>, scope: GraphScope): JudgedMember {
  const { anchor } = object
  const verdict = judgeObject(object, isKnown ? 'known' : 'stranger', scope.filter)
  if (verdict.kind !== 'deliver') return { anchor, isMember: false, change: null }
  const isMember = verdict.change.kind === 'replaced'
  // Listed as before and not named by the round: nothing to say.
  return { anchor, isMember, change: isMember && isKnown && !changed.has(anchor) ? null : verdict.change }
}

/** Only whom the connector space has can leave it; anybody of the tenant may have been deleted in this round. */
async function findLeavers(candidates: readonly string[], listed: ReadonlySet<string>, known: DeltaRequest['known'], changed: ReadonlyMap<string, MergedChange>): Promise<readonly DeltaChange[]> {
  const missing = [...new Set(candidates)].filter((anchor) => !listed.has(anchor))
  const leavers: DeltaChange[] = []
  for (let start = 0; start < missing.length; start += anchorsPerQuestion) {
    const part = missing.slice(start, start + anchorsPerQuestion)
    const inSpace = await known(part)
    for (const anchor of part) if (inSpace.has(anchor)) leavers.push({ kind: 'removed', anchor, why: describeLeaving(changed.get(anchor)) })
  }
  return leavers
}

function describeLeaving(change: MergedChange | undefined): 'deleted' | 'softDeleted' | 'leftFilter' {
  if (change?.removed === 'deleted') return 'deleted'
  return change?.removed === 'changed' ? 'softDeleted' : 'leftFilter'
}
