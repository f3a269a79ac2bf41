import type { CallOptions, Input } from '../../shared/api/contract.ts'
import type { ShownDelegationPlan } from '../../shared/api/delegationPlanCalls.ts'
import type { PrincipalFacts, Reading } from '../../shared/domain/delegation.ts'
import type { DelegationPlan, DelegationPlanHeader } from '../../shared/domain/delegationPlan.ts'
import { parseSid, type Sid } from '../../shared/domain/ids.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { judgeDelegationThreshold } from '../kcd/planning/checkDelegationExport.ts'
import { readDelegationPlan } from '../kcd/planning/delegationPlanFile.ts'
import { makeDelegationPlan } from '../kcd/planning/makeDelegationPlan.ts'
import { resolveIntents } from '../kcd/planning/resolveIntents.ts'
import { planDelegationUndo } from '../kcd/planning/undoDelegation.ts'
import type { DelegationSources } from '../kcd/reading/delegationSources.ts'
import { findAnywhere } from '../kcd/reading/findAnywhere.ts'
import { queriesFor } from '../kcd/reading/gatherConnectors.ts'
import { readDelegation } from '../kcd/reading/readDelegation.ts'
import { asPowerShell } from '../kcd/rules/planning/asPowerShell.ts'
import { judgePrivilege, type PrivilegeEvidence } from '../kcd/rules/planning/judgePrivilege.ts'
import { planIntents } from '../kcd/rules/planning/planIntents.ts'
import { takeBack } from '../kcd/rules/planning/planUndo.ts'
import { openDelegationSources } from './delegationSources.ts'
import { openDelegationTarget } from './delegationTarget.ts'
import { keepDelegationPlan, planFileOf } from './keepDelegationPlan.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Reads anew, plans, keeps the plan under its hash. Writes nothing to any directory. */
export async function planDelegation(session: WorkspaceSession, { intents: wishes, path }: Input<'delegation.plan'>, options: CallOptions): Promise<Result<ShownDelegationPlan, Problem>> {
  const sources = await openDelegationSources(session)
  if (!sources.ok) return sources
  const report = (phase: string, done: number, total: number | null): void => options.onProgress({ run: 0, step: null, connector: null, phase: `delegation: ${phase}`, done, total })
  // No change of delegation depends on a guest.
  const reading = await readDelegation(sources.value, { applications: null, guests: [] }, report, options.signal)
  if (!reading.ok) return reading
  const resolved = await resolveIntents(sources.value, reading.value.facts, wishes, options.signal)
  if (!resolved.ok) return resolved
  const { intents, facts, further } = resolved.value
  const planned = planIntents(facts, intents, further)
  const domainSid = planned.domainSid ?? facts.domains[0]?.sid ?? ''
  const header: DelegationPlanHeader = { format: 'guestbridge-delegation-plan', version: 1, workspace: session.configuration.id, domainSid, readAt: facts.readAt, purpose: { kind: 'intents', intents } }
  const plan = makeDelegationPlan(header, planned.changes)
  const file = await keepDelegationPlan(session.folder, plan, path)
  if (!file.ok) return file
  return succeed({ ...(await showPlan(session, plan, sources.value, options.signal)), refused: planned.refused, file: file.value })
}

/** A plan as it was made; what it needs and whether it would be blocked is looked at now. */
export async function showDelegationPlan(session: WorkspaceSession, { plan: wanted }: Input<'delegation.planFile'>, { signal }: CallOptions): Promise<Result<ShownDelegationPlan, Problem>> {
  const file = 'path' in wanted ? wanted.path : planFileOf(session.folder, wanted.hash)
  const plan = await readDelegationPlan(file)
  if (!plan.ok) return plan
  const sources = await openDelegationSources(session)
  return succeed({ ...(await showPlan(session, plan.value, sources.ok ? sources.value : null, signal)), file })
}

/** The undo of an export of delegation as a plan like any other: read, approved by its hash, exported. */
export async function planUndoOfDelegation(session: WorkspaceSession, { run, path }: Input<'delegation.undoPlan'>, { signal }: CallOptions): Promise<Result<ShownDelegationPlan, Problem>> {
  const undo = await planDelegationUndo(session.reader, { run, workspace: session.configuration.id, now: session.now(), signal, openWriter: (domainSid) => openWriterOf(session, domainSid, signal) })
  if (!undo.ok) return undo
  const { plan, impossible } = undo.value
  const file = await keepDelegationPlan(session.folder, plan, path)
  if (!file.ok) return file
  const sources = await openDelegationSources(session)
  return succeed({ ...(await showPlan(session, plan, sources.ok ? sources.value : null, signal)), impossible, file: file.value })
}

export async function openWriterOf(session: WorkspaceSession, domainSid: Sid, signal: AbortSignal): ReturnType<Parameters<typeof planDelegationUndo>[1]['openWriter']> {
  const target = await openDelegationTarget(session, domainSid, signal)
  return target.ok ? succeed(target.value.writer) : target
}

async function showPlan(session: WorkspaceSession, plan: DelegationPlan, sources: DelegationSources | null, signal: AbortSignal): Promise<ShownDelegationPlan> {
  const { header, hash, lines } = plan
  const changes = lines.map(({ change }) => change)
  return {
    header, hash, lines, refused: [], impossible: [], file: null,
    threshold: await judgeDelegationThreshold(session.reader, plan, session.configuration.thresholds.delegation.count, session.now()),
    privilege: judgePrivilege(changes, await gatherEvidence(session, header, sources, signal)),
    powerShell: asPowerShell(header, changes), undoPowerShell: asPowerShell(header, takeBack(changes)),
  }
}

async function gatherEvidence(session: WorkspaceSession, { domainSid: text }: DelegationPlanHeader, sources: DelegationSources | null, signal: AbortSignal): Promise<PrivilegeEvidence> {
  const parsed = parseSid(text)
  if (!parsed.ok) return { tokenGroups: { kind: 'notRead', why: 'the plan names no domain' }, domainSid: null, last: null }
  const last = await session.reader.lastPrivilegedDelegation(parsed.value)
  const isRefused = last?.outcome?.kind === 'refused'
  // Refused for another reason says nothing of the privilege.
  const says = last !== null && (!isRefused || (last.outcome?.kind === 'refused' && last.outcome.problem.kind === 'delegationPrivilegeMissing'))
  return {
    domainSid: parsed.value, tokenGroups: await readOwnGroups(session, parsed.value, sources, signal),
    last: says ? { run: last.run, ended: isRefused ? 'refused' : 'written' } : null,
  }
}

/** Groups of the account that would write in that domain. */
async function readOwnGroups({ configuration }: WorkspaceSession, domainSid: Sid, sources: DelegationSources | null, signal: AbortSignal): Promise<Reading<readonly Sid[]>> {
  const unread = { kind: 'notRead', why: 'our own account was not found in that domain' } as const
  if (sources === null) return unread
  for (const name of [configuration.activeDirectory.account, configuration.resourceDirectory?.account]) {
    const queries = name === undefined ? null : queriesFor(name)
    const found = queries === null ? unread : await findAnywhere(sources, queries, signal)
    const own: PrincipalFacts | undefined = found.kind === 'read' ? found.value.find(({ sid }) => sid.startsWith(`${domainSid}-`)) : undefined
    if (own !== undefined) return own.tokenGroups
  }
  return unread
}
