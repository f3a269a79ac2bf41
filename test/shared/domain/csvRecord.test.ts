import { expect, test } from 'vitest'
import { renderCsvRecord } from '../../../src/shared/domain/csvRecord.ts'

test.each([
  ['a plain value', 'Ana', 'Ana'],
  ['a comma', 'Prado, Mariana', '"Prado, Mariana"'],
  ['a quotation mark', 'Pat "Paddy"', '"Pat ""Paddy"""'],
  ['a line break', 'Line\nBreak', '"Line\nBreak"'],
  ['a blank at the end', 'Ana ', '"Ana "'],
  ['a formula', '=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['a formula in full width', '\uff1d1+1', '\'\uff1d1+1'],
  ['a number with a sign', '-1', '\'-1'],
])('a field with %s stays one field and no formula', (_what, value, written) => {
  expect(renderCsvRecord(['id', value])).toBe(`id,${written}\r\n`)
})
