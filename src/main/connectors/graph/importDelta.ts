import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DeltaChange, DeltaPage, DeltaRequest } from '../connector.ts'
import type { BatchSender } from './batch.ts'
import { readWatermark, writeWatermark } from './deltaWatermark.ts'
import type { GraphScope } from './graphScope.ts'
import { bindWatermark, selectInScope } from './graphScope.ts'
import { importGroupDelta } from './importGroupDelta.ts'
import { judgeChange } from './judgeChange.ts'
import { mostLooksAtOnce } from './lookAtEach.ts'
import type { UnclearChange } from './readChangedUsers.ts'
import { readChangedUsers } from './readChangedUsers.ts'
import type { DeltaRound } from './readDeltaRound.ts'
import { readDeltaRound } from './readDeltaRound.ts'

/** How many changes are handed over at a time. */
const changesPerPage = 1_000

/**
 * What changed since the watermark, decided for the whole round at once: its elements come in no order and repeat themselves,
 * so that the result depends on neither. Users about whom the round is not clear are looked at singly.
 */
export async function* importDelta(sender: BatchSender, scope: GraphScope, request: DeltaRequest, signal: AbortSignal): AsyncGenerator<Result<DeltaPage, Problem>> {
  const selected = selectInScope(scope, request.attributes)
  const binding = bindWatermark(scope, selected)
  const begin = readWatermark(request.watermark, binding, scope.graphUrl)
  if (!begin.ok) {
    yield begin
    return
  }
  const round = await readDeltaRound(sender.client, scope.graphUrl, begin.value.deltaLink, new Set(binding.selected), signal)
  if (!round.ok) {
    yield round
    return
  }
  if (scope.group !== null) yield* importGroupDelta({ sender, scope, selected, known: request.known, signal }, round.value, begin.value.members)
  else yield* deliverRound(sender, { scope, selected, known: request.known, signal }, round.value)
}

/** What the parts of a delta import share. */
type DeltaContext = Pick<DeltaRequest, 'known' | 'signal'> & { readonly scope: GraphScope; readonly selected: readonly string[] }

async function* deliverRound(sender: BatchSender, context: DeltaContext, round: DeltaRound): AsyncGenerator<Result<DeltaPage, Problem>> {
  const { scope, selected, known, signal } = context
  const merged = [...round.changes.values()]
  const unclear: UnclearChange[] = []
  for (let start = 0; start < merged.length; start += changesPerPage) {
    const part = merged.slice(start, start + changesPerPage)
    const knownAnchors = await known(part.map((each) => each.anchor))
    const changes: DeltaChange[] = []
    for (const each of part) {
      const standing = knownAnchors.has(each.anchor) ? 'known' : 'stranger'
      const verdict = judgeChange(each, standing, scope.filter)
      if (verdict.kind === 'deliver') changes.push(verdict.change)
      if (verdict.kind === 'read') unclear.push({ merged: each, standing })
    }
    if (changes.length > 0) yield succeed(onTheWay(changes, []))
  }
  for (let start = 0; start < unclear.length; start += mostLooksAtOnce) {
    const read = await readChangedUsers(sender, scope.filter, selected, unclear.slice(start, start + mostLooksAtOnce), signal)
    if (!read.ok) {
      yield fail(read.problem)
      return
    }
    yield succeed(onTheWay(read.value.changes, read.value.problems))
  }
  const watermark = writeWatermark(bindWatermark(scope, selected), { deltaLink: round.deltaLink, members: [] })
  yield succeed({ changes: [], problems: round.problems, isLast: true, watermark })
}

function onTheWay(changes: readonly DeltaChange[], problems: readonly ObjectProblem[]): DeltaPage {
  return { changes, problems, isLast: false, watermark: null }
}
