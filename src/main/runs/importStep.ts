import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { DirectoryReader, EntraReader, SourceReader } from '../connectors/connector.ts'
import { cancelledProblem, openRun, type OpenRun, type RunContext } from './runContext.ts'
import { judgeSourceSize, type SmallerSource } from './sourceSize.ts'

export type ImportRequest = {
  readonly profile: string
  /** What the rules read and write at this connector. */
  readonly attributes: readonly string[]
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

/** Full import, stage only: nothing of the connector space changes before the source was read to its end. */
export async function importGuests(context: RunContext, reader: EntraReader, request: ImportRequest): Promise<Run> {
  const run = await openRun(context, request.profile, 'fullImport', 'entra')
  return endingWell(context, run, async () => {
    const identity = await reader.identify(context.signal)
    if (!identity.ok) return identity
    const stranger = await isStranger(context, importWatermarks.tenant, identity.value.tenant, 'tenant')
    if (stranger !== null) return fail(stranger)
    const read = await stageAll(context, run, reader, request)
    if (!read.ok) return read
    return apply(context, run, 'entra', request, { [importWatermarks.tenant]: identity.value.tenant })
  })
}

export async function importAccounts(context: RunContext, reader: DirectoryReader, request: ImportRequest): Promise<Run> {
  const run = await openRun(context, request.profile, 'fullImport', 'ad')
  return endingWell(context, run, async () => {
    const identity = await reader.identify(context.signal)
    if (!identity.ok) return identity
    const stranger = await isStranger(context, importWatermarks.domainSid, identity.value.domainSid, 'domain')
    if (stranger !== null) return fail(stranger)
    const schema = await reader.readSchema(request.attributes, context.signal)
    if (!schema.ok) return schema
    const read = await stageAll(context, run, reader, request)
    if (!read.ok) return read
    const names = await stageNames(context, run, reader)
    if (!names.ok) return names
    return apply(context, run, 'ad', request, {
      [importWatermarks.domainSid]: identity.value.domainSid,
      [importWatermarks.domainDn]: identity.value.domainDn,
      [importWatermarks.controller]: identity.value.controller,
      [importWatermarks.schema]: JSON.stringify(schema.value),
    })
  })
}

async function endingWell(context: RunContext, run: OpenRun, work: () => Promise<Result<null, Problem>>): Promise<Run> {
  const result = await work()
  if (result.ok) return run.finish()
  await context.store.dropStaging(run.id)
  return run.end(result.problem.kind === 'cancelled' ? 'stopped' : 'failed', result.problem)
}

async function stageAll(context: RunContext, run: OpenRun, reader: SourceReader<unknown>, request: ImportRequest): Promise<Result<null, Problem>> {
  let done = 0
  let sawLast = false
  for await (const page of reader.importAll({ attributes: request.attributes, signal: context.signal })) {
    if (!page.ok) return page
    if (context.signal.aborted) return fail(cancelledProblem)
    const { objects, problems, total, isLast } = page.value
    await context.store.stagePage(run.id, objects)
    await context.store.stageUnreadable(run.id, reader.connector, problems.map((problem) => problem.object))
    await run.addProblems(problems)
    done += objects.length + problems.length
    sawLast = isLast
    run.progress('reading', done, total)
  }
  return sawLast ? succeed(null) : fail(cutOff(reader.connector, done))
}

async function stageNames(context: RunContext, run: OpenRun, reader: DirectoryReader): Promise<Result<null, Problem>> {
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

async function apply(
  context: RunContext, run: OpenRun, connector: ConnectorObject['connector'], request: ImportRequest, watermarks: Readonly<Record<string, string>>,
): Promise<Result<null, Problem>> {
  const before = await context.store.countConnectorObjects(connector)
  const now = await context.store.stagedCount(run.id, connector)
  const size = judgeSourceSize(connector, before, now, request.smallerSource)
  if (size !== null) return fail(size)
  run.countAll(await context.store.applyFullImport(run.id, connector, watermarks))
  return succeed(null)
}

/** A plan that was made for one tenant or domain must never meet another one. */
async function isStranger(context: RunContext, watermark: string, found: string, what: 'tenant' | 'domain'): Promise<Problem | null> {
  const known = await context.store.watermark(watermark)
  if (known === null || known === found) return null
  return {
    kind: 'wrongTenant',
    message: `The ${what} that answers is ${found}, but this workspace was filled from ${known}.`,
    remedy: `Correct the connection in workspace.json, or make a new workspace for this ${what} with "guestbridge init".`,
    detail: { known, found },
  }
}

function cutOff(connector: ConnectorObject['connector'], done: number): Problem {
  const source = connector === 'entra' ? 'Microsoft Graph' : 'Active Directory'
  return {
    kind: 'importIncomplete',
    message: `${source} stopped answering after ${done} objects; the end of the list was never reached.`,
    remedy: 'Run the import again. Nothing of this import was applied, so nobody is taken for deleted.',
    detail: { objects: done },
  }
}
