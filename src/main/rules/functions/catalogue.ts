import { nearestName } from '../../../shared/domain/nearestName.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { choiceFunctions } from './choices.ts'
import { conditionFunctions } from './conditions.ts'
import { dateFunctions } from './dates.ts'
import type { ExpressionFunction } from './definition.ts'
import { dnFunctions } from './dn.ts'
import { extractionFunctions } from './extraction.ts'
import { identifierFunctions } from './identifiers.ts'
import { listFunctions } from './lists.ts'
import { numberFunctions } from './numbers.ts'
import { textFunctions } from './text.ts'

/** Every function that an expression may call; a new one is a row in one of these tables. */
export const expressionFunctions: readonly ExpressionFunction[] = [
  ...textFunctions, ...extractionFunctions, ...numberFunctions, ...conditionFunctions, ...choiceFunctions,
  ...listFunctions, ...dnFunctions, ...identifierFunctions, ...dateFunctions
]

const byLowerName: ReadonlyMap<string, ExpressionFunction> = new Map(expressionFunctions.map((one) => [one.name.toLowerCase(), one]))

/** Names ignore case. Of an unknown name the problem has the nearest known one. */
export function findFunction(name: string): Result<ExpressionFunction, { readonly nearest: string | null }> {
  const found = byLowerName.get(name.toLowerCase())
  return found === undefined ? fail({ nearest: nearestName(name, expressionFunctions.map((one) => one.name)) }) : succeed(found)
}
