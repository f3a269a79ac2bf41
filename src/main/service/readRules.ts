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
import { positionAt } from '../workspace/configurationText.ts'
import { configurationFileName } from '../workspace/readConfiguration.ts'
import { readRulesText } from './rulesEditingText.ts'

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
  if (typeof set !== 'string') return readRulesFile(resolve(folder, set.file))
  const rules = parseRuleSet(shippedRuleSets[set])
  return rules.ok ? rules : fail(rules.problem.map(({ path, message }) => asProblem(set, { path, message })))
}

/** Each problem with its line and column, so that an editor goes there. */
async function readRulesFile(file: string): Promise<Result<CompiledRuleSet, readonly Problem[]>> {
  const text = await readText(file)
  if (!text.ok) return fail([text.problem])
  const { rules, problems } = readRulesText(text.value)
  if (rules !== null) return succeed(rules)
  return fail(problems.map(({ path, message, from }) => {
    const { line, column } = positionAt(text.value, from)
    return asProblem(`${file}:${line}:${column}`, { path, message })
  }))
}

async function readText(file: string): Promise<Result<string, Problem>> {
  try {
    const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
    return text.includes('\0') ? fail(asProblem(file, { path: '', message: 'The file is not written in UTF-8.' })) : succeed(text)
  } catch (error) {
    return fail(asProblem(file, { path: '', message: `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.` }))
  }
}

function asProblem(place: string, { path, message }: { readonly path: string; readonly message: string }): Problem {
  return { kind: 'rulesInvalid', message: `${path === '' ? place : `${place} ${path}`}: ${message}`, remedy: 'Correct the rules at that place.', detail: { path } }
}

function missingParameter(folder: string, name: string): Problem {
  return {
    kind: 'rulesInvalid', message: `${resolve(folder, configurationFileName)}: the rules use the parameter %${name}%, which nobody sets.`,
    remedy: `Set "${name}" under /rules/parameters.`, detail: { path: '/rules/parameters' },
  }
}
