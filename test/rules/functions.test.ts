import { describe, expect, it } from 'vitest'
import { compileExpression } from '../../src/main/rules/compileExpression.ts'
import type { EvaluationContext } from '../../src/main/rules/compiled.ts'
import { expressionFunctions } from '../../src/main/rules/functions/catalogue.ts'
import type { Row } from './conformance.ts'
import { attributes, conformance, now, parameters } from './conformance.ts'

const context: EvaluationContext = {
  read: (name) => attributes[name] ?? [],
  parameter: (name) => parameters[name.toLowerCase()] ?? null,
  now,
  seed: 'seed|5f0c1e5a|AD-B2B-OUT|attribute'
}

function check({ expression, expected }: Row): void {
  const compiled = compileExpression(expression)
  const result = compiled.ok ? compiled.value.evaluate(context) : compiled
  if ('fails' in expected) {
    expect(result.ok ? result.value : result.problem.message).toContain(expected.fails)
  } else {
    expect(result).toEqual({ ok: true, value: expected })
  }
}

describe.each(Object.entries(conformance))('%s', (_, rows) => {
  it.each(rows.map((row) => [row.expression, row] as const))('%s', (_expression, row) => check(row))
})

describe('the conformance table', () => {
  const rows = Object.values(conformance).flat()

  it('has a row for every function', () => {
    const text = rows.map((row) => row.expression.toLowerCase()).join('\n')
    expect(expressionFunctions.map((one) => one.name).filter((name) => !text.includes(`${name.toLowerCase()}(`))).toEqual([])
  })

  it('asks nothing twice', () => {
    const expressions = rows.map((row) => row.expression)
    expect(expressions.filter((expression, index) => expressions.indexOf(expression) < index)).toEqual([])
  })
})

describe('RandomNum and GUID', () => {
  const evaluateWith = (seed: string, expression: string) => {
    const compiled = compileExpression(expression)
    return compiled.ok ? compiled.value.evaluate({ ...context, seed }) : compiled
  }

  it('give the same again for the same seed, so that a replay gives the same plan', () => {
    expect(evaluateWith('a', 'GUID() + RandomNum(1, 1000000)')).toEqual(evaluateWith('a', 'GUID() + RandomNum(1, 1000000)'))
  })

  it('differ between seeds and between places of one expression', () => {
    const made = ['a', 'b', 'a\u0000', ''].map((seed) => JSON.stringify(evaluateWith(seed, 'GUID()')))
    expect(new Set(made).size).toBe(4)
    expect(evaluateWith('a', 'IIF(GUID() = GUID(), "same", "different")')).toEqual({ ok: true, value: ['different'] })
  })

  it('spread over the whole range', () => {
    const seen = new Set(Array.from({ length: 400 }, (_, index) => JSON.stringify(evaluateWith(`seed${index}`, 'RandomNum(1, 10)'))))
    expect(seen.size).toBe(10)
  })
})
