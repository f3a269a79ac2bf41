import { describe, expect, it } from 'vitest'
import { directoryRight, extendedRights, userClass } from '../../src/shared/domain/directoryRights.ts'
import { toAccessEntry } from '../../src/shared/domain/grant.ts'
import { parseSid } from '../../src/shared/domain/ids.ts'
import type { Sid } from '../../src/shared/domain/ids.ts'
import { isHeld, listNeededRights } from '../../src/main/readiness/rights/neededRights.ts'
import type { NeededRight, RightsRequest } from '../../src/main/readiness/rights/neededRights.ts'
import { dnOf } from '../engine/world.ts'

const [guestOu, partners, leavers] = [dnOf('OU=Guests,DC=contoso,DC=com'), dnOf('OU=Partners,DC=contoso,DC=com'), dnOf('OU=Leavers,DC=contoso,DC=com')]
const sid = parseSid('S-1-5-21-1-2-3-1104')
if (!sid.ok) throw new Error(sid.problem.text)
const us: Sid = sid.value
const attribute = (name: string) => [name.toLowerCase(), { name, guid: extendedRights.resetPassword, propertySet: extendedRights.reanimateTombstones }] as const
const request: RightsRequest = { guestOu, managedOus: [guestOu], leaverOu: null, deletesLeavers: false, renames: false, attributes: new Map(['mail', 'cn', 'name', 'userAccountControl'].map(attribute)) }
const wordsOf = (changes: Partial<RightsRequest>) => listNeededRights({ ...request, ...changes }).map(({ words, necessity }) => `${words.replace(/ of users| users/, '').replace(/,DC=contoso,DC=com/, '')}${necessity === 'optional' ? '?' : ''}`)

describe('the rights that are needed', () => {
  it.each<readonly [rule: string, changes: Partial<RightsRequest>, expected: readonly string[]]>([
    ['create and write where accounts are made; names stay as they are', {}, ['create in OU=Guests', 'delete in OU=Guests?', 'write mail in OU=Guests', 'write userAccountControl in OU=Guests', 'set the passwords in OU=Guests']],
    ['delete where leavers are deleted', { deletesLeavers: true }, ['create in OU=Guests', 'delete in OU=Guests', 'write mail in OU=Guests', 'write userAccountControl in OU=Guests', 'set the passwords in OU=Guests']],
    ['write names where the rules rename', { renames: true, attributes: new Map([attribute('cn'), attribute('name')]) }, ['create in OU=Guests', 'delete in OU=Guests?', 'write cn in OU=Guests', 'write name in OU=Guests', 'set the passwords in OU=Guests']],
    ['write in another managed OU, and create nothing there', { managedOus: [guestOu, partners], attributes: new Map([attribute('mail')]) }, ['create in OU=Guests', 'delete in OU=Guests?', 'write mail in OU=Guests', 'set the passwords in OU=Guests', 'delete in OU=Partners?', 'write mail in OU=Partners', 'set the passwords in OU=Partners']],
    ['delete here, create there, and write names where leavers are moved', { managedOus: [guestOu, leavers], leaverOu: leavers, attributes: new Map([attribute('cn')]) }, ['create in OU=Guests', 'create in OU=Leavers', 'delete in OU=Guests', 'write cn in OU=Guests', 'set the passwords in OU=Guests', 'delete in OU=Leavers', 'write cn in OU=Leavers', 'set the passwords in OU=Leavers']],
  ])('%s', (_rule, changes, expected) => {
    expect(wordsOf(changes)).toEqual(expected)
  })
})

describe('a needed right', () => {
  const rights = listNeededRights(request)
  const find = (words: string): NeededRight => {
    const found = rights.find((right) => right.words.startsWith(words))
    if (found === undefined) throw new Error(words)
    return found
  }
  const given = (...grants: readonly NeededRight['grant'][]) => ({ owner: null, entries: grants.map((grant) => toAccessEntry(grant, us)) })
  const sids: ReadonlySet<string> = new Set([us])

  it('is held by the entry that would be written for it, and by nothing less', () => {
    for (const right of rights) {
      expect([isHeld(right, given(right.grant), sids), isHeld(right, given(), sids), isHeld(right, given(right.grant), new Set(['S-1-1-0']))]).toEqual([true, false, false])
    }
  })

  it('is held by full control of users below the OU, where it is about users', () => {
    const everything = given({ mask: 0xf_01ff, objectType: null, on: { kind: 'descendants', ofClass: userClass } })
    expect(rights.filter((right) => isHeld(right, everything, sids)).map(({ words }) => words.split(' in ')[0])).toEqual(['delete users', 'write mail of users', 'write userAccountControl of users', 'set the passwords of users'])
  })

  it('to write an attribute is held by an entry of its property set, and to delete by the right on the account itself', () => {
    expect(isHeld(find('write mail'), given({ mask: directoryRight.writeProperty, objectType: extendedRights.reanimateTombstones, on: { kind: 'descendants', ofClass: userClass } }), sids)).toBe(true)
    expect(isHeld(find('delete'), given({ mask: directoryRight.delete, objectType: null, on: { kind: 'descendants', ofClass: userClass } }), sids)).toBe(true)
  })
})
