import type { Value } from '../../shared/domain/attributes.ts'
import type { ObjectProblem } from '../../shared/domain/problem.ts'
import { fail, type Result } from '../../shared/domain/result.ts'
import type { CompiledFlow } from '../rules/compiled.ts'
import type { EngineSettings } from './contract.ts'

/** Whose flow is evaluated: named in problems, and part of the seed, so that replay gives the same generated values. */
export type FlowOwner = { readonly connector: ObjectProblem['connector']; readonly object: string; readonly rule: string }

/** The values that a flow contributes; none means null. Empty text is never among them (`CompiledExpression`). */
export function evaluateFlow(settings: EngineSettings, owner: FlowOwner, flow: CompiledFlow, read: (attribute: string) => readonly Value[]): Result<readonly Value[], ObjectProblem> {
  const result = flow.expression.evaluate({
    read,
    parameter: (name) => settings.parameters[name.toLowerCase()] ?? null,
    now: settings.now,
    seed: `${settings.seed}|${owner.object}|${owner.rule}|${flow.to}`,
  })
  if (result.ok) return result
  const { message, position } = result.problem
  return fail({
    kind: 'expressionFailed',
    message: `The flow to ${flow.to} of rule "${owner.rule}" failed: ${message}`,
    remedy: `Correct the expression in the rule, or the value of the object: ${flow.source}`,
    connector: owner.connector,
    object: owner.object,
    detail: { rule: owner.rule, attribute: flow.to, expression: flow.source, position },
  })
}

/** What the flow read, for people who ask where a value came from. */
export function flowInputs(flow: CompiledFlow, read: (attribute: string) => readonly Value[]): Readonly<Record<string, readonly Value[]>> {
  const inputs: Record<string, readonly Value[]> = {}
  for (const attribute of flow.expression.attributes) inputs[attribute] = read(attribute)
  return inputs
}
