import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMetaverseContent, writeMetaverseContent } from '../../../src/main/store/sqlite/metaverseContent.ts'
import { canonicalJson } from '../../../src/shared/domain/canonicalJson.ts'
import type { MetaverseAttribute } from '../../../src/shared/domain/metaverse.ts'

const values = fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxLength: 3 })
const contribution = fc.record({ connector: fc.constantFrom('entra' as const, 'ad' as const), anchor: fc.constantFrom('a', 'b', 'a:b'), rule: fc.constantFrom('in', 'b:in'), source: fc.string({ maxLength: 4 }), values })
const loser = fc.tuple(contribution, fc.constantFrom('lowerPrecedence' as const, 'null' as const, 'initialOnly' as const)).map(([lost, why]) => ({ ...lost, why }))
const attribute: fc.Arbitrary<MetaverseAttribute> = fc.oneof(
  fc.tuple(contribution, fc.array(loser, { maxLength: 2 })).map(([winner, losers]) => ({ values: winner.values, winner, losers })),
  fc.record({ values, winner: contribution, losers: fc.array(loser, { maxLength: 2 }), merged: fc.array(contribution, { maxLength: 2 }) }),
)
const link = fc.record({ connector: fc.constantFrom('entra' as const, 'ad' as const), anchor: fc.string({ maxLength: 4 }), origin: fc.constant({ kind: 'projected' as const, rule: 'in' }) })
const person = fc.record({ attributes: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('1', '__proto__', 'toString')), attribute), links: fc.uniqueArray(link, { maxLength: 2, selector: ({ connector, anchor }) => `${connector}:${anchor}` }) })

describe('a person as stored', () => {
  it('comes back with every value, contributor and loser, whatever it is called', () => {
    fc.assert(fc.property(person, ({ attributes, links }) => {
      const read = readMetaverseContent(writeMetaverseContent({ attributes, links }))
      expect(canonicalJson(read.attributes)).toBe(canonicalJson(attributes))
      expect(new Set(read.links.map(canonicalJson))).toEqual(new Set(links.map(canonicalJson)))
    }))
  })

  it('is one text, whatever the order of links and attributes', () => {
    fc.assert(fc.property(person, ({ attributes, links }) => {
      const turned = { attributes: Object.fromEntries(Object.entries(attributes).toReversed()), links: links.toReversed() }
      expect(writeMetaverseContent(turned)).toBe(writeMetaverseContent({ attributes, links }))
    }))
  })

  it('takes less than half of what it means where one guest contributes everything', () => {
    const origin = { connector: 'entra' as const, anchor: '3f2a7c10-0000-4000-8000-000000000000', rule: 'Entra-B2B-IN' }
    const attributes = Object.fromEntries(['uid', 'displayName', 'email', 'sn'].map((name) => {
      const winner = { ...origin, source: name, values: [`value of ${name}`] }
      return [name, { values: winner.values, winner, losers: [] }]
    }))
    expect(writeMetaverseContent({ attributes, links: [] }).length).toBeLessThan(JSON.stringify({ attributes, links: [] }).length / 2)
  })
})
