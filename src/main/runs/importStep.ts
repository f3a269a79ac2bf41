import type { ConnectorName } from '../../shared/domain/connectorObject.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { DirectoryReader, EntraReader } from '../connectors/connector.ts'
import { applyDeltaRound, readDeltaStart, stageDeltaRound } from './import/deltaRound.ts'
import { applyFullRound, stageFullRound, stageNames } from './import/fullRound.ts'
import type { RoundResult, SourceRound } from './import/sourceRound.ts'
import { hashValue } from './planHash.ts'
import { openRun, type OpenRun, type RunContext } from './runContext.ts'
import type { SmallerSource } from './sourceSize.ts'

export type ImportRequest = {
  readonly profile: string
  /** `changes`: since the last round; where that is not possible, everything, in a run of its own. */
  readonly extent: 'everything' | 'changes'
  /** What the rules read and write at this connector. */
  readonly attributes: readonly string[]
  /** What is imported: filter and group, or OUs. */
  readonly scope: readonly string[]
  readonly smallerSource: SmallerSource
}

/** Names under which an import leaves what later steps need. */
export const importWatermarks = {
  tenant: 'entra.tenant',
  domainSid: 'ad.domainSid',
  domainDn: 'ad.domainDn',
  controller: 'ad.controller',
  schema: 'ad.schema',
} as const

/** Stage only: nothing of the connector space changes before the source was read to its end. */
export function importGuests(context: RunContext, reader: EntraReader, request: ImportRequest): Promise<Run> {
  return importFrom(context, request, {
    reader,
    identify: async () => {
      const identity = await reader.identify(context.signal)
      if (!identity.ok) return identity
      const { tenant } = identity.value
      const stranger = await findStranger(context, importWatermarks.tenant, tenant, 'tenant')
      return stranger === null ? succeed({ [importWatermarks.tenant]: tenant }) : fail(stranger)
    },
    stageNames: async () => succeed(null),
    seesDeletions: async () => succeed(true),
  })
}

/**
 * A delta does not read the names of the whole domain again, which costs as much as a full import: the synchronisation
 * after it asks the directory about the few names that it wants to give.
 */
export function importAccounts(context: RunContext, reader: DirectoryReader, request: ImportRequest): Promise<Run> {
  return importFrom(context, request, {
    reader,
    identify: async () => {
      const identity = await reader.identify(context.signal)
      if (!identity.ok) return identity
      const { domainSid, domainDn, controller } = identity.value
      const stranger = await findStranger(context, importWatermarks.domainSid, domainSid, 'domain')
      if (stranger !== null) return fail(stranger)
      const schema = await reader.readSchema(request.attributes, context.signal)
      if (!schema.ok) return schema
      return succeed({
        [importWatermarks.domainSid]: domainSid, [importWatermarks.domainDn]: domainDn,
        [importWatermarks.controller]: controller, [importWatermarks.schema]: JSON.stringify(schema.value),
      })
    },
    stageNames: (round) => stageNames(round, reader),
    seesDeletions: () => reader.seesDeletions(context.signal),
  })
}

/** What differs between the two systems. */
type Source = {
  readonly reader: EntraReader | DirectoryReader
  /** Who answers, as watermarks; refuses another tenant or domain than the one that filled the workspace. */
  readonly identify: () => Promise<RoundResult>
  readonly stageNames: (round: SourceRound) => Promise<Result<null, Problem>>
  /** Whether a delta of this source can be trusted to name what was deleted. */
  readonly seesDeletions: () => Promise<Result<boolean, Problem>>
}

async function importFrom(context: RunContext, request: ImportRequest, source: Source): Promise<Run> {
  const { profile, extent } = request
  const { connector } = source.reader
  if (extent === 'changes') {
    const run = await openRun(context, profile, 'deltaImport', connector)
    const result = await importChanges(roundOf(context, run, connector, request), source)
    if (result.ok) return run.finish()
    await context.store.dropStaging(run.id)
    if (result.problem.kind !== 'deltaExpired') return endWith(run, result.problem)
    // The history keeps why: this run stops, and the full import that replaces it is a run of the same profile.
    await run.end('stopped', result.problem)
    run.progress('no delta to go on from: full import', 0, null)
  }
  const run = await openRun(context, profile, 'fullImport', connector)
  const result = await importEverything(roundOf(context, run, connector, request), source)
  if (result.ok) return run.finish()
  await context.store.dropStaging(run.id)
  return endWith(run, result.problem)
}

function roundOf(context: RunContext, run: OpenRun, connector: ConnectorName, { attributes, scope, smallerSource }: ImportRequest): SourceRound {
  return { context, run, connector, attributes, smallerSource, selection: hashValue({ attributes: [...attributes].sort(), scope }) }
}

async function importEverything(round: SourceRound, source: Source): Promise<Result<null, Problem>> {
  const identified = await source.identify()
  if (!identified.ok) return identified
  const read = await stageFullRound(round, source.reader)
  if (!read.ok) return read
  const names = await source.stageNames(round)
  return names.ok ? applyFullRound(round, { ...identified.value, ...read.value }) : names
}

async function importChanges(round: SourceRound, source: Source): Promise<Result<null, Problem>> {
  const identified = await source.identify()
  if (!identified.ok) return identified
  const start = await readDeltaStart(round.context.store, round)
  if (start === null) return fail(notContinuable(round.connector))
  const sees = await source.seesDeletions()
  if (!sees.ok) return sees
  if (!sees.value) return fail(blindForDeletions)
  const staged = await stageDeltaRound(round, source.reader, start)
  return staged.ok ? applyDeltaRound(round, staged.value, { ...identified.value, ...staged.value.watermarks }) : staged
}

function endWith(run: OpenRun, problem: Problem): Promise<Run> {
  return run.end(problem.kind === 'cancelled' ? 'stopped' : 'failed', problem)
}

/** A plan that was made for one tenant or domain must never meet another one. */
async function findStranger(context: RunContext, watermark: string, found: string, what: 'tenant' | 'domain'): Promise<Problem | null> {
  const known = await context.store.watermark(watermark)
  if (known === null || known === found) return null
  return {
    kind: 'wrongTenant',
    message: `The ${what} that answers is ${found}, but this workspace was filled from ${known}.`,
    remedy: `Correct the connection in workspace.json, or make a new workspace for this ${what} with "guestbridge init".`,
    detail: { known, found },
  }
}

function notContinuable(connector: ConnectorName): Problem {
  return {
    kind: 'deltaExpired',
    message: `No delta import of "${connector}" can go on from the last import: there was none, it left no place to go on from, or other attributes or another scope were asked for.`,
    remedy: 'Nothing is to be done: a full import follows.',
  }
}

const blindForDeletions: Problem = {
  kind: 'deltaExpired',
  message: 'Our account may not see deleted objects, so a delta import of Active Directory would never notice a deletion.',
  remedy: 'A full import follows. To make delta imports possible, grant List Content and Read Property on CN=Deleted Objects.',
}
