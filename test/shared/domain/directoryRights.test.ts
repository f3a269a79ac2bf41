import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aceFlags, aceTypes } from '../../../src/shared/domain/accessEntry.ts'
import type { AccessEntry } from '../../../src/shared/domain/accessEntry.ts'
import { directoryRight, extendedRights, holdsRight, holdsRightOnChildren, userClass } from '../../../src/shared/domain/directoryRights.ts'
import { describeInSddl, toAccessEntry, withEntries } from '../../../src/shared/domain/grant.ts'
import type { Grant } from '../../../src/shared/domain/grant.ts'
import { parseObjectGuid, parseSid } from '../../../src/shared/domain/ids.ts'
import type { ObjectGuid, Sid } from '../../../src/shared/domain/ids.ts'
import { decodeSecurityDescriptor, encodeSecurityDescriptor } from '../../../src/shared/domain/securityDescriptor.ts'
import type { SecurityDescriptor } from '../../../src/shared/domain/securityDescriptor.ts'

const sid = (text: string): Sid => {
  const parsed = parseSid(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.value
}
const guid = (text: string): ObjectGuid => {
  const parsed = parseObjectGuid(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.value
}
const [ours, group, stranger] = [sid('S-1-5-21-1-2-3-1104'), sid('S-1-5-21-1-2-3-1200'), sid('S-1-5-21-1-2-3-1999')]
const token: ReadonlySet<string> = new Set([ours, group])
const [mail, personal, computerClass] = [guid('bf967961-0de6-11d0-a285-00aa003049e2'), guid('77b5b886-944a-11d1-aebd-0000f80367c1'), guid('bf967a86-0de6-11d0-a285-00aa003049e2')]

function entry(changes: Partial<AccessEntry>): AccessEntry {
  return { type: aceTypes.allow, flags: 0, mask: directoryRight.writeProperty, objectType: null, inheritedObjectType: null, sid: ours, octets: new Uint8Array(), ...changes }
}
const write = { mask: directoryRight.writeProperty, objectTypes: [mail, personal] }
const inherited = { flags: aceFlags.containerInherit | aceFlags.inheritOnly, inheritedObjectType: userClass }

describe('holdsRight', () => {
  it.each<readonly [rule: string, entries: readonly AccessEntry[] | null, expected: boolean]>([
    ['an entry without a type covers every attribute', [entry({})], true],
    ['an entry of the attribute covers it', [entry({ type: aceTypes.allowObject, objectType: mail })], true],
    ['an entry of its property set covers it', [entry({ type: aceTypes.allowObject, objectType: personal })], true],
    ['an entry of another attribute does not', [entry({ type: aceTypes.allowObject, objectType: extendedRights.resetPassword })], false],
    ['an entry of a group of ours counts', [entry({ sid: group })], true],
    ['an entry of somebody else does not', [entry({ sid: stranger })], false],
    ['what is only inherited further says nothing of the object', [entry({ flags: aceFlags.containerInherit | aceFlags.inheritOnly })], false],
    ['a denial before it wins', [entry({ type: aceTypes.deny }), entry({})], false],
    ['a denial of the set denies the attribute', [entry({ type: aceTypes.denyObject, objectType: personal }), entry({})], false],
    ['a denial after it comes too late', [entry({}), entry({ type: aceTypes.deny })], true],
    ['full control is all rights', [entry({ mask: 0x1000_0000 })], true],
    ['generic writing is writing', [entry({ mask: 0x4000_0000 })], true],
    ['generic reading is not', [entry({ mask: 0x8000_0000 })], false],
    ['an audit gives nothing', [entry({ type: 0x2 })], false],
    ['what was not understood gives nothing', [entry({ type: 0x9, mask: null, sid: null })], false],
    ['an empty list gives nothing', [], false],
    ['no list gives everything', null, true],
  ])('%s', (_rule, entries, expected) => {
    expect(holdsRight({ owner: null, entries }, token, write)).toBe(expected)
  })

  it('lets the owner change the list, whatever it says, and nothing else', () => {
    const owned = { owner: ours, entries: [entry({ type: aceTypes.deny, mask: 0xf_01ff })] }
    expect(holdsRight(owned, token, { mask: directoryRight.writeDacl | directoryRight.readControl, objectTypes: [] })).toBe(true)
    expect(holdsRight(owned, token, write)).toBe(false)
  })

  it('asked for no type, takes only entries that have none', () => {
    const typed = { owner: null, entries: [entry({ type: aceTypes.allowObject, objectType: mail })] }
    expect(holdsRight(typed, token, { mask: directoryRight.writeProperty, objectTypes: [] })).toBe(false)
  })
})

describe('holdsRightOnChildren', () => {
  it.each<readonly [rule: string, entries: readonly AccessEntry[] | null, expected: boolean]>([
    ['an entry that users inherit counts', [entry({ ...inherited })], true],
    ['an entry that every object inherits counts', [entry({ flags: aceFlags.containerInherit })], true],
    ['an entry that computers inherit does not', [entry({ ...inherited, inheritedObjectType: computerClass })], false],
    ['an entry of the OU alone does not', [entry({})], false],
    ['an inherited denial counts too', [entry({ ...inherited, type: aceTypes.denyObject }), entry({ ...inherited })], false],
    ['a list that is missing hands nothing down', null, false],
  ])('%s', (_rule, entries, expected) => {
    expect(holdsRightOnChildren({ owner: ours, entries }, token, write, userClass)).toBe(expected)
  })
})

const anyEntry = fc.record({
  type: fc.constantFrom(aceTypes.allow, aceTypes.deny, aceTypes.allowObject, aceTypes.denyObject), flags: fc.constantFrom(0, aceFlags.containerInherit, aceFlags.containerInherit | aceFlags.inheritOnly),
  mask: fc.oneof(fc.integer({ min: 0, max: 0xf_01ff }), fc.constantFrom(0x1000_0000, 0x4000_0000)), objectType: fc.constantFrom(null, mail, personal, extendedRights.resetPassword),
  inheritedObjectType: fc.constantFrom(null, userClass, computerClass), sid: fc.constantFrom(ours, group, stranger),
}).map((fields) => entry(fields))
const anyList = fc.array(anyEntry, { maxLength: 8 })
const anyMask = fc.integer({ min: 1, max: 0xf_01ff })
const anyTypes = fc.subarray([mail, personal, extendedRights.resetPassword])

describe('the evaluation of rights', () => {
  const holds = (entries: readonly AccessEntry[], mask: number, objectTypes: readonly ObjectGuid[]) => holdsRight({ owner: null, entries }, token, { mask, objectTypes })

  it('finds two rights held together exactly where each is held', () => {
    fc.assert(fc.property(anyList, anyMask, anyMask, anyTypes, (entries, one, other, types) => {
      expect(holds(entries, one | other, types)).toBe(holds(entries, one, types) && holds(entries, other, types))
    }))
  })

  it('does not look at entries of others', () => {
    fc.assert(fc.property(anyList, anyMask, anyTypes, (entries, mask, types) => {
      expect(holds(entries.filter((each) => each.sid !== stranger), mask, types)).toBe(holds(entries, mask, types))
    }))
  })

  it('never loses a right by an entry that allows, nor gains one by an entry that denies', () => {
    fc.assert(fc.property(anyList, anyEntry, fc.nat(8), anyMask, anyTypes, (entries, added, at, mask, types) => {
      const [without, within] = [holds(entries, mask, types), holds([...entries.slice(0, at), added, ...entries.slice(at)], mask, types)]
      const allows = added.type === aceTypes.allow || added.type === aceTypes.allowObject
      expect(allows ? !without || within : without || !within).toBe(true)
    }))
  })
})

describe('a grant', () => {
  const grants: readonly Grant[] = [
    { mask: directoryRight.createChild, objectType: userClass, on: { kind: 'subtree' } },
    { mask: directoryRight.writeProperty, objectType: mail, on: { kind: 'descendants', ofClass: userClass } },
    { mask: directoryRight.controlAccess, objectType: extendedRights.reanimateTombstones, on: { kind: 'object' } },
    { mask: directoryRight.listContents | directoryRight.readProperty, objectType: null, on: { kind: 'object' } },
    { mask: directoryRight.delete, objectType: null, on: { kind: 'descendants', ofClass: userClass } },
  ]

  it('is written in SDDL', () => {
    expect(grants.map((grant) => describeInSddl(grant, ours))).toEqual([
      '(OA;CI;CC;bf967aba-0de6-11d0-a285-00aa003049e2;;S-1-5-21-1-2-3-1104)',
      '(OA;CIIO;WP;bf967961-0de6-11d0-a285-00aa003049e2;bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1-2-3-1104)',
      '(OA;;CR;45ec5156-db7e-47bb-b53f-dbeb2d03c40f;;S-1-5-21-1-2-3-1104)',
      '(A;;LCRP;;;S-1-5-21-1-2-3-1104)',
      '(OA;CIIO;SD;;bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1-2-3-1104)',
    ])
  })

  it('becomes the entry that it says, behind denials and before what is inherited, and everything else stays', () => {
    const [denial, inheritedEntry, own] = [entry({ type: aceTypes.deny }), entry({ flags: aceFlags.inherited }), entry({})].map((each) => ({ ...toAccessEntry(grants[3] ?? fail(), stranger), type: each.type, flags: each.flags }))
    const before: SecurityDescriptor = {
      resourceManager: 0, control: 0x8004, owner: ours, group: null, audits: null, order: ['access', 'owner'],
      access: { revision: 2, entries: [denial, own, inheritedEntry].flatMap((each) => (each === undefined ? [] : [{ ...each, octets: Uint8Array.from([each.type, each.flags, ...each.octets.slice(2)]) }])), rest: new Uint8Array(), reserved: [0, 0] },
    }
    const added = grants.map((grant) => toAccessEntry(grant, ours))
    const after = decodeSecurityDescriptor(encodeSecurityDescriptor(withEntries(before, added)))
    if (!after.ok) throw new Error(after.problem.why)
    expect(after.value.access?.entries.map(({ octets }) => octets)).toEqual([before.access?.entries[0]?.octets, ...added.map(({ octets }) => octets), before.access?.entries[1]?.octets, before.access?.entries[2]?.octets])
    expect(after.value).toMatchObject({ owner: ours, group: null, access: { revision: 4 } })
    expect(added.map(({ mask, objectType, inheritedObjectType, sid: trustee }) => ({ mask, objectType, inheritedObjectType, trustee }))).toEqual(
      grants.map((grant) => ({ mask: grant.mask, objectType: grant.objectType, inheritedObjectType: grant.on.kind === 'descendants' ? grant.on.ofClass : null, trustee: ours })),
    )
  })

  it('gives what it says, to its trustee alone, where it says', () => {
    for (const grant of grants) {
      const security = { owner: null, entries: [toAccessEntry(grant, ours)] }
      const asked = { mask: grant.mask, objectTypes: grant.objectType === null ? [] : [grant.objectType] }
      const holds = (sids: ReadonlySet<string>) => (grant.on.kind === 'descendants' ? holdsRightOnChildren(security, sids, asked, grant.on.ofClass) : holdsRight(security, sids, asked))
      expect([holds(token), holds(new Set([stranger])), holdsRight(security, token, { ...asked, mask: asked.mask | directoryRight.writeDacl })]).toEqual([true, false, false])
    }
  })
})

function fail(): never {
  throw new Error('There is no such grant')
}
