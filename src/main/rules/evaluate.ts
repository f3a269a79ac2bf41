import { fail, succeed } from '../../shared/domain/result.ts'
import type { EvaluationContext } from './compiled.ts'
import type { Argument, Evaluated, Failure } from './functions/definition.ts'
import type { CallNode, ConcatenationNode, Node, ParameterNode } from './syntax.ts'
import { joinTexts, onlyValue, textOfValue } from './values.ts'

/**
 * Evaluates a parsed expression. Total: the depth of a node is limited by the parser, every function ends, and no text
 * grows beyond `longestText`.
 */
export function evaluate(node: Node, context: EvaluationContext): Evaluated {
  switch (node.kind) {
    case 'literal':
      return succeed([node.value])
    case 'attribute':
      return succeed(context.read(node.name))
    case 'parameter':
      return readParameter(node, context)
    case 'concatenation':
      return concatenate(node, context)
    case 'call':
      return call(node, context)
  }
}

/** A parameter that nobody set is a mistake of the configuration: as empty text it would make DNs of the wrong place. */
function readParameter(node: ParameterNode, context: EvaluationContext): Evaluated {
  const value = context.parameter(node.name)
  return value === null ? fail({ kind: 'evaluation', message: `The parameter %${node.name}% has no value in the configuration.`, position: node.position }) : succeed([value])
}

/** Numbers become text and null is empty text, as in MIM and Entra Connect. */
function concatenate(node: ConcatenationNode, context: EvaluationContext): Evaluated {
  const texts: string[] = []
  for (const part of node.parts) {
    const values = evaluate(part, context)
    if (!values.ok) return values
    const only = onlyValue(values.value)
    if (!only.ok) return explainFailure(only.problem, part.position, '+')
    texts.push(only.value === null ? '' : textOfValue(only.value))
  }
  const joined = joinTexts(texts, '')
  return joined.ok ? succeed([joined.value]) : explainFailure(joined.problem, node.position, '+')
}

function call(node: CallNode, context: EvaluationContext): Evaluated {
  const given = node.arguments.map((argument): Argument => () => evaluate(argument, context))
  const outcome = node.function.call(given, context, node.position)
  return outcome.ok ? outcome : explainFailure(outcome.problem, node.position, node.function.name)
}

/** The problem of an argument stays where it arose; a sentence about the arguments gets the place of the call. */
function explainFailure(failure: Failure, position: number, name: string): Evaluated {
  if (typeof failure !== 'string') return fail(failure)
  // The text of Error(…) may be a whole sentence already.
  const end = failure.endsWith('.') ? '' : '.'
  return fail({ kind: 'evaluation', message: `${name}: ${failure}${end}`, position })
}
