import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import type { ExpressionFunction, Parameter } from './functions/definition.ts'
import { typeOf } from './staticType.ts'
import type { CallNode, ExpressionProblem, Node } from './syntax.ts'

/** Makes a call whose arguments fit the function as far as that can be known before any attribute has a value. */
export function buildCall(found: ExpressionFunction, given: readonly Node[], position: number): Result<CallNode, ExpressionProblem> {
  const called = chooseForm(found, given)
  const isTooMany = called.maximum !== null && given.length > called.maximum
  if (given.length < called.minimum || isTooMany) {
    const message = `${called.name} takes ${describeArguments(called)}, but was given ${given.length}: ${called.signature}.`
    return fail({ message, position, expected: [called.signature] })
  }
  if (isPairBroken(called, given.length)) {
    return fail({ message: `The arguments of ${called.name} do not pair up: ${called.signature}.`, position, expected: [called.signature] })
  }
  const fitted: Node[] = []
  for (const [index, argument] of given.entries()) {
    const parameter = parameterAt(called.parameters, index)
    if (parameter === null) continue
    const node = fitChoice(argument, parameter)
    const problem = findMismatch(node, parameter, called)
    if (problem !== null) return fail(problem)
    fitted.push(node)
  }
  return succeed({ kind: 'call', function: called, arguments: fitted, position })
}

function chooseForm(found: ExpressionFunction, given: readonly Node[]): ExpressionFunction {
  const [first] = given
  return found.ofConditions !== undefined && first !== undefined && typeOf(first) === 'boolean' ? found.ofConditions : found
}

function isPairBroken({ parameters, minimum }: ExpressionFunction, given: number): boolean {
  return parameters.at(-1)?.isPaired === true && (given - minimum) % 2 !== 0
}

function describeArguments({ minimum, maximum }: ExpressionFunction): string {
  if (maximum === 0) return 'no arguments'
  if (maximum === null) return `at least ${countArguments(minimum)}`
  return minimum === maximum ? countArguments(minimum) : `${minimum} to ${countArguments(maximum)}`
}

function countArguments(count: number): string {
  return count === 1 ? '1 argument' : `${count} arguments`
}

/** The parameter that an argument belongs to; the last one may take all that remain. */
function parameterAt(parameters: readonly Parameter<unknown>[], index: number): Parameter<unknown> | null {
  const last = parameters.at(-1) ?? null
  return parameters[index] ?? (last?.maximum === null ? last : null)
}

/** `vbTextCompare` looks like an attribute, but the function knows it as a word. */
function fitChoice(node: Node, parameter: Parameter<unknown>): Node {
  if (node.kind !== 'attribute') return node
  const word = parameter.choices.find((known) => known.toLowerCase() === node.name.toLowerCase())
  return word === undefined ? node : { kind: 'literal', value: word, isNumber: false, position: node.position }
}

function findMismatch(node: Node, parameter: Parameter<unknown>, called: ExpressionFunction): ExpressionProblem | null {
  const type = typeOf(node)
  const inside = `${called.name}: ${parameter.name}`
  if (parameter.takes === 'condition' && (type === 'text' || type === 'number') && node.kind !== 'literal') {
    return { message: `${inside} must be a condition, for example Eq(employeeType, "Guest").`, position: node.position, expected: ['a condition'] }
  }
  if (parameter.takes === 'number' && type === 'boolean') return { message: `${inside} must be a number, not a condition.`, position: node.position, expected: ['a number'] }
  if (node.kind !== 'literal' || !parameter.isRead) return null
  const read = parameter.read([() => succeed([node.value])])
  if (read.ok) return null
  const message = typeof read.problem === 'string' ? read.problem : read.problem.message
  return { message: `${called.name}: ${message}.`, position: node.position, expected: parameter.choices }
}
