import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { CallOptions, Input, Outputs } from '../../../shared/api/contract.ts'
import { changeKinds, type ChangeKind } from '../../../shared/domain/change.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { findUncovered, type StandingApproval } from '../../../shared/domain/standingApproval.ts'
import { readPlan, type Plan } from '../../runs/plan.ts'
import { hashOfRules } from '../../runs/synchronizationSettings.ts'
import type { StoreReader } from '../../store/store.ts'
import { auditFileName, verifyAudit } from '../../workspace/audit.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

const given = z.object({
  action: z.literal('standingApprovalGiven'), actor: z.string(), at: z.string(),
  details: z.object({ until: z.string(), rulesHash: z.string(), limits: z.partialRecord(z.enum(changeKinds), z.number()), note: z.string() }),
})

/**
 * The standing approval that is in force is the last word of the audit trail about one: the chain of the trail keeps anybody
 * from writing himself one. Null: none was given, or it was withdrawn.
 */
export async function readStandingApproval(folder: string): Promise<Result<StandingApproval | null, Problem>> {
  const chain = await verifyAudit(folder)
  if (!chain.ok) {
    return fail({
      kind: 'approvalMismatch', message: `No standing approval counts: the audit trail was changed in line ${chain.problem.line}.`,
      remedy: 'Find out who changed it ("guestbridge audit verify"), keep the file, and give the approval anew in a workspace with a sound trail.',
    })
  }
  const lines = (await readFile(join(folder, auditFileName), 'utf8')).split('\n')
  const last = lines.findLastIndex((line) => line.includes('"standingApprovalGiven"') || line.includes('"standingApprovalWithdrawn"'))
  const entry = last < 0 ? null : given.safeParse(JSON.parse(lines[last] ?? 'null'))
  if (entry === null || !entry.success) return succeed(null)
  const { actor, at, details: { until, rulesHash, limits, note } } = entry.data
  return succeed({ line: last + 1, givenBy: actor, givenAt: at, until, rulesHash, limits, note })
}

/** The approval that lets this plan through now, or why none does. */
export async function findStandingApproval(session: Pick<WorkspaceSession, 'folder' | 'deciding' | 'now'>, store: StoreReader, plan: Plan): Promise<Result<StandingApproval, readonly string[]>> {
  const approval = await readStandingApproval(session.folder)
  if (!approval.ok) return fail([approval.problem.message])
  if (approval.value === null) return fail(['There is no standing approval.'])
  const uncovered = await uncoveredBy(session, store, approval.value, plan)
  return uncovered.length === 0 ? succeed(approval.value) : fail(uncovered)
}

export async function showStandingApproval(session: WorkspaceSession): Promise<Result<Outputs['standing.show'], Problem>> {
  const approval = await readStandingApproval(session.folder)
  if (!approval.ok) return approval
  const plan = await readPlan(session.reader)
  return succeed({ approval: approval.value, uncovered: approval.value === null || plan === null ? [] : await uncoveredBy(session, session.reader, approval.value, plan) })
}

const dayMilliseconds = 24 * 60 * 60 * 1000
const longestDays = 366

export async function giveStandingApproval(session: WorkspaceSession, { limits, until, note }: Input<'standing.give'>, options: CallOptions): Promise<Result<Outputs['standing.give'], Problem>> {
  const ahead = Date.parse(until) - Date.parse(session.now())
  if (ahead <= 0 || ahead > longestDays * dayMilliseconds) {
    return fail({ kind: 'usage', message: `A standing approval cannot end at ${until}.`, remedy: 'Name a moment between now and a year ahead, such as 2027-01-31.' })
  }
  return session.asWriter('giving of a standing approval', { signal: options.signal, report: options.onProgress }, async () => {
    await session.audit('standingApprovalGiven', null, { until: new Date(until).toISOString(), rulesHash: hashOfRules(session.deciding), limits, note })
    const approval = await readStandingApproval(session.folder)
    if (!approval.ok) return approval
    if (approval.value === null) throw new Error('The standing approval that was just given is not in the trail')
    return succeed(approval.value)
  })
}

export async function withdrawStandingApproval(session: WorkspaceSession, { note }: Input<'standing.withdraw'>, options: CallOptions): Promise<Result<Outputs['standing.withdraw'], Problem>> {
  return session.asWriter('withdrawal of a standing approval', { signal: options.signal, report: options.onProgress }, async () => {
    const approval = await readStandingApproval(session.folder)
    if (!approval.ok) return approval
    if (approval.value === null) return fail({ kind: 'notFoundInWorkspace', message: 'There is no standing approval to withdraw.', remedy: 'Unattended cycles end at the plan, which waits for a person.' })
    await session.audit('standingApprovalWithdrawn', null, { line: approval.value.line, note })
    return succeed({ withdrawn: approval.value })
  })
}

async function uncoveredBy(session: Pick<WorkspaceSession, 'deciding' | 'now'>, store: StoreReader, approval: StandingApproval, plan: Plan): Promise<readonly string[]> {
  const now = session.now()
  const written = await store.changesWrittenSince(new Date(Date.parse(now) - dayMilliseconds).toISOString())
  const recent = Object.fromEntries(changeKinds.map((kind) => [kind, written.filter((change) => change.kind === kind).length])) as Record<ChangeKind, number>
  return findUncovered(approval, { rulesHash: hashOfRules(session.deciding), counts: plan.counts, recent, now })
}
