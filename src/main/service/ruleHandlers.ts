import type { CallOptions, Input, Outputs } from '../../shared/api/contract.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { compareRuleSets } from '../runs/compareRuleSets.ts'
import { findObject } from '../runs/findObject.ts'
import { replayPlan } from '../runs/replay.ts'
import { readDirectoryFacts } from '../runs/synchronization/basis.ts'
import { engineSettings } from '../runs/synchronizationSettings.ts'
import { testExpression, testRule } from '../runs/testRule.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** With the settings, parameters and seed of a synchronisation that began now: what is shown is what would be written. */
export async function testOnObject(session: WorkspaceSession, { subject, on }: Input<'rules.test'>): Promise<Result<Outputs['rules.test'], Problem>> {
  const found = await findObject(session.reader, on)
  if (!found.ok) return found
  const settings = engineSettings(session.deciding, session.now(), session.configuration.id, await readDirectoryFacts(session.reader))
  const tested = 'expression' in subject ? testExpression(settings, subject.expression, found.value) : testRule(settings, subject.rule, found.value)
  return tested.ok ? succeed({ subject: 'expression' in subject ? subject.expression : subject.rule, ...tested.value }) : tested
}

/** What another rule set would do with the data of the last imports. Nothing is stored. */
export async function compareWithSet(session: WorkspaceSession, { set, limit }: Input<'rules.compare'>, { signal }: CallOptions): Promise<Result<Outputs['rules.compare'], Problem>> {
  const other = await session.decidingBy(set)
  if (!other.ok) return other
  return compareRuleSets(session.reader, { workspace: session.configuration.id, current: session.deciding, other: other.value, now: session.now(), limit, signal })
}

export function replayRun(session: WorkspaceSession, { run }: Input<'plan.replay'>, { signal }: CallOptions): Promise<Result<Outputs['plan.replay'], Problem>> {
  return replayPlan(session.reader, run, session.deciding, signal)
}
