import { describe, expect, it } from 'vitest'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import { driftOf, findDrift } from '../../src/main/runs/export/drift.ts'
import { dn, guid, updateOf } from './sampleChanges.ts'

const change = updateOf(1)

function accountWith(more: Partial<ConnectorObject>): ConnectorObject {
  return { connector: 'ad', anchor: guid(1), objectType: 'user', dn: change.dn, attributes: { sn: ['Muller'], userAccountControl: [262656] }, ...more }
}

describe('drift of an account', () => {
  it('is none while DN, values and bits are as they were', () => {
    expect(findDrift(change, accountWith({}))).toEqual([])
  })

  it('is none when bits changed that the decision did not look at', () => {
    expect(findDrift(change, accountWith({ attributes: { sn: ['Muller'], userAccountControl: [262656 | 0x10000] } }))).toEqual([])
  })

  it.each([
    ['a value that is written', { attributes: { sn: ['Meier'], userAccountControl: [512] } }, 'sn'],
    ['a value that is gone', { attributes: { userAccountControl: [512] } }, 'sn'],
    ['a bit that the decision looked at', { attributes: { sn: ['Muller'], userAccountControl: [514] } }, 'userAccountControl'],
    ['the place in the tree', { dn: dn(`CN=${guid(1)},OU=Leavers,DC=contoso,DC=test`) }, 'dn'],
  ])('is %s', (_what, more, attribute) => {
    const found = findDrift(change, accountWith(more))
    expect(found.map(({ what }) => what)).toEqual([attribute])
  })

  it('is said with both versions', () => {
    const now = accountWith({ attributes: { sn: ['Meier'], userAccountControl: [512] } })
    expect(driftOf(change, findDrift(change, now)).message).toContain('sn was "Muller" when this was planned and is "Meier" now')
  })

  it('does not come from the spelling of the DN', () => {
    expect(findDrift(change, accountWith({ dn: dn(change.dn.replace('OU=Guests', 'ou=GUESTS')) }))).toEqual([])
  })
})
