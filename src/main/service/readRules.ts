import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { CompiledRuleSet } from '../rules/compiled.ts'
import { parametersOf } from '../rules/parametersOf.ts'
import { parseRuleSet } from '../rules/parseRuleSet.ts'
import { shippedRuleSets } from '../rules/shippedRuleSets.ts'
import { decidingSettings, type DecidingSettings } from '../runs/synchronizationSettings.ts'
import type { RulesConfiguration, WorkspaceConfiguration } from '../workspace/configuration.ts'
import { configurationFileName } from '../workspace/readConfiguration.ts'

/** Rules and settings of the workspace, ready for the engine: every problem of the rules with its place. */
export async function readDeciding(folder: string, configuration: WorkspaceConfiguration): Promise<Result<DecidingSettings, readonly Problem[]>> {
  const rules = await readRules(folder, configuration.rules.set)
  if (!rules.ok) return rules
  const deciding = decidingSettings(configuration, rules.value)
  if (!deciding.ok) return fail([deciding.problem])
  const missing = parametersOf(rules.value).filter((name) => !Object.hasOwn(deciding.value.parameters, name.toLowerCase()))
  return missing.length > 0 ? fail(missing.map((name) => missingParameter(folder, name))) : succeed(deciding.value)
}

/** The same workspace with another rule set, by the name of a shipped one or a file of the workspace. */
export async function readDecidingBy(folder: string, configuration: WorkspaceConfiguration, name: string): Promise<Result<DecidingSettings, Problem>> {
  const shipped = Object.keys(shippedRuleSets).find((known) => known === name) as keyof typeof shippedRuleSets | undefined
  const read = await readDeciding(folder, { ...configuration, rules: { ...configuration.rules, set: shipped ?? { file: name } } })
  if (read.ok) return read
  const [first, ...others] = read.problem
  if (first === undefined) throw new Error(`The rules ${name} were refused without a problem`)
  return fail({ ...first, message: [first.message, ...others.map(({ message }) => message)].join(' ') })
}

async function readRules(folder: string, set: RulesConfiguration['set']): Promise<Result<CompiledRuleSet, readonly Problem[]>> {
  const source = typeof set === 'string' ? { name: set, content: shippedRuleSets[set] } : { name: set.file, content: await readJson(resolve(folder, set.file)) }
  const rules = parseRuleSet(source.content)
  if (rules.ok) return rules
  return fail(rules.problem.map(({ path, message }): Problem => ({
    kind: 'rulesInvalid', message: `The rules ${source.name} cannot be used: ${path}: ${message}`, remedy: 'Correct the rule at that place.', detail: { path },
  })))
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown
  } catch {
    // The rule parser says that this is no rule set, with the file's name.
    return undefined
  }
}

function missingParameter(folder: string, name: string): Problem {
  return {
    kind: 'rulesInvalid', message: `${resolve(folder, configurationFileName)}: the rules use the parameter %${name}%, which nobody sets.`,
    remedy: `Set "${name}" under /rules/parameters.`, detail: { path: '/rules/parameters' },
  }
}
