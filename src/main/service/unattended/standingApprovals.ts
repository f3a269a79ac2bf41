import { z } from 'zod'
import type { CallOptions, Input, Outputs } from '../../../shared/api/contract.ts'
import { changeKinds, type ChangeKind } from '../../../shared/domain/change.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { findUncovered, type StandingApproval } from '../../../shared/domain/standingApproval.ts'
import { readPlan, type Plan } from '../../runs/plan.ts'
import { hashValue } from '../../runs/planHash.ts'
import { hashOfRules } from '../../runs/synchronizationSettings.ts'
import type { StoreReader } from '../../store/store.ts'
import { auditFileName, hashAuditLine, readAuditLines, verifyAudit } from '../../workspace/audit.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

const given = z.object({
  action: z.literal('standingApprovalGiven'), actor: z.string(), at: z.string(),
  details: z.object({ until: z.string(), rulesHash: z.string(), limits: z.partialRecord(z.enum(changeKinds), z.number()), note: z.string() }),
})

const word = z.object({ action: z.enum(['standingApprovalGiven', 'standingApprovalWithdrawn']) })

/** Hash of the line of the trail that gave the approval which is in force; empty: none is. */
const inForceWatermark = 'unattended.standingApproval'

/**
 * The standing approval that is in force: the last word of the audit trail about one, where the store knows that very line.
 * The chain of the trail shows a line that was changed, the store one that was written by somebody else, brought from another
 * workspace, or in force again because its withdrawal was cut off. A last line that a crash has torn says nothing, and takes
 * nothing from the lines before it. Null: none was given, or it was withdrawn.
 */
export async function readStandingApproval(folder: string, store: Pick<StoreReader, 'watermark'>): Promise<Result<StandingApproval | null, Problem>> {
  const chain = await verifyAudit(folder)
  if (!chain.ok) {
    return fail({
      kind: 'approvalMismatch', message: `No standing approval counts: the audit trail was changed in line ${chain.problem.line}.`,
      remedy: 'Find out who changed it ("guestbridge audit verify"), keep the file, and give the approval anew in a workspace with a sound trail.',
    })
  }
  const last = await findLastWord(folder)
  if (last === null || last.action === 'standingApprovalWithdrawn') return succeed(null)
  const entry = given.safeParse(JSON.parse(last.text))
  if (!entry.success || (await store.watermark(inForceWatermark)) !== hashAuditLine(last.text)) return fail(unknownToStore(last.line))
  const { actor, at, details: { until, rulesHash, limits, note } } = entry.data
  return succeed({ line: last.line, givenBy: actor, givenAt: at, until, rulesHash, limits, note })
}

type LastWord = { readonly action: 'standingApprovalGiven' | 'standingApprovalWithdrawn'; readonly line: number; readonly text: string }

/** By the action of each line: what somebody wrote into a note is no word. Lines count from 1. */
async function findLastWord(folder: string): Promise<LastWord | null> {
  for (const [index, text] of [...(await readAuditLines(folder)).entries()].toReversed()) {
    const parsed = text.includes('"standingApproval') ? word.safeParse(JSON.parse(text)) : null
    if (parsed?.success === true) return { action: parsed.data.action, line: index + 1, text }
  }
  return null
}

function unknownToStore(line: number): Problem {
  return {
    kind: 'approvalMismatch', message: `No standing approval counts: the one in line ${line} of the audit trail was not given in this workspace, or was withdrawn since.`,
    remedy: `Find out who wrote ${auditFileName}, or whether a part of the workspace was restored from a copy; then give the approval anew ("guestbridge standing-approval give").`,
  }
}

/** The approval that lets this plan through now, or why none does. */
export async function findStandingApproval(session: Basis & Pick<WorkspaceSession, 'folder' | 'now'>, store: StoreReader, plan: Plan): Promise<Result<StandingApproval, readonly string[]>> {
  const approval = await readStandingApproval(session.folder, store)
  if (!approval.ok) return fail([approval.problem.message])
  if (approval.value === null) return fail(['There is no standing approval.'])
  const uncovered = await uncoveredBy(session, store, approval.value, plan)
  return uncovered.length === 0 ? succeed(approval.value) : fail(uncovered)
}

export async function showStandingApproval(session: WorkspaceSession): Promise<Result<Outputs['standing.show'], Problem>> {
  const approval = await readStandingApproval(session.folder, session.reader)
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
  return session.asWriter('giving of a standing approval', { signal: options.signal, report: options.onProgress }, async ({ store }) => {
    await session.audit('standingApprovalGiven', null, { until: new Date(until).toISOString(), rulesHash: hashOfBasis(session), limits, note })
    const last = await findLastWord(session.folder)
    if (last === null) throw new Error('The standing approval that was just given is not in the trail')
    await store.setWatermark(inForceWatermark, hashAuditLine(last.text))
    const approval = await readStandingApproval(session.folder, store)
    if (!approval.ok) return approval
    if (approval.value === null) throw new Error('The standing approval that was just given is not in force')
    return succeed(approval.value)
  })
}

export async function withdrawStandingApproval(session: WorkspaceSession, { note }: Input<'standing.withdraw'>, options: CallOptions): Promise<Result<Outputs['standing.withdraw'], Problem>> {
  return session.asWriter('withdrawal of a standing approval', { signal: options.signal, report: options.onProgress }, async ({ store }) => {
    const approval = await readStandingApproval(session.folder, store)
    if (!approval.ok) return approval
    if (approval.value === null) return fail({ kind: 'notFoundInWorkspace', message: 'There is no standing approval to withdraw.', remedy: 'Unattended cycles end at the plan, which waits for a person.' })
    // The store first: after a crash in between nothing is let through any more.
    await store.setWatermark(inForceWatermark, '')
    await session.audit('standingApprovalWithdrawn', null, { line: approval.value.line, note })
    return succeed({ withdrawn: approval.value })
  })
}

type Basis = Pick<WorkspaceSession, 'deciding' | 'configuration'>

/** What the person knew who gave the approval: rules and settings, and who is read as a guest at all. */
function hashOfBasis({ deciding, configuration: { entra } }: Basis): string {
  return hashValue({ rules: hashOfRules(deciding), tenant: entra.tenantId, filter: entra.filter ?? null, scopeGroup: entra.scopeGroup ?? null })
}

async function uncoveredBy(session: Basis & Pick<WorkspaceSession, 'now'>, store: StoreReader, approval: StandingApproval, plan: Plan): Promise<readonly string[]> {
  const now = session.now()
  const written = await store.changesWrittenSince(new Date(Date.parse(now) - dayMilliseconds).toISOString())
  const recent = Object.fromEntries(changeKinds.map((kind) => [kind, written.filter((change) => change.kind === kind).length])) as Record<ChangeKind, number>
  return findUncovered(approval, { rulesHash: hashOfBasis(session), counts: plan.counts, recent, now })
}
