import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
import type { EvaluationContext, EvaluationProblem } from '../compiled.ts'
import type { Values } from '../values.ts'

/** What can be known of a result before any value is: `any` for attributes, parameters and lists. */
export type StaticType = 'text' | 'number' | 'boolean' | 'any'

export type Evaluated = Result<Values, EvaluationProblem>
/** A sentence about the arguments, to which the evaluator adds the place; or the problem of an argument as it is. */
export type Failure = string | EvaluationProblem
export type Outcome = Result<Values, Failure>

/** An argument is evaluated when a parameter reads it: a branch that is not chosen never is. */
export type Argument = () => Evaluated

/** How a parameter of a function is read. `parameters.ts` has them all. */
export type Parameter<Read> = {
  /** As it stands in the signature. */
  readonly name: string
  readonly minimum: number
  /** Null: as many as there are. */
  readonly maximum: number | null
  readonly takes: 'condition' | 'number' | 'anything'
  /** Words that may stand there without quotation marks, such as vbTextCompare. */
  readonly choices: readonly string[]
  /** False for branches: what stands there is not read before it is chosen, so it cannot be checked before either. */
  readonly isRead: boolean
  /** The arguments of this parameter come two by two. */
  readonly isPaired?: true
  readonly read: (given: readonly Argument[]) => Result<Read, Failure>
}

export type ReadParameters<Parameters extends readonly Parameter<unknown>[]> = {
  readonly [Index in keyof Parameters]: Parameters[Index] extends Parameter<infer Read> ? Read : never
}

/** One row of a table of functions. */
export type FunctionRow<Parameters extends readonly Parameter<unknown>[]> = {
  readonly name: string
  readonly returns: StaticType
  readonly parameters: Parameters
  /** The first argument may have several values; the function is applied to each (Entra Connect: `Trim([proxyAddresses])`). */
  readonly isPerValue?: true
  /** Total: a value or a failure for every input, never an exception, never without end. */
  readonly evaluate: (read: ReadParameters<Parameters>, context: EvaluationContext, position: number) => Outcome
}

export type ExpressionFunction = {
  readonly name: string
  /** "Left(text, count)" */
  readonly signature: string
  readonly minimum: number
  /** Null: no limit. */
  readonly maximum: number | null
  readonly returns: StaticType
  readonly parameters: readonly Parameter<unknown>[]
  /** Another form of the function, meant where the first argument is a condition (Switch). */
  readonly ofConditions?: ExpressionFunction
  readonly call: (given: readonly Argument[], context: EvaluationContext, position: number) => Outcome
}

/** Makes a function of its row: signature and number of arguments follow from the parameters. */
export function defineFunction<const Parameters extends readonly Parameter<unknown>[]>(row: FunctionRow<Parameters>): ExpressionFunction {
  const { name, returns, parameters } = row
  const callOnce = (given: readonly Argument[], context: EvaluationContext, position: number): Outcome => {
    const read = readParameters(parameters, given)
    // The tuple was read parameter by parameter, which a mapped tuple type cannot express.
    return read.ok ? row.evaluate(read.value as ReadParameters<Parameters>, context, position) : read
  }
  return {
    name, returns, parameters,
    signature: `${name}(${parameters.map(describeParameter).join(', ')})`,
    minimum: parameters.reduce((sum, parameter) => sum + parameter.minimum, 0),
    maximum: parameters.reduce<number | null>((sum, parameter) => (sum === null || parameter.maximum === null ? null : sum + parameter.maximum), 0),
    call: row.isPerValue ? (given, context, position) => callForEachValue(callOnce, given, context, position) : callOnce
  }
}

/** The same function under the name that it has in the other reference. */
export function alias(name: string, original: ExpressionFunction): ExpressionFunction {
  return { ...original, name, signature: original.signature.replace(original.name, name) }
}

function readParameters(parameters: readonly Parameter<unknown>[], given: readonly Argument[]): Result<readonly unknown[], Failure> {
  const read: unknown[] = []
  let next = 0
  for (const parameter of parameters) {
    const end = parameter.maximum === null ? given.length : next + parameter.maximum
    const result = parameter.read(given.slice(next, end))
    if (!result.ok) return result
    read.push(result.value)
    next = end
  }
  return succeed(read)
}

function callForEachValue(callOnce: ExpressionFunction['call'], given: readonly Argument[], context: EvaluationContext, position: number): Outcome {
  const [first, ...others] = given
  const values = first?.()
  if (values === undefined) return callOnce(given, context, position)
  if (!values.ok) return values
  if (values.value.length < 2) return callOnce([() => values, ...others], context, position)
  const results: Values[number][] = []
  for (const value of values.value) {
    const result = callOnce([() => succeed([value]), ...others], context, position)
    if (!result.ok) return result
    for (const one of result.value) results.push(one)
  }
  return succeed(results)
}

function describeParameter(parameter: Parameter<unknown>): string {
  if (parameter.maximum === null) return parameter.minimum === 0 ? `[${parameter.name}, …]` : `${parameter.name}, …`
  return parameter.minimum === 0 ? `[${parameter.name}]` : parameter.name
}
