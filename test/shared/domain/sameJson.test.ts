import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sameJson } from '../../../src/shared/domain/sameJson.ts'

type Case = { readonly left: unknown; readonly right: unknown; readonly same: boolean }

it.each<Case>([
  { left: { a: 1, b: [2] }, right: { b: [2], a: 1 }, same: true },
  { left: { a: 1 }, right: { a: 1, b: 2 }, same: false },
  { left: { a: 1 }, right: { b: 1 }, same: false },
  { left: [1, 2], right: [2, 1], same: false },
  { left: [], right: {}, same: false },
  { left: {}, right: null, same: false },
  { left: { toString: 1 }, right: { other: 1 }, same: false },
  { left: '1', right: 1, same: false },
])('$left and $right: $same', ({ left, right, same }) => {
  expect(sameJson(left, right)).toBe(same)
  expect(sameJson(right, left)).toBe(same)
})

it('agrees with node:util about every pair of JSON values', () => {
  // Small values, so that many pairs are equal or nearly so. JSON has one zero.
  const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  fc.assert(fc.property(json, json, (left, right) => {
    expect(sameJson(left, right)).toBe(isDeepStrictEqual(left, right))
    expect(sameJson(left, structuredClone(left))).toBe(true)
  }))
})
