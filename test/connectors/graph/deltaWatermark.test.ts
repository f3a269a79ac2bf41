import * as fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EntraReader } from '../../../src/main/connectors/connector.ts'
import { readWatermark, writeWatermark } from '../../../src/main/connectors/graph/deltaWatermark.ts'
import type { EntraConnection } from '../../../src/main/connectors/graph/entraConnection.ts'
import { createEntraReader } from '../../../src/main/connectors/graph/entraReader.ts'
import type { Authority } from '../../fixtures/certificates.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'
import type { GraphServer, Reply } from '../../fixtures/graphServer.ts'
import { graphError, startGraphServer, text } from '../../fixtures/graphServer.ts'
import { connectionTo, deltaPage, idOf, page, readDelta, recordWaits, watermarkOf } from './world.ts'

let authority: Authority
let server: GraphServer

beforeAll(async () => { authority = await makeAuthority() })
beforeEach(async () => { server = await startGraphServer(authority) })
afterEach(async () => { await server.close() })

const readerOf = (more: Partial<EntraConnection> = {}): EntraReader => createEntraReader(connectionTo(server, authority, more), recordWaits())

test('a watermark gives back the link and every member, sixteen bytes each', () => {
  const binding = { tenant: 'a', filter: "userType eq 'Guest'", group: idOf(8), selected: ['id', 'mail'] }
  fc.assert(fc.property(fc.array(fc.uuid(), { maxLength: 50 }), (members) => {
    const watermark = { deltaLink: 'https://graph.example.com/v1.0/users/delta?$deltatoken=a', members }
    expect(readWatermark(writeWatermark(binding, watermark), binding, 'https://graph.example.com')).toEqual({ ok: true, value: watermark })
  }))
})

describe('a watermark that is of no use', () => {
  test.each<[string, Reply]>([
    ['400 syncStateNotFound', graphError(400, 'SyncStateNotFound')], ['404 syncStateNotFound', graphError(404, 'syncStateNotFound')],
    ['410 syncStateNotFound', graphError(410, 'SYNCSTATENOTFOUND')],
    ['410 resyncRequired', graphError(410, 'resyncRequired', 'Start over.', { location: 'https://graph.example.com/v1.0/users/delta?$deltatoken=' })],
    ['410 with a Location and no body', text(410, '', { location: 'https://graph.example.com/v1.0/users/delta?$deltatoken=' })],
  ])('Graph forgot it: %s', async (_, reply) => {
    const reader = readerOf()
    server.playUsers(page(server, []))
    const watermark = await watermarkOf(reader)
    server.play('delta', reply)
    const { problem, pages } = await readDelta(reader, watermark, [])
    expect(problem).toMatchObject({ kind: 'deltaExpired', remedy: expect.stringContaining('full import') as string })
    expect(pages).toEqual([])
    expect(server.requests.every((request) => request.url.origin === server.url)).toBe(true)
  })

  test.each<[string, Partial<EntraConnection>, readonly string[]]>([
    ['other attributes', {}, ['mail']], ['another filter', { filter: "userType eq 'Member'" }, []], ['no filter', { filter: '' }, []],
    ['another tenant', { tenantId: idOf(7) }, []], ['a group', { scopeGroup: idOf(8) }, []], ['another service', { graphUrl: 'https://127.0.0.1:1' }, []],
  ])('it was made without %s', async (_, more, attributes) => {
    server.playUsers(page(server, []))
    const watermark = await watermarkOf(readerOf())
    const sent = server.requests.length
    expect((await readDelta(readerOf(more), watermark, [], attributes)).problem?.kind).toBe('deltaExpired')
    expect(server.requests).toHaveLength(sent)
  })

  test.each(['', 'null', '{}', '{"version":2}', '{"version":1,"tenant":7}'])('it is %j', async (watermark) => {
    expect((await readDelta(readerOf(), watermark, [])).problem?.kind).toBe('deltaExpired')
  })

  test('the order and the case in which attributes are asked for do not matter', async () => {
    server.playUsers(page(server, []))
    const watermark = await watermarkOf(readerOf(), ['mail', 'displayName'])
    server.play('delta', deltaPage(server, [], { end: 'b' }))
    expect((await readDelta(readerOf(), watermark, [], ['DISPLAYNAME', 'mail'])).problem).toBeNull()
  })
})
