import { fail, succeed } from '../../../shared/domain/result.ts'
import { nothing, onlyValue } from '../values.ts'
import { isEqual } from './comparison.ts'
import type { Argument, Evaluated, ExpressionFunction, Outcome } from './definition.ts'
import { defineFunction } from './definition.ts'
import { branch, branches, condition, pairs, text, value } from './parameters.ts'

const readCondition = condition('condition')

/** Entra Connect's own form: `Switch(IsPresent(mail), mail, True, userPrincipalName)`. None True: null. */
const switchOfConditions = defineFunction({
  name: 'Switch', returns: 'any', parameters: [pairs('condition, value')],
  evaluate: ([given]) => {
    for (const [test, chosen] of twoByTwo(given)) {
      const holds = readCondition.read([test])
      if (!holds.ok) return holds
      if (holds.value) return chosen()
    }
    return succeed(nothing)
  }
})

/** The form of Entra's provisioning: the value whose key equals the expression, otherwise the default. */
const switchOfKeys = defineFunction({
  name: 'Switch', returns: 'any', parameters: [value('expression'), branch('default'), pairs('key, value')],
  evaluate: ([expression, otherwise, given]) => {
    for (const [key, chosen] of twoByTwo(given)) {
      const values = key()
      if (!values.ok) return values
      const only = onlyValue(values.value)
      if (!only.ok) return fail(`of a key ${only.problem}`)
      if (isEqual(expression, only.value)) return chosen()
    }
    return otherwise()
  }
})

/** Functions that choose. What is not chosen is never evaluated. */
export const choiceFunctions: readonly ExpressionFunction[] = [
  defineFunction({
    name: 'IIF', returns: 'any', parameters: [condition('condition'), branch('valueIfTrue'), branch('valueIfFalse')],
    evaluate: ([holds, valueIfTrue, valueIfFalse]) => (holds ? valueIfTrue() : valueIfFalse())
  }),
  { ...switchOfKeys, ofConditions: switchOfConditions },
  defineFunction({ name: 'Coalesce', returns: 'any', parameters: [branches('value', 1)], evaluate: ([given]) => takeFirst(given) }),
  defineFunction({ name: 'Null', returns: 'any', parameters: [], evaluate: () => succeed(nothing) }),
  defineFunction({ name: 'Error', returns: 'any', parameters: [text('message')], evaluate: ([message]) => fail(message === '' ? 'the rule refuses this object' : message) })
]

/** The first that has a value; empty text is none, because a directory could not hold it. */
function takeFirst(given: readonly Argument[]): Outcome {
  for (const argument of given) {
    const values: Evaluated = argument()
    if (!values.ok || values.value.some((one) => one !== '')) return values
  }
  return succeed(nothing)
}

function twoByTwo(given: readonly Argument[]): readonly (readonly [Argument, Argument])[] {
  const empty: Argument = () => succeed(nothing)
  return given.flatMap((first, index) => (index % 2 === 0 ? [[first, given[index + 1] ?? empty] as const] : []))
}
