import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { nearestName } from '../../shared/domain/nearestName.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { DirectoryReader, EntraReader } from '../connectors/connector.ts'
import type { RunProfile, WorkspaceConfiguration } from '../workspace/configuration.ts'
import { assertNever } from '../../shared/domain/assertNever.ts'
import { proveAbsences } from './absenceStep.ts'
import { importAccounts, importGuests, type ImportRequest } from './importStep.ts'
import type { RunContext } from './runContext.ts'
import type { SmallerSource } from './sourceSize.ts'
import { lastImport } from './synchronization/basis.ts'
import { askForest, askForestAndDomain, offlineNames, type NameQuestions } from './synchronization/nameQuestions.ts'
import { synchronize, type SynchronizeRequest } from './synchronizeStep.ts'
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

/** The steps of one profile, of the cycle or of the delta cycle. An export is never among them: it needs an approved plan. */
export function stepsOf(configuration: WorkspaceConfiguration, name: string): Result<readonly NamedProfile[], Problem> {
  const cycle = configuration.runProfiles[name] === undefined ? cycleOf(configuration, name) : null
  if (cycle !== null) return cycle
  const profile = configuration.runProfiles[name]
  if (profile === undefined) return fail(unknownProfile(name, Object.keys(configuration.runProfiles)))
  return profile.step === 'export' ? fail(needsApproval(name)) : succeed([{ name, profile }])
}

function cycleOf(configuration: WorkspaceConfiguration, name: string): Result<readonly NamedProfile[], Problem> | null {
  if (name === 'delta cycle' && configuration.deltaCycle === undefined) return succeed(deltaCycle)
  const names = name === 'cycle' ? configuration.cycle : name === 'delta cycle' ? configuration.deltaCycle : undefined
  if (names === undefined) return null
  const steps: NamedProfile[] = []
  for (const wanted of names) {
    const profile = configuration.runProfiles[wanted]
    if (profile === undefined) return fail(unknownProfile(wanted, Object.keys(configuration.runProfiles)))
    if (profile.step !== 'export') steps.push({ name: wanted, profile })
  }
  return succeed(withProof(steps))
}

/** For a workspace of before there were delta cycles. */
const deltaCycle: readonly NamedProfile[] = [
  { name: 'ad delta import', profile: { step: 'deltaImport', connector: 'ad' } },
  { name: 'entra delta import', profile: { step: 'deltaImport', connector: 'entra' } },
  { name: 'prove absence', profile: { step: 'proveAbsence' } },
  { name: 'delta synchronization', profile: { step: 'deltaSync' } },
]

/** A cycle that does not say where absence is proved does it before its first synchronisation: without proof no leaver is ever disabled. */
function withProof(steps: readonly NamedProfile[]): readonly NamedProfile[] {
  const synchronization = steps.findIndex(({ profile }) => profile.step === 'fullSync' || profile.step === 'deltaSync')
  if (synchronization < 0 || steps.some(({ profile }) => profile.step === 'proveAbsence')) return steps
  return [...steps.slice(0, synchronization), { name: 'prove absence', profile: { step: 'proveAbsence' } }, ...steps.slice(synchronization)]
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

async function runStep(context: RunContext, step: NamedProfile, sources: Sources, request: RunRequest): Promise<Result<Run, Problem>> {
  switch (step.profile.step) {
    case 'fullImport': return runImport(context, step, 'everything', sources, request)
    case 'deltaImport': return runImport(context, step, 'changes', sources, request)
    case 'proveAbsence': return runProof(context, step, sources)
    case 'fullSync': return runSynchronization(context, step, 'everything', sources, request)
    case 'deltaSync': return runSynchronization(context, step, 'changes', sources, request)
    case 'export': return fail(needsApproval(step.name))
    default: return assertNever(step.profile.step)
  }
}

async function runImport(context: RunContext, { name, profile }: NamedProfile, extent: ImportRequest['extent'], sources: Sources, request: RunRequest): Promise<Result<Run, Problem>> {
  const { configuration, deciding, smallerSource } = request
  const attributes = deciding.rules.attributesOf(profile.connector ?? 'ad')
  if (profile.connector === 'entra') {
    const reader = await sources.entra()
    const scope = [configuration.entra.filter ?? '', configuration.entra.scopeGroup ?? '']
    return reader.ok ? succeed(await importGuests(context, reader.value, { profile: name, extent, attributes, scope, smallerSource })) : reader
  }
  const reader = await sources.ad()
  return reader.ok ? succeed(await importAccounts(context, reader.value, { profile: name, extent, attributes, scope: deciding.managedOus, smallerSource })) : reader
}

async function runProof(context: RunContext, { name }: NamedProfile, sources: Sources): Promise<Result<Run, Problem>> {
  const [entra, directory] = [await sources.entra(), await sources.ad()]
  if (!entra.ok) return entra
  return directory.ok ? succeed(await proveAbsences(context, name, entra.value, directory.value)) : directory
}

/** A directory that cannot be asked does not stop a synchronisation: names that were not checked say so in the plan. */
async function runSynchronization(context: RunContext, { name }: NamedProfile, extent: SynchronizeRequest['extent'], sources: Sources, request: RunRequest): Promise<Result<Run, Problem>> {
  const { configuration, deciding } = request
  const directory = await sources.ad()
  const questions = directory.ok ? await questionsFor(context, directory.value) : offlineNames
  return succeed(await synchronize(context, { profile: name, extent, workspace: configuration.id, deciding, questions }))
}

/** The names of the domain are as old as the last full import of the directory: behind a delta they are asked about anew. */
async function questionsFor({ store, signal }: RunContext, directory: DirectoryReader): Promise<NameQuestions> {
  const last = await lastImport(store, 'ad')
  return last?.step === 'deltaImport' ? askForestAndDomain(directory, signal) : askForest(directory, signal)
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
