import { expect, it } from 'vitest'
import { isoFromFileTime } from '../../../src/main/connectors/ad/fileTime.ts'

it.each([
  ['116444736000000000', '1970-01-01T00:00:00.000Z'], ['132223104000000000', '2020-01-01T00:00:00.000Z'], ['132223104009999999', '2020-01-01T00:00:00.999Z'], ['1', '1601-01-01T00:00:00.000Z'],
  ['0', null], ['9223372036854775807', null], ['2650467743999999999', '9999-12-31T23:59:59.999Z'], ['2650467744000000000', null], ['-1', null], ['', null], ['soon', null],
])('reads %s as %s', (ticks, iso) => {
  expect(isoFromFileTime(ticks)).toBe(iso)
})
