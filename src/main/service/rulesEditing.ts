import type { CallOptions, Input, Outputs } from '../../shared/api/contract.ts'
import type { RuleTry, RulesTextProblem } from '../../shared/api/rulesEditing.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { CompiledRuleSet } from '../rules/compiled.ts'
import { expressionFunctions } from '../rules/functions/catalogue.ts'
import { parametersOf } from '../rules/parametersOf.ts'
import { scopeOperators } from '../rules/ruleSetSchema.ts'
import { shippedRuleSets } from '../rules/shippedRuleSets.ts'
import { parseRuleSet } from '../rules/parseRuleSet.ts'
import { compareRuleSets } from '../runs/compareRuleSets.ts'
import { findObject } from '../runs/findObject.ts'
import { readDirectoryFacts } from '../runs/synchronization/basis.ts'
import { engineSettings, type DecidingSettings } from '../runs/synchronizationSettings.ts'
import { testRule } from '../runs/testRule.ts'
import { outlineRules } from './rulesOutline.ts'
import { readRulesText } from './rulesEditingText.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Everything that is wrong with the text at once, each problem at its place; what it says where nothing is. */
export async function validateRules(session: WorkspaceSession, { text }: Input<'rules.validate'>): Promise<Result<Outputs['rules.validate'], Problem>> {
  const { rules, problems } = checkRulesText(session, text)
  return succeed({ problems, outline: rules === null ? null : outlineRules(rules) })
}

/** The rules of a text, or why this workspace cannot use them. */
export function checkRulesText(session: WorkspaceSession, text: string): { readonly rules: CompiledRuleSet | null; readonly problems: readonly RulesTextProblem[] } {
  const read = readRulesText(text)
  if (read.rules === null) return read
  const missing = parametersOf(read.rules).filter((name) => !Object.hasOwn(session.deciding.parameters, name.toLowerCase()))
  const problems = missing.map((name): RulesTextProblem => {
    const from = Math.max(0, text.indexOf(`%${name}%`))
    return { path: '/rules', message: `Nobody sets the parameter %${name}%. Set "${name}" under rules, parameters in workspace.json, or use one of: ${Object.keys(session.deciding.parameters).map((known) => `%${known}%`).join(', ')}.`, position: null, from, to: from + name.length + 2 }
  })
  return problems.length === 0 ? read : { rules: null, problems }
}

/** The workspace's settings with the rules of a text in the place of those in force. */
function decidingByText(session: WorkspaceSession, text: string): Result<DecidingSettings, Problem> {
  const { rules, problems } = checkRulesText(session, text)
  return rules === null ? fail(refusal(problems)) : succeed({ ...session.deciding, rules })
}

export function refusal(problems: readonly RulesTextProblem[]): Problem {
  const [first] = problems
  if (first === undefined) throw new Error('Rules were refused without a problem')
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`
  return { kind: 'rulesInvalid', message: `The rules cannot be used: ${first.path === '' ? '' : `${first.path}: `}${first.message}${others}`, remedy: 'Correct the rules at that place.', detail: { path: first.path } }
}

export async function tryRules(session: WorkspaceSession, { text, on }: Input<'rules.try'>): Promise<Result<readonly RuleTry[], Problem>> {
  const deciding = decidingByText(session, text)
  if (!deciding.ok) return deciding
  const found = await findObject(session.reader, on)
  if (!found.ok) return found
  const settings = engineSettings(deciding.value, session.now(), session.configuration.id, await readDirectoryFacts(session.reader))
  return succeed(deciding.value.rules.source.rules.map(({ name }): RuleTry => {
    const tested = testRule(settings, name, found.value)
    return tested.ok ? { rule: name, test: tested.value, why: null } : { rule: name, test: null, why: tested.problem.message }
  }))
}

export async function compareRulesText(session: WorkspaceSession, { text, limit }: Input<'rules.compareText'>, { signal }: CallOptions): Promise<Result<Outputs['rules.compareText'], Problem>> {
  const other = decidingByText(session, text)
  if (!other.ok) return other
  const compared = await compareRuleSets(session.reader, { workspace: session.configuration.id, current: session.deciding, other: other.value, now: session.now(), limit, signal })
  if (!compared.ok) return compared
  const notImported = (['entra', 'ad'] as const).flatMap((connector) => {
    const imported = new Set(session.deciding.rules.attributesOf(connector).map((name) => name.toLowerCase()))
    return other.value.rules.attributesOf(connector).filter((name) => !imported.has(name.toLowerCase())).map((attribute) => ({ connector, attribute }))
  })
  return succeed({ ...compared.value, notImported })
}

/** What an editor may offer: functions, attributes that rule sets and the directory's schema know, parameters, operators. */
export async function readVocabulary(session: WorkspaceSession): Promise<Result<Outputs['rules.vocabulary'], Problem>> {
  const { directorySchema } = await readDirectoryFacts(session.reader)
  const shipped = Object.values(shippedRuleSets).flatMap((content) => { const set = parseRuleSet(content); return set.ok ? [set.value] : [] })
  const attributesOf = (connector: 'entra' | 'ad'): readonly string[] => [session.deciding.rules, ...shipped].flatMap((rules) => rules.attributesOf(connector))
  return succeed({
    functions: expressionFunctions.map(({ name, signature }) => ({ name, signature })),
    attributes: { entra: sorted(attributesOf('entra')), ad: sorted([...attributesOf('ad'), ...Object.keys(directorySchema)]) },
    parameters: sorted(Object.keys(session.deciding.parameters)),
    operators: [...scopeOperators],
  })
}

/** Names of attributes ignore case: of two spellings the first stays. */
function sorted(names: readonly string[]): readonly string[] {
  const distinct = new Map<string, string>()
  for (const name of names) if (!distinct.has(name.toLowerCase())) distinct.set(name.toLowerCase(), name)
  return [...distinct.values()].sort((left, right) => left.localeCompare(right))
}
