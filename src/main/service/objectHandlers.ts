import type { CallOptions, Preview, ShownObject } from '../../shared/api/contract.ts'
import type { Change } from '../../shared/domain/change.ts'
import type { LiveCheck } from '../../shared/domain/liveCheck.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { findObject } from '../runs/findObject.ts'
import { renderLdif } from '../runs/ldif.ts'
import { checkLive, notChecked } from '../runs/liveChecks.ts'
import { planOfOne, readPlanHeader } from '../runs/plan.ts'
import { explainObject } from '../runs/preview.ts'
import { engineSettings } from '../runs/synchronizationSettings.ts'
import { readDirectoryFacts } from '../runs/synchronization/basis.ts'
import type { PendingExport } from '../store/store.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

export async function showObject(session: WorkspaceSession, id: string): Promise<Result<ShownObject, Problem>> {
  const found = await findObject(session.reader, id)
  if (!found.ok) return found
  const { guest, account, person } = found.value
  const pending = person === null ? null : await session.reader.pendingExport(person.id)
  const skip = person === null ? null : await session.reader.skip(person.id)
  const disconnectors = [guest, account].flatMap((row) => (row === null || row.disconnector === null ? [] : [{ connector: row.object.connector, reason: row.disconnector }]))
  return succeed({
    guest: guest?.object ?? null, account: account?.object ?? null, person, disconnectors,
    pending: pending === null ? null : { change: pending.change, hash: pending.hash },
    skip: skip?.reason ?? null,
  })
}

/** Explanation, the object's part of the plan, and a look at the directory. Stores nothing (invariant 2). */
export async function previewObject(session: WorkspaceSession, id: string, options: CallOptions): Promise<Result<Preview, Problem>> {
  const found = await findObject(session.reader, id)
  if (!found.ok) return found
  const settings = engineSettings(session.deciding, session.now(), session.configuration.id, await readDirectoryFacts(session.reader))
  const explanation = await explainObject(session.reader, settings, id, found.value)
  const { person } = found.value
  const pending = person === null ? null : await session.reader.pendingExport(person.id)
  if (pending === null) return succeed({ explanation, change: null, checks: [] })
  return succeed({
    explanation,
    change: { ...(await approvable(session, pending)), ldif: renderLdif(pending.change) },
    checks: await lookNow(session, pending.change, options.signal),
  })
}

async function approvable(session: WorkspaceSession, { change, hash }: PendingExport): Promise<{ change: Change; hash: string; planHash: string }> {
  const header = await readPlanHeader(session.reader)
  if (header === null) throw new Error('A change is pending, but the header of its plan is missing')
  return { change, hash, planHash: planOfOne(header, { change, hash }).hash }
}

async function lookNow(session: WorkspaceSession, change: Change, signal: AbortSignal): Promise<readonly LiveCheck[]> {
  const directory = await session.openDirectory()
  return directory.ok ? checkLive(directory.value, change, signal) : notChecked(change, directory.problem)
}
