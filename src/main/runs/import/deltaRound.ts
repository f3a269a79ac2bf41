import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { DeltaChange, SourceReader } from '../../connectors/connector.ts'
import type { StoreReader } from '../../store/store.ts'
import { cancelledProblem } from '../runContext.ts'
import { judgeSourceSize } from '../sourceSize.ts'
import { cutOff, deltaWatermarks, type SourceRound } from './sourceRound.ts'

/** What a delta said last about each object that it named. */
type LastWords = ReadonlyMap<string, DeltaChange['kind']>
export type StagedDelta = { readonly watermarks: Readonly<Record<string, string>>; readonly lastWords: LastWords }

/** Where the last round of this connector ended; null where no delta can go on from it. */
export async function readDeltaStart(store: StoreReader, { connector, selection }: Pick<SourceRound, 'connector' | 'selection'>): Promise<string | null> {
  const names = deltaWatermarks(connector)
  const [token, selected] = [await store.watermark(names.token), await store.watermark(names.selection)]
  return token === null || token === '' || selected !== selection ? null : token
}

/** What changed since `watermark`, staged page by page. Problem `deltaExpired`: only a full import can help. */
export async function stageDeltaRound(round: SourceRound, reader: SourceReader<unknown>, watermark: string): Promise<Result<StagedDelta, Problem>> {
  const { context, run, connector, attributes } = round
  const lastWords = new Map<string, DeltaChange['kind']>()
  const known = (anchors: readonly string[]) => knownAnchors(context.store, connector, anchors)
  let done = 0
  let last: { readonly watermark: string | null } | null = null
  for await (const page of reader.importDelta({ attributes, watermark, known, signal: context.signal })) {
    if (!page.ok) return page
    if (context.signal.aborted) return fail(cancelledProblem)
    const { changes, problems, isLast } = page.value
    await context.store.stageDelta(run.id, connector, changes)
    await run.addProblems(problems)
    for (const change of changes) lastWords.set(change.kind === 'replaced' ? change.object.anchor : change.anchor, change.kind)
    done += changes.length + problems.length
    last = isLast ? { watermark: page.value.watermark } : null
    run.progress('reading changes', done, null)
  }
  if (last === null) return fail(cutOff(connector, done))
  const names = deltaWatermarks(connector)
  return succeed({ watermarks: { [names.token]: last.watermark ?? '', [names.selection]: round.selection }, lastWords })
}

/** Deletions, changes and watermarks in one transaction; a source that would shrink too much is not applied. */
export async function applyDeltaRound(round: SourceRound, { lastWords }: StagedDelta, watermarks: Readonly<Record<string, string>>): Promise<Result<null, Problem>> {
  const { context, run, connector, smallerSource } = round
  const size = await sizesAround(context.store, connector, lastWords)
  const shrunk = size.now < size.before ? judgeSourceSize(connector, size.before, size.now, smallerSource) : null
  if (shrunk !== null) return fail(shrunk)
  run.countAll(await context.store.applyDeltaImport(run.id, connector, watermarks))
  return succeed(null)
}

async function sizesAround(store: StoreReader, connector: SourceRound['connector'], lastWords: LastWords): Promise<{ readonly before: number; readonly now: number }> {
  const before = await store.countConnectorObjects(connector)
  const known = await knownAnchors(store, connector, [...lastWords.keys()])
  let now = before
  for (const [anchor, kind] of lastWords) {
    if (kind === 'removed' && known.has(anchor)) now -= 1
    if (kind === 'replaced' && !known.has(anchor)) now += 1
  }
  return { before, now }
}

const anchorsAtOnce = 500

async function knownAnchors(store: StoreReader, connector: SourceRound['connector'], anchors: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (let start = 0; start < anchors.length; start += anchorsAtOnce) {
    const rows = await store.connectorRows(connector, anchors.slice(start, start + anchorsAtOnce))
    for (const { object } of rows) known.add(object.anchor)
  }
  return known
}
