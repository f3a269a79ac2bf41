import { describe, expect, it } from 'vitest'
import { csvHeader, renderCsv } from '../../src/main/runs/csv.ts'
import { createOf, updateOf } from './sampleChanges.ts'

const from = { rule: 'r', source: 'surname', connector: 'entra' } as const
const withSurname = (after: string) => renderCsv(updateOf(1, { attributes: [{ name: 'sn', before: ['old'], after: [after], from }] }), 'h')

/** RFC 4180, as a spreadsheet reads it. */
function parse(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  let field = ''
  let isQuoted = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? ''
    if (isQuoted && character === '"' && text[index + 1] === '"') {
      field += '"'
      index += 1
    } else if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && character === ',') {
      rows.at(-1)?.push(field)
      field = ''
    } else if (!isQuoted && text.startsWith('\r\n', index)) {
      rows.at(-1)?.push(field)
      field = ''
      rows.push([])
      index += 1
    } else field += character
  }
  return rows.slice(0, -1)
}

describe('a plan as CSV', () => {
  it('has one line an attribute, each with as many fields as the header', () => {
    const rows = parse(csvHeader() + renderCsv(createOf(1), 'hash'))
    expect(rows).toHaveLength(1 + createOf(1).attributes.length)
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
  })

  it('never holds a value that is made at the moment of the write', () => {
    expect(renderCsv(createOf(1), 'hash')).toContain('unicodePwd,,(generated at the export)')
  })

  it.each(['=1+1', '+49 30 1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1'])('defuses what a spreadsheet would take for a formula: %j', (value) => {
    expect(parse(withSurname(value))[0]?.[8]).toBe(`'${value}`)
  })

  it.each(['Souza', 'Müller, "Ana"', 'two\r\nlines', ' blank ', '5 = 5'])('keeps %j as it is', (value) => {
    expect(parse(withSurname(value))[0]?.[8]).toBe(value)
  })

  it('has a line for a change without attributes', () => {
    expect(parse(renderCsv(updateOf(1, { kind: 'delete', attributes: [] }), 'hash'))).toHaveLength(1)
  })
})
