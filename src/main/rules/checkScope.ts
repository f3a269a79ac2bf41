import type { Value } from '../../shared/domain/attributes.ts'
import { readNumeric } from './numeric.ts'
import type { MetaverseAttributeSchema, ScopeClause, ScopeOperator } from './ruleSet.ts'
import type { Place, RulesProblem } from './rulesProblem.ts'
import { problemAt } from './rulesProblem.ts'

type Needs = 'nothing' | 'one' | 'number' | 'list' | 'bits'

const needs: Readonly<Record<ScopeOperator, Needs>> = {
  EQUAL: 'one', NOTEQUAL: 'one', CONTAINS: 'one', NOTCONTAINS: 'one', STARTSWITH: 'one', NOTSTARTSWITH: 'one', ENDSWITH: 'one', NOTENDSWITH: 'one',
  LESSTHAN: 'number', LESSTHAN_OR_EQUAL: 'number', GREATERTHAN: 'number', GREATERTHAN_OR_EQUAL: 'number',
  ISNULL: 'nothing', ISNOTNULL: 'nothing', ISIN: 'list', ISNOTIN: 'list', ISBITSET: 'bits', ISBITNOTSET: 'bits'
}

/**
 * Whether the value of a clause suits its operator and, where the type of the attribute is known (metaverse), its type.
 * Empty text as value is refused: it would be compared with what no directory holds; ISNULL asks for no value.
 */
export function checkClause(clause: ScopeClause, schema: MetaverseAttributeSchema | null, place: Place): readonly RulesProblem[] {
  const { operator, value } = clause
  const needed = needs[operator]
  const at = [...place, 'value']
  if (needed === 'nothing') return value === undefined ? [] : [problemAt(at, `${operator} asks for no value.`)]
  if (value === undefined) return [problemAt(place, `${operator} needs a value.`)]
  if (needed === 'list') return checkList(operator, value, schema, at)
  if (isList(value)) return [problemAt(at, `${operator} compares with one value; ISIN and ISNOTIN take a list.`)]
  if (needed === 'bits' && typeof readNumeric(value) !== 'bigint') return [problemAt(at, `${operator} needs a whole number, the bits as in userAccountControl.`)]
  return checkValue(value, schema, at)
}

function checkList(operator: ScopeOperator, value: Value | readonly Value[], schema: MetaverseAttributeSchema | null, place: Place): readonly RulesProblem[] {
  if (!isList(value)) return [problemAt(place, `${operator} takes a list of values.`)]
  if (value.length === 0) return [problemAt(place, `${operator} needs at least one value.`)]
  return value.flatMap((one, index) => checkValue(one, schema, [...place, index]))
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value)
}

function checkValue(value: Value, schema: MetaverseAttributeSchema | null, place: Place): readonly RulesProblem[] {
  if (value === '') return [problemAt(place, 'Empty text is never a value; ask with ISNULL or ISNOTNULL.')]
  if (schema?.type === 'boolean' && !/^(true|false)$/i.test(String(value))) return [problemAt(place, 'The attribute is true or false.')]
  if (schema?.type === 'integer' && readNumeric(value) === null) return [problemAt(place, 'The attribute is a number.')]
  return []
}
