import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallOptions, Input, UndoKept, UndoOutcome } from '../../shared/api/contract.ts'
import type { PlanLine } from '../../shared/domain/plan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { DirectoryReader } from '../connectors/connector.ts'
import { findBlocks, readPlanHeader } from '../runs/plan.ts'
import { writePlanFile } from '../runs/planFile.ts'
import { hashOfRules } from '../runs/synchronizationSettings.ts'
import { makeUndoPlan, type PlannedUndo, type UndoRequest } from '../runs/undoPlan.ts'
import type { StoreReader } from '../store/store.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** The undo of an export as a plan like any other: read, approved by its hash, exported. Writes nothing to the directory. */
export async function planUndoOfRun(session: WorkspaceSession, { run, created, path }: Input<'plan.undo'>, options: CallOptions): Promise<Result<UndoOutcome, Problem>> {
  const { reader, configuration, now } = session
  const planned = await planUndoIn(session, reader, { run, created }, options.signal)
  if (!planned.ok) return planned
  const { plan, impossible } = planned.value
  if (path !== null) {
    const written = await write(path, planned.value)
    if (!written.ok) return written
  }
  const lines: PlanLine[] = []
  for await (const line of plan.lines()) lines.push(line)
  return succeed({
    header: plan.header, hash: plan.hash, counts: plan.counts, lines, blocked: await findBlocks(reader, plan, configuration.thresholds, now()),
    impossible: impossible.map(({ change, why }) => ({ dn: change.dn, kind: change.kind, why })),
  })
}

/** Beside every exported plan lies the one that takes it back (plans/<run>.undo.jsonl in the workspace). */
export async function keepUndoPlan(session: WorkspaceSession, store: StoreReader, run: number, signal: AbortSignal): Promise<UndoKept> {
  const planned = await planUndoIn(session, store, { run, created: 'disabled' }, signal)
  if (!planned.ok) return { kind: 'notKept', problem: planned.problem }
  const { plan, impossible } = planned.value
  if (plan.counts.total === 0) return { kind: 'nothingToUndo', impossible: impossible.length }
  const folder = join(session.folder, 'plans')
  const path = join(folder, `${run}.undo.jsonl`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const written = await write(path, planned.value)
  return written.ok ? { kind: 'kept', path, hash: plan.hash, changes: plan.counts.total, impossible: impossible.length } : { kind: 'notKept', problem: written.problem }
}

export async function planUndoIn(session: Pick<WorkspaceSession, 'now' | 'deciding' | 'openDirectory'>, store: StoreReader, what: Pick<UndoRequest, 'run' | 'created'>, signal: AbortSignal): Promise<Result<PlannedUndo, Problem>> {
  const header = await readPlanHeader(store)
  if (header === null) return fail({ kind: 'planUnreadable', message: 'No synchronisation has made a plan yet, so nothing can have been exported.', remedy: 'Run "guestbridge run cycle" first.' })
  return makeUndoPlan(store, {
    ...what, header, rulesHash: hashOfRules(session.deciding), now: session.now(), settings: session.deciding,
    lookUpDeleted: async (anchors) => {
      const directory = await session.openDirectory()
      return directory.ok ? lookUpDeleted(directory.value, anchors, signal) : directory
    },
  })
}

async function lookUpDeleted(reader: DirectoryReader, anchors: Parameters<DirectoryReader['findDeleted']>[0], signal: AbortSignal): ReturnType<UndoRequest['lookUpDeleted']> {
  const accounts = await reader.findDeleted(anchors, signal)
  if (!accounts.ok) return accounts
  const isRecycleBinOn = await reader.isRecycleBinOn(signal)
  return isRecycleBinOn.ok ? succeed({ accounts: accounts.value, isRecycleBinOn: isRecycleBinOn.value }) : isRecycleBinOn
}

async function write(path: string, { plan }: PlannedUndo): Promise<Result<null, Problem>> {
  try {
    await writePlanFile(path, plan)
    return succeed(null)
  } catch (error) {
    return fail({ kind: 'planUnreadable', message: `The undo plan was not written to ${path}: ${error instanceof Error ? error.message : String(error)}.`, remedy: 'Name a file in a folder that exists and that you may write to.' })
  }
}
