import { expect, it } from 'vitest'
import { listRightsToBringBack } from '../../src/main/readiness/rights/rightsToBringBack.ts'
import { extendedRights } from '../../src/shared/domain/directoryRights.ts'
import { dnOf } from '../engine/world.ts'

const [domain, guests, partners, leavers] = [dnOf('DC=contoso,DC=com'), dnOf('OU=Guests,DC=contoso,DC=com'), dnOf('OU=Partners,DC=contoso,DC=com'), dnOf('OU=Leavers,DC=contoso,DC=com')]
const attributes = [{ name: 'cn', guid: extendedRights.resetPassword, propertySet: null }]
const wordsOf = (settings: Parameters<typeof listRightsToBringBack>[0]) => listRightsToBringBack(settings, domain, attributes).map(({ words }) => words.replace(/,DC=contoso,DC=com/, '').replace(' users', ''))

it('bringing back takes to create accounts wherever they come back to, and to write their names wherever they were', () => {
  const right = 'bring deleted accounts back (Reanimate Tombstones)'
  expect(wordsOf({ managedOus: [guests], leaverOu: null })).toEqual([right, 'create in OU=Guests', 'write cn of in OU=Guests'])
  expect(wordsOf({ managedOus: [guests, partners], leaverOu: null })).toEqual([right, 'create in OU=Guests', 'create in OU=Partners', 'write cn of in OU=Guests', 'write cn of in OU=Partners'])
  // From the OU of leavers nobody comes back to the same place.
  expect(wordsOf({ managedOus: [guests, leavers], leaverOu: leavers })).toEqual([right, 'create in OU=Guests', 'write cn of in OU=Guests', 'write cn of in OU=Leavers'])
})

it('none of it is required of an account whose lifecycle deletes nobody', () => {
  expect(listRightsToBringBack({ managedOus: [guests], leaverOu: null }, domain, attributes).every(({ necessity }) => necessity === 'optional')).toBe(true)
})
