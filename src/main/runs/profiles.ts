import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { nearestName } from '../../shared/domain/nearestName.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { DirectoryReader, EntraReader } from '../connectors/connector.ts'
import type { RunProfile, WorkspaceConfiguration } from '../workspace/configuration.ts'
import { importAccounts, importGuests } from './importStep.ts'
import type { RunContext } from './runContext.ts'
import type { SmallerSource } from './sourceSize.ts'
import { synchronize } from './synchronizeStep.ts'
import type { DecidingSettings } from './synchronizationSettings.ts'

/** The read sides of both systems, opened when a step needs them. */
export type Sources = {
  readonly entra: () => Promise<Result<EntraReader, Problem>>
  readonly ad: () => Promise<Result<DirectoryReader, Problem>>
}

export type RunRequest = {
  readonly configuration: WorkspaceConfiguration
  readonly deciding: DecidingSettings
  readonly smallerSource: SmallerSource
}

export type NamedProfile = { readonly name: string; readonly profile: RunProfile }

/** The steps of one profile, or of the cycle. An export is never among them: it needs an approved plan. */
export function stepsOf(configuration: WorkspaceConfiguration, name: string): Result<readonly NamedProfile[], Problem> {
  const names = name === 'cycle' && configuration.runProfiles['cycle'] === undefined ? configuration.cycle : [name]
  const steps: NamedProfile[] = []
  for (const wanted of names) {
    const profile = configuration.runProfiles[wanted]
    if (profile === undefined) return fail(unknownProfile(wanted, Object.keys(configuration.runProfiles)))
    if (profile.step === 'export' && name !== 'cycle') return fail(needsApproval(wanted))
    if (profile.step !== 'export') steps.push({ name: wanted, profile })
  }
  return succeed(steps)
}

/** One step after the other; the first that does not come to its end stops the rest, so that no plan stands on half a source. */
export async function runSteps(context: RunContext, steps: readonly NamedProfile[], sources: Sources, request: RunRequest): Promise<Result<readonly Run[], Problem>> {
  const runs: Run[] = []
  for (const step of steps) {
    const run = await runStep(context, step, sources, request)
    if (!run.ok) return run
    runs.push(run.value)
    if (!wentToItsEnd(run.value)) return succeed(runs)
  }
  return succeed(runs)
}

export function wentToItsEnd(run: Run): boolean {
  return run.status === 'succeeded' || run.status === 'completedWithErrors' || run.status === 'completedWithDrift'
}

async function runStep(context: RunContext, { name, profile }: NamedProfile, sources: Sources, request: RunRequest): Promise<Result<Run, Problem>> {
  const { configuration, deciding, smallerSource } = request
  if (profile.step === 'fullSync') return succeed(await synchronize(context, name, configuration.id, deciding))
  const attributes = deciding.rules.attributesOf(profile.connector ?? 'ad')
  if (profile.connector === 'entra') {
    const reader = await sources.entra()
    return reader.ok ? succeed(await importGuests(context, reader.value, { profile: name, attributes, smallerSource })) : reader
  }
  const reader = await sources.ad()
  return reader.ok ? succeed(await importAccounts(context, reader.value, { profile: name, attributes, smallerSource })) : reader
}

function unknownProfile(name: string, known: readonly string[]): Problem {
  const nearest = nearestName(name, [...known, 'cycle'])
  return {
    kind: 'usage',
    message: `There is no run profile "${name}" in workspace.json${nearest === null ? '' : `; did you mean "${nearest}"?`}`,
    remedy: `Known are: cycle, ${known.join(', ')}.`,
  }
}

function needsApproval(name: string): Problem {
  return {
    kind: 'approvalMismatch',
    message: `The profile "${name}" writes to the directory and was not started: an export needs an approved plan.`,
    remedy: 'Read the plan with "guestbridge plan --out FILE", then "guestbridge export --plan FILE --approve HASH".',
  }
}
