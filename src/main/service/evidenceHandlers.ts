import type { CallOptions, Input, Outputs } from '../../shared/api/contract.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { Run } from '../../shared/domain/run.ts'
import { readObjectsOfRun } from '../runs/runObjects.ts'
import { verifyAudit } from '../workspace/audit.ts'
import { forgetInFiles } from './forgetPerson.ts'
import { findPerson } from './findPerson.ts'
import { forgetProofs } from '../kcd/proof/keptProofs.ts'
import { forgetInProxy } from './keptProxy.ts'
import { forgetLastCheck } from './lastDelegationCheck.ts'
import { forgetReport } from './readiness/lastReport.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Newest first; with a step only the runs of that step. */
export async function listRuns({ reader }: WorkspaceSession, { limit, step }: Input<'runs.list'>): Promise<readonly Run[]> {
  if (step === null) return reader.runs(limit)
  const found: Run[] = []
  let before: number | undefined
  for (;;) {
    const page: readonly Run[] = await reader.runs(pageOfRuns, before)
    found.push(...page.filter((run) => run.step === step))
    const last = page.at(-1)
    if (last === undefined || page.length < pageOfRuns || found.length >= limit) return found.slice(0, limit)
    before = last.id
  }
}

const pageOfRuns = 500

export async function listObjectsOfRun({ reader }: WorkspaceSession, { run, counter, after, limit }: Input<'runs.objects'>): Promise<Result<Outputs['runs.objects'], Problem>> {
  if ((await reader.run(run)) === null) return fail({ kind: 'notFoundInWorkspace', message: `There is no run ${run} in this workspace.`, remedy: 'See "guestbridge history" for the runs that are kept.' })
  return succeed(await readObjectsOfRun(reader, run, counter, after, limit))
}

export async function searchMetaverse({ reader }: WorkspaceSession, { clauses, text, after, limit }: Input<'metaverse.search'>): Promise<Outputs['metaverse.search']> {
  const objects = await reader.searchMetaverse({ clauses, text }, after, limit)
  return { objects, next: objects.length < limit ? null : (objects.at(-1)?.id ?? null) }
}

export async function verifyTrail({ folder }: WorkspaceSession): Promise<Outputs['audit.verify']> {
  const verified = await verifyAudit(folder)
  return verified.ok ? { kind: 'intact', ...verified.value } : { kind: 'broken', ...verified.problem }
}

/**
 * Removes a person from everything but the audit trail, which names ids only and stays verifiable (sync-semantics 24). A
 * guest who still is in the tenant comes back with the next import.
 */
export async function purgePerson(session: WorkspaceSession, { id }: Input<'persons.purge'>, options: CallOptions): Promise<Result<Outputs['persons.purge'], Problem>> {
  const known = await session.reader.metaverseObject(id)
  const person = known === null ? await findPerson(session.reader, id) : succeed(known)
  if (!person.ok) return person
  const metaverseId = person.value.id
  return session.asWriter('purge of a person', { signal: options.signal, report: options.onProgress }, async ({ store }) => {
    await session.audit('personPurged', null, { metaverseId })
    // The last checks of delegation and of readiness name guests; they are made anew with the next ones.
    await Promise.all([forgetLastCheck(session.folder), forgetReport(session.folder)])
    for (const { connector, anchor } of person.value.links) {
      if (connector !== 'entra') continue
      await forgetProofs(session.folder, anchor)
      await forgetInProxy(session.folder, anchor)
    }
    await forgetInFiles(session.folder, [metaverseId, ...person.value.links.map(({ anchor }) => anchor)])
    return succeed({ metaverseId, rows: await store.purgePerson(metaverseId) })
  })
}
