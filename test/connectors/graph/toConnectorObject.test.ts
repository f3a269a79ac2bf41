import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toConnectorObject } from '../../../src/main/connectors/graph/toConnectorObject.ts'
import { selectAttributes } from '../../../src/main/connectors/graph/userAttributes.ts'
import { guest, idOf } from './world.ts'

const read = (element: unknown, asked: readonly string[] = []) =>
  toConnectorObject(element, 'element 1 of page 1', new Set(selectAttributes(asked).map((name) => name.toLowerCase())))
const attributesOf = (element: unknown, asked: readonly string[]) => {
  const result = read(element, asked)
  return result.ok ? result.value.attributes : result.problem
}

describe('values', () => {
  test('is anchored by the id in lower case, which the rules see too', () => {
    expect(read(guest(1, { id: idOf(1).replaceAll('0', 'A').slice(0, 8).concat(idOf(1).slice(8)) }))).toMatchObject({
      ok: true, value: { connector: 'entra', anchor: `aaaaaaaa${idOf(1).slice(8)}`, objectType: 'user', dn: null, attributes: { id: [`aaaaaaaa${idOf(1).slice(8)}`] } },
    })
  })

  test('null, absent, empty text and empty list are no value', () => {
    const attributes = attributesOf(guest(1, { mail: null, surname: '', otherMails: [], businessPhones: [null, ''] }), ['mail', 'surname', 'otherMails', 'businessPhones', 'givenName'])
    expect(Object.keys(attributes)).toEqual(['id', 'userPrincipalName', 'accountEnabled', 'userType', 'externalUserState'])
  })

  test('false, zero and blanks are values', () => {
    expect(attributesOf(guest(1, { accountEnabled: false, surname: ' ', count: 0 }), ['surname', 'count'])).toMatchObject({ accountEnabled: [false], surname: [' '], count: [0] })
  })

  test('lists stay lists', () => {
    expect(attributesOf(guest(1, { otherMails: ['b@x', 'a@x'] }), ['otherMails'])).toMatchObject({ otherMails: ['b@x', 'a@x'] })
  })

  test('what has a structure becomes text whose keys are sorted', () => {
    const identities = [{ signInType: 'federated', issuer: 'mail', issuerAssignedId: null }]
    expect(attributesOf(guest(1, { identities }), ['identities'])).toMatchObject({ identities: ['{"issuer":"mail","issuerAssignedId":null,"signInType":"federated"}'] })
  })

  test('only what was asked for is kept, in the spelling of Graph, and nothing of the protocol', () => {
    const attributes = attributesOf(guest(1, { surname: 'Ø', '@odata.id': 'x', 'surname@odata.type': '#String' }), ['SURNAME'])
    expect(attributes).toMatchObject({ surname: ['Ø'] })
    expect(Object.keys(attributes)).not.toContain('displayName')
    expect(Object.keys(attributes).filter((name) => name.includes('@'))).toEqual([])
  })
})

describe('an element that is not a sound user is a problem of its own', () => {
  test.each([
    ['a text', 'x', 'element 1 of page 1', 'valueOfWrongType'],
    ['null', null, 'element 1 of page 1', 'valueOfWrongType'],
    ['a list', [], 'element 1 of page 1', 'valueOfWrongType'],
    ['without id', guest(1, { id: undefined }), 'element 1 of page 1', 'valueOfWrongType'],
    ['with a number for an id', guest(1, { id: 7 }), 'element 1 of page 1', 'valueOfWrongType'],
    ['with an id that is no GUID', guest(1, { id: 'seven' }), 'seven', 'valueOfWrongType'],
    ['of another type', guest(1, { '@odata.type': '#microsoft.graph.group' }), idOf(1), 'valueOfWrongType'],
    ['without userPrincipalName', guest(1, { userPrincipalName: null }), idOf(1), 'valueMissing'],
    ['with a text for accountEnabled', guest(1, { accountEnabled: 'true' }), idOf(1), 'valueOfWrongType'],
    ['with a number for onPremisesSyncEnabled', guest(1, { onPremisesSyncEnabled: 1 }), idOf(1), 'valueOfWrongType'],
    ['with a list for userType', guest(1, { userType: ['Guest'] }), idOf(1), 'valueOfWrongType'],
  ])('%s', (_, element, object, kind) => {
    expect(read(element)).toMatchObject({ ok: false, problem: { connector: 'entra', object, kind } })
  })
})

test('whatever JSON comes, it is either a user with a GUID or a problem', () => {
  fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.jsonValue().map((surprise) => ({ ...guest(1), surname: surprise, id: surprise }))), (element) => {
    const result = read(element, ['surname'])
    if (result.ok) expect(result.value.anchor).toMatch(/^[0-9a-f-]{36}$/)
    else expect(result.problem.object).not.toBe('')
  }))
})
