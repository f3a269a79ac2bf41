import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { DirectoryReader, SourceReader } from '../../connectors/connector.ts'
import { cancelledProblem } from '../runContext.ts'
import { judgeSourceSize } from '../sourceSize.ts'
import { cutOff, deltaWatermarks, type RoundResult, type SourceRound } from './sourceRound.ts'

/** Everything of a source, staged page by page. Nothing of the connector space changes before `applyFullRound`. */
export async function stageFullRound(round: SourceRound, reader: SourceReader<unknown>): Promise<RoundResult> {
  const { context, run, connector, attributes, selection } = round
  let done = 0
  let last: { readonly watermark: string | null } | null = null
  for await (const page of reader.importAll({ attributes, signal: context.signal })) {
    if (!page.ok) return page
    if (context.signal.aborted) return fail(cancelledProblem)
    const { objects, problems, total, isLast, watermark } = page.value
    await context.store.stagePage(run.id, objects)
    await context.store.stageUnreadable(run.id, connector, problems.map((problem) => problem.object))
    await run.addProblems(problems)
    done += objects.length + problems.length
    last = isLast ? { watermark } : null
    run.progress('reading', done, total)
  }
  if (last === null) return fail(cutOff(connector, done))
  const names = deltaWatermarks(connector)
  // A source without watermark must not let the next delta go on from an older one: what lay between would be lost.
  return succeed({ [names.token]: last.watermark ?? '', [names.selection]: selection })
}

/** Every account name of the domain. */
export async function stageNames({ context, run }: SourceRound, reader: DirectoryReader): Promise<Result<null, Problem>> {
  let done = 0
  let sawLast = false
  for await (const page of reader.importNames(context.signal)) {
    if (!page.ok) return page
    if (context.signal.aborted) return fail(cancelledProblem)
    await context.store.stageNames(run.id, page.value.names)
    done += page.value.names.length
    sawLast = page.value.isLast
    run.progress('reading names', done, null)
  }
  return sawLast ? succeed(null) : fail(cutOff('ad', done))
}

export async function applyFullRound({ context, run, connector, smallerSource }: SourceRound, watermarks: Readonly<Record<string, string>>): Promise<Result<null, Problem>> {
  const before = await context.store.countConnectorObjects(connector)
  const now = await context.store.stagedCount(run.id, connector)
  const size = judgeSourceSize(connector, before, now, smallerSource)
  if (size !== null) return fail(size)
  run.countAll(await context.store.applyFullImport(run.id, connector, watermarks))
  return succeed(null)
}
