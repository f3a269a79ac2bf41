import type { CallOptions, Input, PlanSummary, RunsOutcome } from '../../shared/api/contract.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { ObjectProblem } from '../../shared/domain/problem.ts'
import { runSteps, stepsOf, wentToItsEnd } from '../runs/profiles.ts'
import { expireOld } from '../runs/retention.ts'
import type { SmallerSource } from '../runs/sourceSize.ts'
import { summarizePlan } from './planHandlers.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Runs one profile or the cycle and ends at the plan; nothing is written to the directory. `what`: how others are told of it meanwhile. */
export async function startRuns(session: WorkspaceSession, input: Input<'runs.start'>, options: CallOptions, what = `run ${input.profile}`): Promise<Result<RunsOutcome, Problem>> {
  const steps = stepsOf(session.configuration, input.profile)
  if (!steps.ok) return steps
  const note = input.acceptSmallerSource
  const smallerSource: SmallerSource = note === null
    ? { kind: 'refused', percent: session.configuration.lifecycle.smallerSourcePercent }
    : { kind: 'accepted', note }
  const runs = await session.asWriter(what, { signal: options.signal, report: options.onProgress }, async (context) => {
    // Inside of the lock, which keeps other writers away from the trail's chain.
    if (note !== null) await session.audit('smallerSourceAccepted', null, { profile: input.profile, note })
    const ended = await runSteps(context, steps.value, { entra: session.openEntra, ad: session.openDirectory }, { configuration: session.configuration, deciding: session.deciding, smallerSource })
    const isWholeCycle = steps.value.length > 1 && ended.ok && ended.value.every(wentToItsEnd)
    // Only behind a cycle that went to its end: what an unfinished one may need is kept.
    if (isWholeCycle) await expireOld(context.store, context.now(), session.configuration.lifecycle.retentionDays)
    return ended
  })
  if (!runs.ok) return runs
  const plan: PlanSummary = await summarizePlan(session)
  return succeed({ runs: runs.value, plan })
}

export async function showRun(session: WorkspaceSession, input: Input<'runs.show'>): Promise<Result<{ run: Run; problems: readonly ObjectProblem[] }, Problem>> {
  const run = await session.reader.run(input.run)
  if (run === null) return fail({ kind: 'notFoundInWorkspace', message: `There is no run ${input.run} in this workspace.`, remedy: 'See "guestbridge history" for the runs that are kept.' })
  return succeed({ run, problems: await session.reader.runProblems(input.run, input.problems) })
}
