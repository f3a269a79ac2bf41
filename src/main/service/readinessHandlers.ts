import type { z } from 'zod'
import type { CallOptions } from '../../shared/api/contract.ts'
import type { readinessInputs } from '../../shared/api/readinessCalls.ts'
import { sameDn } from '../../shared/domain/dn.ts'
import { nearestName } from '../../shared/domain/nearestName.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { CheckedReadiness, ReadinessReport, RemedyOutcome, RemedyPlan } from '../../shared/domain/readiness.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { DirectoryConnection } from '../connectors/ad/directoryConnection.ts'
import { createDirectoryAdministrator } from '../connectors/ad/readiness/directoryAdministrator.ts'
import type { DirectoryAdministrator } from '../connectors/readinessPorts.ts'
import { cancelledChecks } from '../readiness/cancelledChecks.ts'
import { changedSinceShown, isAppliedRemedy, notApplicable, planRemedy } from '../readiness/remedies/planRemedy.ts'
import type { AppliedRemedy, Remedy, RemedyStep } from '../readiness/remedies/planRemedy.ts'
import { runChecks } from '../readiness/runChecks.ts'
import { connectionOf, domainSettings, inspectorOf } from './readiness/domainWorld.ts'
import { listServices } from './readiness/listServices.ts'
import { listChecks, openChecks, resourceConnectionOf } from './readiness/openChecks.ts'
import { keepReport, readLastReport } from './readiness/lastReport.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

type Input<Name extends keyof typeof readinessInputs> = z.output<(typeof readinessInputs)[Name]>

/** Makes the checks anew, all or some; what was found before of the others stays. */
export async function checkReadiness(session: WorkspaceSession, { only, trial }: Input<'readiness.check'>, { signal, onProgress }: CallOptions): Promise<Result<CheckedReadiness, Problem>> {
  const allChecks = listChecks(session)
  const allIds = allChecks.map(({ id }) => id)
  const unknown = only?.find((id) => !allIds.includes(id))
  if (unknown !== undefined) return fail(unknownCheck(unknown, allIds))
  const chosen = allChecks.filter(({ id }) => only === null || only.includes(id))
  const opened = await openChecks(session, new Set(chosen.map(({ area }) => area)), trial)
  try {
    const checks = opened.checks.filter(({ id }) => chosen.some((wanted) => wanted.id === id))
    const findings = await runChecks(checks, (title, area, done) => {
      onProgress({ run: 0, step: null, connector: area === 'tenant' ? 'entra' : area === 'workspace' ? null : 'ad', phase: title, done, total: checks.length })
    }, signal)
    if (signal.aborted) return fail(cancelledChecks(findings))
    return succeed(await keepReport(session.folder, session.now(), findings, allIds))
  } finally {
    await opened.close()
  }
}

export async function showReadiness({ folder }: WorkspaceSession): Promise<Result<ReadinessReport | null, Problem>> {
  return succeed(await readLastReport(folder))
}

export async function showRemedy(session: WorkspaceSession, { id }: Input<'readiness.plan'>, { signal }: CallOptions): Promise<Result<RemedyPlan, Problem>> {
  if (!isAppliedRemedy(id)) return fail(notApplicable(id))
  const remedy = await planNow(session, id, signal)
  return remedy.ok ? succeed(remedy.value.plan) : remedy
}

/** Planned anew, compared with what was approved, written as the administrator, and checked again as our own account. */
export async function applyRemedy(session: WorkspaceSession, { id, account, password, approve }: Input<'readiness.apply'>, options: CallOptions): Promise<Result<RemedyOutcome, Problem>> {
  if (!isAppliedRemedy(id)) return fail(notApplicable(id))
  return session.asWriter('remedy of a check', { signal: options.signal, report: options.onProgress }, async () => {
    const remedy = await planNow(session, id, options.signal)
    if (!remedy.ok) return remedy
    const { plan } = remedy.value
    if (plan.hash !== approve.toLowerCase()) return changedSinceShown(id)
    await session.audit('remedyApproved', plan.hash, { id, administrator: account, writes: plan.writes })
    const written = await writeAs(session, { account, password }, remedy.value, options.signal)
    await session.audit('remedyApplied', plan.hash, { id, administrator: account, outcome: written.ok ? 'written' : written.problem.message })
    if (!written.ok) return written
    const report = await checkReadiness(session, { only: [id], trial: 'leaveOut' }, options)
    if (!report.ok) return report
    const finding = report.value.findings.find((each) => each.id === id)
    if (finding === undefined) throw new Error(`The check ${id} gave no finding`)
    return succeed({ plan, finding, notKept: report.value.notKept })
  })
}

async function planNow(session: WorkspaceSession, id: AppliedRemedy, signal: AbortSignal): Promise<Result<Remedy, Problem>> {
  const connection = await connectionFor(session, id)
  if (!connection.ok) return connection
  const inspector = inspectorOf(connection.value)
  try {
    const services = (asked: AbortSignal) => listServices(session, connection.value, asked)
    return await planRemedy(id, { inspector, settings: domainSettings(session, connection.value.account), services }, signal)
  } finally {
    await inspector.close()
  }
}

/** Remedies have the name of their check, which says in which domain it looks. */
function connectionFor(session: WorkspaceSession, id: string): Promise<Result<DirectoryConnection, Problem>> {
  return id.startsWith('resource-') ? resourceConnectionOf(session) : connectionOf(session)
}

/** The same servers and the same trust in them, another account; the connection and the password with it go out of reach here. */
async function writeAs(session: WorkspaceSession, administrator: { readonly account: string; readonly password: string }, { plan, steps }: Remedy, signal: AbortSignal): Promise<Result<null, Problem>> {
  const connection = await connectionFor(session, plan.id)
  if (!connection.ok) return connection
  const directory = createDirectoryAdministrator({ ...connection.value, ...administrator })
  try {
    const identity = await directory.identify(signal)
    if (!identity.ok) return identity
    // Another controller may have answered than the one that was planned with; another domain must not.
    if (!sameDn(identity.value.domainDn, plan.domain)) return fail(anotherDomain(plan.domain, identity.value.domainDn))
    for (const step of steps) {
      const done = await carryOut(directory, step, signal)
      if (!done.ok) return done
    }
    return succeed(null)
  } finally {
    await directory.close()
  }
}

function carryOut(directory: DirectoryAdministrator, step: RemedyStep, signal: AbortSignal): Promise<Result<null, Problem>> {
  switch (step.kind) {
    case 'organizationalUnit': return directory.addOrganizationalUnit(step.dn, signal)
    case 'ownership': return directory.takeOwnership(step.dn, step.owner, signal)
    case 'rights': return directory.addGrants(step.dn, step.trustee, step.grants, signal)
  }
}

function anotherDomain(expected: string, actual: string): Problem {
  return {
    kind: 'wrongController', message: `Nothing was written: the administrator's account is signed in to ${actual}, and the remedy is for ${expected}.`,
    remedy: 'Check the servers of that domain in workspace.json, and look at the remedy again.', detail: { expected, actual },
  }
}

function unknownCheck(id: string, allIds: readonly string[]): Problem {
  const nearest = nearestName(id, allIds)
  return { kind: 'usage', message: `There is no check "${id}"${nearest === null ? '' : `; did you mean "${nearest}"?`}`, remedy: `Known are: ${allIds.join(', ')}.` }
}
