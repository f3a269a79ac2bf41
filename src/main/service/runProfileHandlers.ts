import type { StartableCycle, StartableProfile, WindowOutputs } from '../../shared/api/windowCalls.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { stepsOf } from '../runs/profiles.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** What a person may start. An export is not among it: it needs an approved plan. */
export function listProfiles({ configuration }: Pick<WorkspaceSession, 'configuration'>): Promise<Result<WindowOutputs['runs.profiles'], Problem>> {
  const cycles: StartableCycle[] = []
  for (const name of ['cycle', 'delta cycle'] as const) {
    const steps = stepsOf(configuration, name)
    if (!steps.ok) return Promise.resolve(steps)
    cycles.push({ name, steps: steps.value.map((step) => step.name) })
  }
  const profiles = Object.entries(configuration.runProfiles).flatMap(([name, { step, connector }]): readonly StartableProfile[] => (step === 'export' ? [] : [{ name, step, connector: connector ?? null }]))
  return Promise.resolve(succeed({ cycles, profiles }))
}
