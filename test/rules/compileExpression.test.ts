import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileAttribute, compileConstant, compileExpression, namesOf } from '../../src/main/rules/compileExpression.ts'
import type { EvaluationContext } from '../../src/main/rules/compiled.ts'
import { expressionFunctions } from '../../src/main/rules/functions/catalogue.ts'
import { parseExpression } from '../../src/main/rules/parser.ts'
import { printExpression } from '../../src/main/rules/printExpression.ts'
import { valuesOf } from '../../src/shared/domain/attributes.ts'
import { attributes, conformance, now, parameters } from './conformance.ts'

const context: EvaluationContext = {
  read: (name) => valuesOf(attributes, name),
  parameter: (name) => parameters[name.toLowerCase()] ?? null,
  now,
  seed: 'seed'
}

function problemOf(text: string) {
  const compiled = compileExpression(text)
  return compiled.ok ? 'no problem' : compiled.problem
}

describe('problems of an expression', () => {
  it.each([
    ['', 1, 'The expression is empty'],
    ['   ', 1, 'The expression is empty'],
    ['"abc', 1, 'The text that begins here is not closed by "'],
    ['"a" + "b""', 7, 'The text that begins here is not closed by "'],
    ['[mail', 1, 'The name of an attribute that begins here is not closed by ]'],
    ['"x" + %Domain', 7, 'The name of a parameter that begins here is not closed by %'],
    ['[ ]', 1, 'The name of the attribute is missing'],
    ['Left(“abc”, 2)', 6, 'Text stands in straight quotation marks'],
    ['a ? b', 3, '? has no meaning here'],
    ['😀', 1, '😀 has no meaning here'],
    ['mail +', 7, 'The expression ends too early'],
    ['+ mail', 1, '+ cannot stand here'],
    ['mail sn', 6, 'sn cannot stand here'],
    ['12abc', 3, 'abc cannot stand here'],
    ['(mail', 6, 'The expression ends too early'],
    ['mail)', 5, ') cannot stand here'],
    ['Left(mail 3)', 11, '3 cannot stand here'],
    ['Left(mail,, 3)', 11, ', cannot stand here'],
    ['a = b = c', 7, 'Comparisons are not chained'],
    ['"x" + Lfet(mail, 3)', 7, 'There is no function Lfet. Did you mean Left?'],
    ['Frobnicate(mail)', 1, 'There is no function Frobnicate.'],
    ['Left(mail)', 1, 'Left takes 2 arguments, but was given 1: Left(text, count).'],
    ['CRLF(1)', 1, 'CRLF takes no arguments, but was given 1'],
    ['Concatenate()', 1, 'Concatenate takes at least 1 argument, but was given 0'],
    ['InStr(mail)', 1, 'InStr takes 2 to 4 arguments, but was given 1'],
    ['Left(mail, "x")', 12, 'count is a whole number, not "x"'],
    ['Left(mail, IsNull(mail))', 12, 'count must be a number, not a condition'],
    ['InStr(mail, "a", 1, "vbTextual")', 21, 'compare is one of vbBinaryCompare, vbTextCompare'],
    ['IIF(mail + "x", 1, 2)', 5, 'condition must be a condition, for example Eq(employeeType, "Guest")'],
    ['IIF("x", 1, 2)', 5, 'condition is True or False, not "x"'],
    ['Switch(mail, "d", "a", "b", "c")', 1, 'The arguments of Switch do not pair up'],
    ['Switch(IsNull(mail), "d", True)', 1, 'The arguments of Switch do not pair up'],
    ['9'.repeat(401), 1, 'The number has too many digits'],
    [`"${'x'.repeat(10_000)}"`, 10_001, 'at most 10000 are allowed']
  ])('says of %j that at %i %s', (text, position, message) => {
    expect(problemOf(text)).toMatchObject({ position, message: expect.stringContaining(message) as string })
  })

  it('says what could have stood there', () => {
    expect(problemOf('Left(mail')).toMatchObject({ position: 10, expected: [',', ')', '+'] })
    expect(problemOf('Lfet(mail, 3)')).toMatchObject({ expected: ['Left'] })
  })

  it('allows 64 levels of parentheses and calls, and no more', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}mail${')'.repeat(depth)}`
    const calls = (depth: number) => `${'Trim('.repeat(depth)}mail${')'.repeat(depth)}`
    expect([compileExpression(nested(64)).ok, compileExpression(calls(64)).ok]).toEqual([true, true])
    expect(problemOf(nested(65))).toMatchObject({ position: 65, message: expect.stringContaining('64 levels') as string })
    expect(problemOf(calls(65))).toMatchObject({ position: 64 * 5 + 1 })
    expect(problemOf('('.repeat(9999))).toMatchObject({ message: expect.stringContaining('64 levels') as string })
  })

  it('does not count the length of a concatenation as depth', () => {
    const long = Array.from({ length: 2000 }, () => 'sn').join(' + ')
    expect(compileExpression(long)).toMatchObject({ ok: true })
  })
})

describe('problems of an evaluation', () => {
  it('stand where the failing part begins, counted from 1', () => {
    const compiled = compileExpression('"CN=" + EscapeDNComponent(absent)')
    expect(compiled.ok && compiled.value.evaluate(context)).toMatchObject({ ok: false, problem: { kind: 'evaluation', position: 9 } })
  })

  it('end an evaluation whose text would grow without limit', () => {
    const grown = Array.from({ length: 20 }).reduce<string>((inner) => `Replace(${inner}, "a", "aaaaaaaaaa")`, '"a"')
    const compiled = compileExpression(grown)
    expect(compiled.ok && compiled.value.evaluate(context)).toMatchObject({ ok: false, problem: { message: expect.stringContaining('longer than') as string } })
  })
})

describe('a compiled expression', () => {
  it('knows the attributes that it may read, each once, in their order', () => {
    const compiled = compileExpression('IIF(IsPresent(mail), [sn] + mail, %Domain.FQDN% + Left(cn, 3)) + True')
    expect(compiled.ok && compiled.value.attributes).toEqual(['mail', 'sn', 'cn'])
    const node = parseExpression('%a% + [b] + %a% + Trim(%c%)')
    expect(node.ok && namesOf(node.value, 'parameter')).toEqual(['a', 'c'])
  })

  it('passes all values of an attribute as they are, empty text aside', () => {
    expect(compileAttribute('numbers').evaluate(context)).toEqual({ ok: true, value: [3, 1, 2] })
    expect(compileAttribute('empty').evaluate(context)).toEqual({ ok: true, value: [] })
    expect(compileAttribute('odd ] name').attributes).toEqual(['odd ] name'])
  })

  it('gives a constant with its type', () => {
    expect(compileConstant(262_656).evaluate(context)).toEqual({ ok: true, value: [262_656] })
    expect(compileConstant(false).evaluate(context)).toEqual({ ok: true, value: [false] })
  })

  it('ignores the case of function names and allows blanks and lines between tokens', () => {
    const compiled = compileExpression('lEFT (\n  displayName ,\t3 )')
    expect(compiled.ok && compiled.value.evaluate(context)).toEqual({ ok: true, value: ['Bri'] })
  })
})

describe('properties of the language', () => {
  const tokens = fc.constantFrom(
    '"a"', '"', '""', '[', ']', 'mail', '[proxyAddresses]', '%GuestOu%', '%', '(', ')', ',', '+', '&', '=', '<', '<>', '-', '-1', '0', '99999999999999999999', '&HFF',
    'True', 'Null', '😀', '\ud83d', '\n', ' ', ...expressionFunctions.map((one) => one.name), ...expressionFunctions.map((one) => `${one.name}(`)
  )
  const soup = fc.array(tokens, { maxLength: 40 }).map((parts) => parts.join(''))

  const leaf = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => `"${text.replaceAll('"', '""')}"`),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => number.toFixed(3)),
    fc.constantFrom(...Object.keys(attributes).map((name) => `[${name}]`), '[absent]', '%GuestOu%', 'True', 'Null', 'vbTextCompare', '"d"', '"yyyy"')
  )
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      leaf,
      fc.tuple(fc.constantFrom(...expressionFunctions), fc.array(tie('expression'), { maxLength: 5 })).map(([called, given]) => {
        const wanted = Math.max(called.minimum, Math.min(given.length, called.maximum ?? given.length))
        return `${called.name}(${[...given, '1', 'sn', '"x"', '2', '"y"'].slice(0, wanted).join(', ')})`
      }),
      fc.tuple(tie('expression'), fc.constantFrom('+', '=', '<', '>='), tie('expression')).map(([left, operator, right]) => `(${left} ${operator} ${right})`)
    )
  }))

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
      const compiled = compileExpression(text)
      if (compiled.ok) expect(compiled.value.evaluate(context)).toHaveProperty('ok')
      else expect(compiled.problem.position).toBeGreaterThanOrEqual(1)
      if (!compiled.ok) expect(compiled.problem.position).toBeLessThanOrEqual(text.length + 1)
    }), { numRuns: 3000 })
  })

  it('evaluates every expression to values or to a problem with a place, and to the same again', () => {
    let evaluated = 0
    fc.assert(fc.property(expression, (text) => {
      const compiled = compileExpression(text)
      if (!compiled.ok) return
      evaluated += 1
      const result = compiled.value.evaluate(context)
      expect(compiled.value.evaluate(context)).toEqual(result)
      if (result.ok) expect(result.value).not.toContain('')
      else expect(result.problem.position).toBeLessThanOrEqual(text.length)
    }), { numRuns: 3000 })
    expect(evaluated).toBeGreaterThan(1000)
  })

  it('is the same after printing and parsing again', () => {
    const print = (text: string): string | null => {
      const node = parseExpression(text)
      return node.ok ? printExpression(node.value) : null
    }
    const rows = Object.values(conformance).flat().map((row) => row.expression)
    fc.assert(fc.property(fc.oneof(expression, fc.constantFrom(...rows)), (text) => {
      const printed = print(text)
      if (printed === null) return
      expect(print(printed)).toBe(printed)
      const [first, again] = [compileExpression(text), compileExpression(printed)]
      const valueOf = (compiled: typeof first) => {
        const result = compiled.ok ? compiled.value.evaluate({ ...context, seed: 'x' }) : null
        return result?.ok === true ? result.value : null
      }
      // The values derived from a place differ when the place does.
      if (!/GUID\(|RandomNum\(/i.test(text)) expect(valueOf(again)).toEqual(valueOf(first))
    }), { numRuns: 2000 })
  })

  it('never leaves half a surrogate pair where it cuts', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 })
    fc.assert(fc.property(text, fc.integer({ min: -3, max: 20 }), fc.integer({ min: -3, max: 20 }), (given, first, second) => {
      const read: EvaluationContext = { ...context, read: () => [given] }
      for (const cut of [`Left(x, ${first})`, `Right(x, ${first})`, `Mid(x, ${first}, ${second})`, 'Word(x, 1, "😀")', 'ProperCase(x)', 'UpperCase(x)']) {
        const compiled = compileExpression(cut)
        const result = compiled.ok ? compiled.value.evaluate(read) : compiled
        expect(result.ok && result.value.every((value) => String(value).isWellFormed())).toBe(true)
      }
    }))
  })

  it('keeps the length of a text that it makes upper or lower case', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (given) => {
      const compiled = compileExpression('Len(UpperCase(x)) + "," + Len(LowerCase(x))')
      const result = compiled.ok ? compiled.value.evaluate({ ...context, read: () => [given] }) : compiled
      expect(result).toEqual({ ok: true, value: [`${given.length},${given.length}`] })
    }))
  })
})
