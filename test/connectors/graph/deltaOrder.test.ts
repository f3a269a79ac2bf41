import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeltaChange, EntraReader } from '../../../src/main/connectors/connector.ts'
import { createEntraReader } from '../../../src/main/connectors/graph/entraReader.ts'
import type { MergedChange } from '../../../src/main/connectors/graph/deltaRound.ts'
import { addToRound } from '../../../src/main/connectors/graph/deltaRound.ts'
import type { UserChange } from '../../../src/main/connectors/graph/userChange.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'
import type { GraphServer } from '../../fixtures/graphServer.ts'
import { startGraphServer } from '../../fixtures/graphServer.ts'
import { answerLooksWith, connectionTo, deltaPage, guest, idOf, page, readDelta, recordWaits, watermarkOf } from './world.ts'

/** What a round may say about one of five users; of each the tenant has a present state too. */
const element = fc.record({
  id: fc.integer({ min: 1, max: 5 }).map(idOf),
  says: fc.oneof(
    fc.record({ displayName: fc.constantFrom('A', 'B', null) }),
    fc.record({ surname: fc.constantFrom('C', null) }),
    fc.record({ userType: fc.constantFrom('Guest', 'Member') }),
    fc.constantFrom({ '@removed': { reason: 'changed' } }, { '@removed': { reason: 'deleted' } }, {}),
  ),
}).map(({ id, says }) => ({ id, ...says }))

/** The same elements in another order, some of them more than once, cut into pages somewhere. */
const deliveries = fc.array(element, { maxLength: 10 }).chain((elements) => {
  const replayed = fc.shuffledSubarray(elements).chain((again) => fc.shuffledSubarray([...elements, ...again], { minLength: elements.length + again.length }))
  return fc.tuple(fc.constant(elements), replayed, fc.integer({ min: 0, max: 10 }))
})

describe('any order and repetition of the pages of a delta gives the same result', () => {
  let server: GraphServer
  let reader: EntraReader
  let watermark: string
  const known = [idOf(1), idOf(2), idOf(3)]
  /** The fourth is a guest that nobody knows yet, the third a member, the fifth does not exist any more. */
  const tenant = [guest(1, { displayName: 'A', surname: 'C' }), guest(2, { displayName: 'B' }), guest(3, { userType: 'Member' }), guest(4)]

  beforeAll(async () => {
    const authority = await makeAuthority()
    server = await startGraphServer(authority)
    reader = createEntraReader(connectionTo(server, authority), recordWaits())
    server.playUsers(page(server, []))
    watermark = await watermarkOf(reader, ['displayName', 'surname'])
    answerLooksWith(server, tenant)
  })
  afterAll(async () => { await server.close() })

  async function deliver(pages: readonly (readonly unknown[])[]): Promise<ReadonlyMap<string, DeltaChange>> {
    server.play('delta', ...pages.map((elements, index) => deltaPage(server, elements, index === pages.length - 1 ? { end: 'end' } : { skip: `page${index}` })))
    const { changes, problem } = await readDelta(reader, watermark, known, ['displayName', 'surname'])
    expect(problem).toBeNull()
    const anchors = changes.map((change) => (change.kind === 'replaced' ? change.object.anchor : change.anchor))
    expect(new Set(anchors).size).toBe(anchors.length)
    return new Map(changes.map((change, index) => [anchors[index] ?? '', change]))
  }

  test('over the protocol', async () => {
    await fc.assert(fc.asyncProperty(deliveries, async ([elements, replayed, cut]) => {
      expect(await deliver([replayed.slice(0, cut), replayed.slice(cut)])).toEqual(await deliver([elements]))
    }), { numRuns: 60 })
  })

  test('and is never one that the present state contradicts', async () => {
    await fc.assert(fc.asyncProperty(deliveries, async ([elements]) => {
      const names = new Set(elements.flatMap((each) => ('displayName' in each && each.id === idOf(1) ? [each.displayName] : [])))
      const change = (await deliver([elements])).get(idOf(1))
      if (names.size < 2 || change?.kind === 'removed') return
      expect(change).toMatchObject({ kind: 'replaced', object: { attributes: { displayName: ['A'], surname: ['C'] } } })
    }), { numRuns: 40 })
  })

  test('in the merging itself', () => {
    const change: fc.Arbitrary<UserChange> = fc.oneof(
      fc.constantFrom('changed' as const, 'deleted' as const).map((reason) => ({ kind: 'removed' as const, anchor: idOf(1), reason })),
      fc.dictionary(fc.constantFrom('displayName', 'surname', '__proto__', 'toString'), fc.constantFrom([], ['A'], ['B'], ['A', 'B'])).map((attributes) => ({ kind: 'changed' as const, anchor: idOf(1), attributes })),
    )
    const essence = (changes: readonly UserChange[]) => {
      const round = new Map<string, MergedChange>()
      for (const each of changes) addToRound(round, each)
      const { removed, isContradictory, attributes } = round.get(idOf(1)) ?? { removed: null, isContradictory: false, attributes: null }
      return { removed, isContradictory, attributes: isContradictory ? Object.keys(attributes ?? {}).sort() : attributes }
    }
    fc.assert(fc.property(fc.array(change, { minLength: 1 }).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }))), ([all, replayed]) => {
      expect(essence(replayed)).toEqual(essence(all))
    }))
  })
})
